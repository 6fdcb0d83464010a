use crate::country::{classes, structure, yes_no};
use crate::survey::survey;
use analysis::{Columns, DataMistakes, DataProblem, Structure, Tallies};
use polars::prelude::{Column, DataFrame, IntoColumn, NamedFrom, ParquetWriter, Series};

const CLASS: &str = "r00d00s00c00";

fn places() -> Structure {
    structure(&classes(&vec![vec![vec![vec![yes_no(1, 2)]]]]))
}

fn texts(name: &str, values: [&str; 3]) -> Column {
    Series::new(name.into(), values.to_vec()).into_column()
}

/// Three responses; `often` and `life` are as given.
fn file(often: Series, life: Series) -> Vec<u8> {
    let whole = |name: &str, values: [Option<i32>; 3]| {
        Series::new(name.into(), values.to_vec()).into_column()
    };
    let columns = vec![
        often.into_column(),
        life.into_column(),
        texts("class", [CLASS; 3]),
        Series::new("grade".into(), vec![7i64; 3]).into_column(),
        texts("form", ["senior"; 3]),
        texts("language", ["kk"; 3]),
        texts("status", ["answered", "answered", "declined"]),
        whole("touched", [Some(-1), Some(2), None]),
        whole("where_nowhere", [Some(0), None, None]),
        whole("where_yard", [Some(1), None, None]),
        whole("where_way", [Some(1), None, None]),
    ];
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .finish(&mut DataFrame::new_infer_height(columns).unwrap())
        .unwrap();
    bytes
}

fn read(often: Series, life: Series) -> Result<Columns, DataMistakes> {
    Columns::read_parquet(&survey(), &places(), &file(often, life))
}

fn narrow() -> Series {
    Series::new("often".into(), vec![Some(0i8), Some(4), None])
}

fn real(values: [Option<f64>; 3]) -> Series {
    Series::new("life".into(), values.to_vec())
}

#[test]
fn parquet_and_csv_hold_the_same() {
    let csv =
        "class,grade,form,language,status,often,touched,where_nowhere,where_yard,where_way,life
r00d00s00c00,7,senior,kk,answered,0,-1,0,1,1,1000
r00d00s00c00,7,senior,kk,answered,4,2,,,,
r00d00s00c00,7,senior,kk,declined,,,,,,
";
    let from_csv = Columns::read_csv(&survey(), &places(), csv.as_bytes()).unwrap();
    let from_parquet = read(narrow(), real([Some(1000.0), Some(f64::NAN), None])).unwrap();
    let tally = |columns| Tallies::of(&survey(), &places(), columns).unwrap();
    assert_eq!(tally(&from_csv), tally(&from_parquet));
}

#[test]
fn mistakes_name_row_and_column() {
    let found = read(narrow(), real([Some(0.5), Some(1001.0), None])).unwrap_err();
    let found: Vec<_> = found.mistakes.iter().map(|m| (m.row, m.column.as_deref())).collect();
    assert_eq!(found, [(Some(1), Some("life")), (Some(2), Some("life"))]);
    let wide = Series::new("often".into(), vec!["0", "1", "2"]);
    let found = read(wide, real([None; 3])).unwrap_err();
    assert!(matches!(found.mistakes[0].problem, DataProblem::ColumnType { .. }));
    assert_eq!(found.mistakes[0].column.as_deref(), Some("often"));
    let unknown = Series::new("oftn".into(), vec![Some(0i8), Some(4), None]);
    let found = read(unknown, real([None; 3])).unwrap_err();
    assert_eq!(found.mistakes.len(), 2);
    let text = Columns::read_parquet(&survey(), &places(), b"class,grade").unwrap_err();
    assert!(matches!(text.mistakes[0].problem, DataProblem::Unreadable(_)));
}
