//! `senim estimate` on the national survey of 2019, whose estimates R made, and on files that are
//! wrong in every way.

use crate::{directory, file};
use survey_definitions::shipped;
use tempfile::TempDir;
use tests::{Finished, package_directory, senim};

const EXPECTED: &str = include_str!("../../reference/yrbs_estimates.csv");

/// A directory with the definition.
struct Place(TempDir, String);

impl Place {
    fn new() -> Self {
        let directory = directory();
        let text = shipped("yrbs_2019_violence", 1).unwrap();
        let definition = file(&directory, "definition.json", text);
        Self(directory, definition)
    }

    fn file(&self, content: impl AsRef<[u8]>) -> String {
        file(&self.0, "data.csv", content)
    }

    /// `senim estimate` of a data file with further arguments in one text.
    fn run(&self, data: &str, arguments: &str) -> Finished {
        let files = ["estimate", "--definition", &self.1, "--data", data];
        let arguments: Vec<&str> = files.into_iter().chain(arguments.split(' ')).collect();
        senim(&arguments)
    }

    /// What it says of data that it refuses.
    fn refused(&self, content: impl AsRef<[u8]>, arguments: &str) -> String {
        self.run(&self.file(content), arguments).expect_failure()
    }
}

fn yrbs() -> String {
    package_directory().join("data/yrbs_2019.csv").display().to_string()
}

const DESIGN: &str = "--weight weight --strata stratum --cluster psu";

#[test]
fn the_estimates_of_2019_are_those_of_r_and_of_the_publisher() {
    let asked = "--indicator q23 --indicator q24 --indicator q15 --indicator q18 --by q2 --by q3";
    let ours = Place::new().run(&yrbs(), &format!("{DESIGN} {asked}")).expect_success().stdout;
    assert_eq!((ours.lines().count(), EXPECTED.lines().count()), (33, 33));
    assert_eq!(ours.lines().next(), EXPECTED.lines().next());
    for (ours, theirs) in ours.lines().zip(EXPECTED.lines()).skip(1) {
        let ours: Vec<_> = ours.split(',').collect();
        let theirs: Vec<_> = theirs.split(',').collect();
        // item, group, n, df
        for exact in [0, 1, 2, 7] {
            assert_eq!(ours[exact], theirs[exact], "{ours:?}");
        }
        for close in [3, 4, 5, 6, 8] {
            let [ours, theirs] = [&ours, &theirs].map(|row| row[close].parse::<f64>().unwrap());
            assert!((ours - theirs).abs() < 1e-6, "{ours}, R {theirs}");
        }
    }
    for (item, published) in [("q23,all", "0.195"), ("q24,all", "0.157")] {
        let row = ours.lines().find(|row| row.starts_with(item)).unwrap();
        assert!(row.split(',').nth(3).unwrap().starts_with(published), "{row}");
    }
}

#[test]
fn every_format_holds_the_same_numbers() {
    let place = Place::new();
    let run = |format: &str| {
        let asked = format!("{DESIGN} --indicator q18 --by q2 --format {format}");
        place.run(&yrbs(), &asked).expect_success().stdout
    };
    let (csv, json, text) = (run("csv"), run("json"), run("text"));
    let rows: serde_json::Value = serde_json::from_str(&json).unwrap();
    let names: Vec<_> = csv.lines().next().unwrap().split(',').collect();
    assert_eq!(text.lines().next().unwrap().split_whitespace().collect::<Vec<_>>(), names);
    for (at, line) in csv.lines().skip(1).enumerate() {
        for (name, field) in names.iter().zip(line.split(',')) {
            let value = &rows[at][name];
            let same = value.as_str() == Some(field)
                || field.parse::<f64>().is_ok_and(|field| {
                    value.as_f64().is_some_and(|value| (value - field).abs() < 1e-12)
                });
            assert!(same, "{name}: {value}, {field}");
        }
        let shown = text.lines().nth(at + 1).unwrap();
        let estimate: f64 = line.split(',').nth(3).unwrap().parse().unwrap();
        assert!(shown.contains(&format!("{estimate:.4}")), "{shown}");
    }
}

#[test]
fn the_order_of_rows_changes_no_byte() {
    let place = Place::new();
    let asked = format!("{DESIGN} --indicator q23 --by q3,q2 --by stratum --lonely adjust");
    let text = std::fs::read_to_string(yrbs()).unwrap();
    let mut lines: Vec<_> = text.lines().collect();
    let forward = place.run(&place.file(lines.join("\n")), &asked).expect_success().stdout;
    lines[1..].reverse();
    let backward = place.run(&place.file(lines.join("\n")), &asked).expect_success().stdout;
    assert!(forward.contains("q23,q3=1&q2=2,") && forward.contains("q23,stratum=213,"));
    assert_eq!(forward, backward);
}

