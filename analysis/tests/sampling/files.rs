//! Samples in files: laws that hold for any of them, and what both formats hold alike.

use analysis::sampling::Lonely;
use analysis::survey_sample::{Asked, EstimateRow, Sample, SampleProblem};
use polars::prelude::{DataFrame, IntoColumn, NamedFrom, ParquetWriter, Series};
use proptest::prelude::*;
use survey_definitions::{Survey, shipped};

/// Stratum, cluster, weight, sex, bullied; 0 for no answer.
type Row = (u8, u8, f64, u8, u8);

fn sample() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec((0..4u8, 0..5u8, 0.01..90.0f64, 0..3u8, 0..3u8), 2..80)
}

fn survey() -> Survey {
    Survey::parse(shipped("yrbs_2019_violence", 1).unwrap()).unwrap()
}

fn asked(by: &[&[&str]]) -> Asked {
    let name = |name: &str| Some(name.to_owned());
    Asked {
        weight: name("w"),
        strata: name("s"),
        cluster: name("c"),
        population: None,
        lonely: Lonely::Adjust,
        indicators: vec!["q23".to_owned()],
        by: by.iter().map(|names| names.iter().map(|one| (*one).to_owned()).collect()).collect(),
    }
}

fn csv(rows: &[Row]) -> String {
    let code = |code: u8| if code == 0 { String::new() } else { code.to_string() };
    let line = |(s, c, w, sex, bullied): &Row| {
        format!("{w},{s},{c},{},{},everybody\n", code(*sex), code(*bullied))
    };
    "w,s,c,q2,q23,all\n".to_owned() + &rows.iter().map(line).collect::<String>()
}

fn parquet(rows: &[Row]) -> Vec<u8> {
    let code = |code: u8| Some(f64::from(code)).filter(|code| *code > 0.0);
    let texts: Vec<String> = rows.iter().map(|row| row.0.to_string()).collect();
    let columns = vec![
        Series::new("unused".into(), vec![true; rows.len()]).into_column(),
        Series::new("w".into(), rows.iter().map(|row| row.2).collect::<Vec<_>>()).into_column(),
        Series::new("s".into(), texts).into_column(),
        Series::new("c".into(), rows.iter().map(|row| i64::from(row.1)).collect::<Vec<_>>())
            .into_column(),
        Series::new("q2".into(), rows.iter().map(|row| code(row.3)).collect::<Vec<_>>())
            .into_column(),
        Series::new("q23".into(), rows.iter().map(|row| code(row.4)).collect::<Vec<_>>())
            .into_column(),
    ];
    let mut bytes = Vec::new();
    let mut frame = DataFrame::new_infer_height(columns).unwrap();
    ParquetWriter::new(&mut bytes).finish(&mut frame).unwrap();
    bytes
}

fn estimates(rows: &[Row], by: &[&[&str]]) -> Vec<EstimateRow> {
    let sample = Sample::read_csv(&survey(), &asked(by), csv(rows).as_bytes()).unwrap();
    sample.estimates().unwrap()
}

fn close(one: &EstimateRow, other: &EstimateRow) -> bool {
    let pairs = [(one.estimate, other.estimate), (one.se, other.se), (one.deff, other.deff)];
    let near = |one: f64, other: f64| (one - other).abs() <= 1e-9 * one.abs().max(1e-6);
    (one.n, one.df) == (other.n, other.df)
        && pairs.into_iter().all(|pair| match pair {
            (Some(one), Some(other)) => near(one, other),
            (one, other) => one.is_none() == other.is_none(),
        })
}

proptest! {
    #[test]
    fn any_order_of_rows_gives_the_same_bytes(rows in sample(), turn in 0..80usize) {
        let mut other = rows.clone();
        other.reverse();
        other.rotate_left(turn % rows.len());
        let by: &[&[&str]] = &[&["q2"], &["s", "q2"]];
        prop_assert_eq!(estimates(&rows, by), estimates(&other, by));
    }

    #[test]
    fn other_units_of_the_weight_change_no_proportion(rows in sample(), factor in 0.001..1000.0f64) {
        let scaled: Vec<Row> =
            rows.iter().map(|row| (row.0, row.1, row.2 * factor, row.3, row.4)).collect();
        let (one, other) = (estimates(&rows, &[&["q2"]]), estimates(&scaled, &[&["q2"]]));
        prop_assert!(one.iter().zip(&other).all(|(one, other)| close(one, other)), "{one:?} {other:?}");
    }

    #[test]
    fn the_group_of_everybody_is_everybody(rows in sample()) {
        let all = estimates(&rows, &[&["all"]]);
        prop_assert_eq!(all.len(), 2);
        prop_assert_eq!(&all[1].group, "all=everybody");
        prop_assert_eq!(&EstimateRow { group: "all".to_owned(), ..all[1].clone() }, &all[0]);
    }

    #[test]
    fn groups_share_the_answers_out(rows in sample()) {
        let with_sex: Vec<Row> = rows.iter().filter(|row| row.3 > 0).copied().collect();
        prop_assume!(!with_sex.is_empty());
        let all = estimates(&with_sex, &[&["q2"], &["q2", "s"]]);
        let n = |start: &str, crossed: bool| -> usize {
            let rows = all.iter().filter(|row| row.group.contains('&') == crossed);
            rows.filter(|row| row.group.starts_with(start)).map(|row| row.n).sum()
        };
        prop_assert_eq!(all[0].n, n("q2=", false));
        prop_assert_eq!(n("q2=1", false), n("q2=1&", true));
    }

    #[test]
    fn parquet_holds_what_csv_holds(rows in sample()) {
        let asked = asked(&[&["q2"], &["s"]]);
        let read = Sample::read_parquet(&survey(), &asked, &parquet(&rows)).unwrap();
        prop_assert_eq!(read.estimates().unwrap(), estimates(&rows, &asked_by()));
    }
}

fn asked_by() -> Vec<&'static [&'static str]> {
    vec![&["q2"], &["s"]]
}

#[test]
fn a_column_of_a_type_that_holds_no_answers_is_named() {
    let asked = asked(&[&["unused"]]);
    let refused = Sample::read_parquet(&survey(), &asked, &parquet(&[(1, 1, 1.0, 1, 1)]));
    let told = refused.unwrap_err().to_string();
    assert!(told.contains("column unused: the column holds Boolean, expected text"), "{told}");
}

#[test]
fn more_groups_than_anybody_reads_are_refused() {
    let row = |number: usize| format!("1,a,1,1,1,{number}\n");
    let text = "w,s,c,q2,q23,all\n".to_owned() + &(0..10_001).map(row).collect::<String>();
    let sample = Sample::read_csv(&survey(), &asked(&[&["all"]]), text.as_bytes()).unwrap();
    let refused = sample.estimates();
    assert!(matches!(refused, Err(SampleProblem::Groups { got: 10_001, .. })));
}
