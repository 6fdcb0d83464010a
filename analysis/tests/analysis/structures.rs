use analysis::{DataProblem, Structure};

const GOOD: &str = "region,district,school,class,grade,form,language,enrolment
Abai,Semey,12,12-7b,7,senior,kk,24
Abai,Semey,12,12-7a,7,senior,ru,25
Abai,Ayagoz,3,3-u,unknown,junior,kk,9
";

/// Row, column and problem of each mistake.
fn mistakes(text: impl AsRef<[u8]>) -> Vec<(Option<u64>, String, DataProblem)> {
    let found = Structure::parse_csv(text).unwrap_err();
    let all = found.mistakes.into_iter();
    all.map(|mistake| (mistake.row, mistake.column.unwrap_or_default(), mistake.problem)).collect()
}

#[test]
fn a_structure_is_written_by_class_and_read_back() {
    let structure = Structure::parse_csv(GOOD).unwrap();
    let ids: Vec<&str> = structure.classes().iter().map(|place| place.class.as_str()).collect();
    assert_eq!(ids, ["12-7a", "12-7b", "3-u"]);
    let mut written = Vec::new();
    structure.write_csv(&mut written).unwrap();
    assert_eq!(Structure::parse_csv(&written).unwrap(), structure);
    assert!(written.starts_with(
        b"region,district,school,class,grade,form,language,enrolment\nAbai,Semey,12,12-7a,"
    ));
}

#[test]
fn the_order_of_columns_is_free_and_a_byte_order_mark_is_no_letter() {
    let text = "\u{feff}class,enrolment,region,district,school,grade,form,language\nc,9,r,d,s,7,senior,kk\n";
    assert_eq!(Structure::parse_csv(text).unwrap().classes()[0].class, "c");
}

#[test]
fn header_mistakes_name_the_column() {
    let found = mistakes("region,district,school,class,grade,form,pupils,class\n");
    let expected = [
        ("pupils", DataProblem::UnknownColumn),
        ("class", DataProblem::DuplicateColumn),
        ("language", DataProblem::MissingColumn),
        ("enrolment", DataProblem::MissingColumn),
    ];
    let expected = expected.map(|(column, problem)| (Some(1), column.to_owned(), problem));
    assert_eq!(found, expected);
}

#[test]
fn row_mistakes_are_all_found_with_line_and_column() {
    let mut text = GOOD.as_bytes().to_vec();
    text.extend_from_slice(b"Abai,Semey,12,x,7,senior,kk\n");
    text.extend_from_slice(b"Abai,Semey,12,y,7,senior,kk,9,9\n");
    text.extend_from_slice(b"Abai,Semey,12,z,7,middle,kk,9\n");
    text.extend_from_slice(b"Abai,Semey,12,,7,senior,kk,9\n");
    text.extend_from_slice(b"Abai,Semey,12,v,7,senior,kk,many\n");
    text.extend_from_slice(b"Abai,Semey,12,w,7,senior,\xff,9\n");
    text.extend_from_slice(b"Abai,Ayagoz,12,u,7,senior,kk,9\n");
    text.extend_from_slice(b"Abai,Semey,12,12-7a,7,senior,kk,9\n");
    let mut rows: Vec<(Option<u64>, String)> =
        mistakes(&text).into_iter().map(|(row, column, _)| (row, column)).collect();
    rows.sort();
    let expected = [
        (5, ""),
        (6, ""),
        (7, "form"),
        (8, "class"),
        (9, "enrolment"),
        (10, "language"),
        (11, "school"),
        (12, "class"),
    ];
    assert_eq!(rows, expected.map(|(row, column)| (Some(row), column.to_owned())));
}
