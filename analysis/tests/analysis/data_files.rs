use crate::country::{Country, Pupils, classes, responses, structure, yes_no};
use crate::survey::survey;
use analysis::{Columns, DataMistakes, DataProblem, Structure, Tallies};

const HEADER: &str =
    "class,grade,form,language,status,often,touched,where_nowhere,where_yard,where_way,life";

/// Class `a` is senior and Kazakh, `b` senior and Russian, `j` junior.
fn places() -> Structure {
    let text = "region,district,school,class,grade,form,language,enrolment
r,d,s,a,7,senior,kk,30
r,d,s,b,8,senior,ru,30
r,d,s,j,3,junior,kk,30
";
    Structure::parse_csv(text).unwrap()
}

fn read(rows: &str) -> Result<Columns, DataMistakes> {
    Columns::read_csv(&survey(), &places(), format!("{HEADER}\n{rows}").as_bytes())
}

/// Row and column of each mistake with its problem.
fn mistakes(rows: &str) -> Vec<(u64, String, DataProblem)> {
    let found = read(rows).unwrap_err();
    assert_eq!(found.more, 0);
    let all = found.mistakes.into_iter();
    all.map(|mistake| (mistake.row.unwrap(), mistake.column.unwrap_or_default(), mistake.problem))
        .collect()
}

fn one(row: &str) -> (String, DataProblem) {
    let mut found = mistakes(row);
    assert_eq!(found.len(), 1, "{found:?}");
    let (line, column, problem) = found.remove(0);
    assert_eq!(line, 2);
    (column, problem)
}

#[test]
fn a_good_file_is_read() {
    let rows = "a,7,senior,kk,answered,0,4,0,1,1,1000\n\
                b,8,senior,ru,answered,-1,,-1,-1,-1,\n\
                a,7,senior,kk,answered,,,,,,\n\
                b,8,senior,ru,declined,,,,,,\n";
    assert_eq!(read(rows).unwrap().len(), 4);
    assert!(read("").unwrap().is_empty());
}

#[test]
fn what_is_written_is_read_back() {
    let pupils = Pupils { silent: 2, left: 3, declined: 1, ..yes_no(5, 9) };
    let country: Country = vec![vec![vec![vec![pupils; 3]; 2]; 2]];
    let classes = classes(&country);
    let (survey, structure) = (survey(), structure(&classes));
    let columns = Columns::from_responses(&survey, &structure, responses(&classes)).unwrap();
    let mut text = Vec::new();
    columns.write_csv(&survey, &structure, &mut text).unwrap();
    let read = Columns::read_csv(&survey, &structure, text.as_slice()).unwrap();
    let mut again = Vec::new();
    read.write_csv(&survey, &structure, &mut again).unwrap();
    assert_eq!(text, again);
    let tally = |columns| Tallies::of(&survey, &structure, columns).unwrap();
    assert_eq!(tally(&columns), tally(&read));
}

#[test]
fn columns_are_not_written_with_another_structure() {
    let columns = read("a,7,senior,kk,answered,0,4,0,1,1,1000\n").unwrap();
    let other = structure(&classes(&vec![vec![vec![vec![yes_no(1, 1)]]]]));
    assert!(columns.write_csv(&survey(), &other, Vec::new()).is_err());
    assert!(Tallies::of(&survey(), &other, &columns).is_err());
}

#[test]
fn unknown_missing_and_repeated_columns_are_named() {
    let header = HEADER.replace("touched", "tuched").replace("life", "often");
    let found = Columns::read_csv(&survey(), &places(), header.as_bytes()).unwrap_err();
    let found: Vec<_> =
        found.mistakes.into_iter().map(|m| (m.column.unwrap(), m.problem)).collect();
    let expected = [
        ("tuched", DataProblem::UnknownColumn),
        ("often", DataProblem::DuplicateColumn),
        ("touched", DataProblem::MissingColumn),
        ("life", DataProblem::MissingColumn),
    ];
    assert_eq!(found, expected.map(|(column, problem)| (column.to_owned(), problem)));
}