#[test]
fn what_is_asked_wrongly_is_refused_with_a_way_out() {
    let place = Place::new();
    let told = |arguments: &str| place.run(&yrbs(), arguments).expect_failure();
    assert!(told("--weight weight").contains("--indicator"));
    let unknown = told("--indicator q99");
    assert!(unknown.contains("no indicator \"q99\"") && unknown.contains("q23, q24"), "{unknown}");
    assert!(told("--indicator q23 --by q2,").contains("--by \"q2,\""));
    let missing = told("--indicator q23 --weight w --by colour");
    for column in ["column w: the column is missing", "column colour: the column is missing"] {
        assert!(missing.contains(column), "{missing}");
    }
    assert!(told("--indicator q23 --lonely guess").contains("average"));
    let short = told("--indicator q23 --fpc stratum --strata stratum");
    assert!(short.contains("column stratum, stratum \"213\": 213 clusters"), "{short}");
}

#[test]
fn mistakes_in_the_data_are_told_with_row_and_column() {
    let place = Place::new();
    let asked = "--indicator q23 --weight w --strata s --cluster c";
    let data = "w,s,c,q23\n1,a,1,1\nNaN,a,2,2\n-3,a,2,1\ninf,b,1,1\n,b,2,1\n1e999,b,2,1\n1,,1,yes\n\
                1,b,,9\n1,b\n1,b,1,1,1\nten,b,1,2\n";
    let told = place.refused(data, asked);
    for place in [
        "row 3, column w: \"NaN\", expected a number of 0 or more",
        "row 4, column w: \"-3\"",
        "row 5, column w: \"inf\"",
        "row 6, column w: empty",
        "row 7, column w: \"inf\"",
        "row 8, column s: empty",
        "row 8, column q23: \"yes\"",
        "row 9, column c: empty",
        "row 9, column q23: \"9\"",
        "row 10: the row is too short",
        "row 11: the row is too long",
        "row 12, column w: \"ten\"",
    ] {
        assert!(told.contains(place), "{place} is not told:\n{told}");
    }
    assert!(place.refused("w,s,c,q23,w\n1,a,1,1,1\n", asked).contains("more than once"));
    assert!(place.refused("w,s,c,q23\n", asked).contains("no row"));
    assert!(place.refused("", asked).contains("column w: the column is missing"));
    assert!(
        place.refused(b"w,s,c,q23\n1,\xff,1,1\n", asked).contains("row 2, column s: not UTF-8")
    );
    let two = "w,s,c,q23,f\n1,a,1,1,9\n1,a,2,1,8\n";
    let told = place.refused(two, &format!("{asked} --fpc f"));
    assert!(told.contains("column f, stratum \"a\"") && told.contains("9 and 8"), "{told}");
}

#[test]
fn one_cluster_alone_is_refused_or_counted_as_is_said() {
    let place = Place::new();
    let data = "w,s,c,q23\n1,a,1,1\n2,a,2,2\n3,b,1,1\n1,b,1,2\n";
    let asked = "--indicator q23 --weight w --strata s --cluster c";
    let told = place.refused(data, asked);
    assert!(
        told.contains("stratum \"b\" has one cluster only") && told.contains("--lonely"),
        "{told}"
    );
    let se = |rule: &str| {
        let asked = format!("{asked} --lonely {rule}");
        let out = place.run(&place.file(data), &asked).expect_success().stdout;
        out.lines().nth(1).unwrap().split(',').nth(4).unwrap().parse::<f64>().unwrap()
    };
    let [certainty, remove] = [se("certainty"), se("remove")];
    assert_eq!(certainty, remove);
    assert!(se("adjust") > certainty && se("average") > certainty);
    let whole = place.refused(data, "--indicator q23 --cluster s --strata s");
    assert!(whole.contains("stratum \"a\" has one cluster only"), "{whole}");
    let one = place.refused("c,q23\n1,1\n1,2\n", "--indicator q23 --cluster c");
    assert!(one.contains("the sample has one cluster only"), "{one}");
}

#[test]
fn a_group_of_nobody_or_of_all_alike_has_no_interval() {
    let place = Place::new();
    let data = "w,q2,q23\n0,1,1\n0,1,2\n1,2,1\n5,2,1\n";
    let out = place.run(&place.file(data), "--indicator q23 --weight w --by q2").expect_success();
    let lines: Vec<_> = out.stdout.lines().skip(1).collect();
    assert_eq!(lines, ["q23,all,4,1,0,,,1,", "q23,q2=1,2,,,,,0,", "q23,q2=2,2,1,0,,,1,"]);
}

#[test]
fn no_bytes_end_it_in_a_panic() {
    let place = Place::new();
    let asked = "--indicator q23 --weight w --by q2 --lonely adjust";
    let long = format!("w,q2,q23\n1,1,\"{}\"\n", "1".repeat(1 << 20));
    for content in [
        b"\0\0\0\0".to_vec(),
        b"PAR1\0\0\0\0PAR1".to_vec(),
        b"\xef\xbb\xbfw,q2,q23\n\"1\n".to_vec(),
        b"w,q2,q23\r\r\r1e308,1,1\r1e308,2,2\r1e-308,1,1".to_vec(),
        long.into_bytes(),
    ] {
        for name in ["data.csv", "data.parquet"] {
            let data = file(&place.0, name, &content);
            let finished = place.run(&data, asked);
            assert!(!finished.stderr.contains("panicked"), "{}", finished.stderr);
        }
    }
    let told = place.run(&file(&place.0, "data.parquet", "w,q2"), asked).expect_failure();
    assert!(told.contains("data.parquet cannot be estimated from"), "{told}");
}