#[test]
fn an_unknown_code_names_row_and_column() {
    let unknown = |got: &str| DataProblem::UnknownCode { got: got.to_owned() };
    for (row, column, got) in [
        ("a,7,senior,kk,answered,5,0,0,1,0,1", "often", "5"),
        ("a,7,senior,kk,answered,0,-2,0,1,0,1", "touched", "-2"),
        ("a,7,senior,kk,answered,0,x,0,1,0,1", "touched", "x"),
        ("a,7,senior,kk,answered,0,0,0,2,0,1", "where_yard", "2"),
        ("a,7,senior,kk,answered,0,0,0,1,0,1001", "life", "1001"),
        ("a,7,senior,kk,answered,0,0,0,1,0,99999999999999999999", "life", "99999999999999999999"),
        ("a,7,senior,kk,answered,1.0,0,0,1,0,1", "often", "1.0"),
    ] {
        assert_eq!(one(row), (column.to_owned(), unknown(got)), "{row}");
    }
}

#[test]
fn options_of_one_item_must_agree() {
    let problem = |options: &str| one(&format!("a,7,senior,kk,answered,0,0,{options},1")).1;
    assert_eq!(problem("0,0,0"), DataProblem::NoOption);
    assert_eq!(problem("1,1,0"), DataProblem::NoneWithOther);
    assert_eq!(problem(",1,0"), DataProblem::OptionsDisagree);
    assert_eq!(problem("0,1,-1"), DataProblem::OptionsDisagree);
    assert_eq!(problem("-1,,"), DataProblem::OptionsDisagree);
}

#[test]
fn a_class_must_be_known_of_the_form_and_as_in_the_structure() {
    let (column, problem) = one("c,7,senior,kk,answered,0,0,0,1,0,1");
    assert_eq!(
        (column.as_str(), problem),
        ("class", DataProblem::UnknownClass { got: "c".to_owned() })
    );
    let (column, problem) = one("j,3,junior,kk,answered,0,0,0,1,0,1");
    assert_eq!(column, "class");
    assert!(matches!(problem, DataProblem::OtherForm { .. }));
    let found = mistakes("a,8,junior,ru,answered,0,0,0,1,0,1");
    let columns: Vec<&str> = found.iter().map(|(_, column, _)| column.as_str()).collect();
    assert_eq!(columns, ["grade", "form", "language"]);
}

#[test]
fn a_status_is_answered_or_declined_and_declined_has_no_answers() {
    let (column, problem) = one("a,7,senior,kk,absent,,,,,,");
    assert_eq!(
        (column.as_str(), problem),
        ("status", DataProblem::UnknownStatus { got: "absent".to_owned() })
    );
    let (column, problem) = one("a,7,senior,kk,declined,,0,,,,");
    assert_eq!((column.as_str(), problem), ("touched", DataProblem::AnswerOfDeclined));
}

#[test]
fn lengths_and_encoding_are_checked_and_every_mistake_is_reported_at_once() {
    let mut text = format!("{HEADER}\n").into_bytes();
    text.extend_from_slice(b"a,7,senior,kk,answered,0,0,0,1,0\n");
    text.extend_from_slice(b"a,7,senior,kk,answered,0,0,0,1,0,1\n");
    text.extend_from_slice(b"a,7,senior,kk,answered,0,0,0,1,0,1,\n");
    text.extend_from_slice(b"a,7,senior,kk,answered,0,\xc3\x28,0,1,0,1\n");
    text.extend_from_slice(b"\"a\",7,senior,kk,answered,9,9,0,1,0,1\n");
    let found = Columns::read_csv(&survey(), &places(), text.as_slice()).unwrap_err();
    let shown = found.to_string();
    let expected = "row 2: the row is too short: 10 fields for 11 columns\n\
        row 4: the row is too long: 12 fields for 11 columns\n\
        row 5, column touched: not UTF-8\n\
        row 6, column often: \"9\" is not a code of the item; empty means not reached, -1 does not want to say\n\
        row 6, column touched: \"9\" is not a code of the item; empty means not reached, -1 does not want to say";
    assert_eq!(shown, expected);
}

#[test]
fn after_a_hundred_mistakes_the_others_are_counted() {
    let found = read(&"a,7,senior,kk,answered,7,0,0,1,0,1\n".repeat(250)).unwrap_err();
    assert_eq!((found.mistakes.len(), found.more), (100, 150));
    assert!(found.to_string().ends_with("\nand 150 more"));
}
