use crate::files::{Files, PUPILS};
use std::fs;
use tests::senim;

#[test]
fn tallies_of_files_are_exact() {
    let text = Files::new().run("tallies", &["--format", "csv"]).expect_success().stdout;
    assert!(text.starts_with("level,group,item,code,n\n"));
    let half = 3 * PUPILS / 2;
    for line in [
        format!("nation,nation,status,answered,{}", 3 * PUPILS),
        format!("nation,nation,q23,1,{half}"),
        format!("school,s1,q23,1,{}", PUPILS / 2),
        "class,s2-6,q15,5,0".to_owned(),
    ] {
        assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
    }
}

#[test]
fn a_release_of_the_same_files_has_the_same_bytes() {
    let mut files = Files::new();
    let release = |files: &Files, name: &str| {
        let out = files.path(name);
        files.run("release", &["--out", &out]).expect_success();
        fs::read(out).unwrap()
    };
    let first = release(&files, "first.jsonl");
    assert!(first.starts_with(b"{\"schema\":2,"), "{}", String::from_utf8_lossy(&first));
    assert!(String::from_utf8_lossy(&first).contains("\"kind\":\"band\""));
    assert_eq!(release(&files, "second.jsonl"), first);
    files.data[1..].reverse();
    assert_eq!(release(&files, "third.jsonl"), first, "the order of rows is in the release");
}

#[test]
fn what_a_release_shows_is_told_by_indicator_and_level() {
    let files = Files::new();
    let out = files.path("release.jsonl");
    files.run("release", &["--out", &out]).expect_success();
    let table = senim(&["shown", &out]).expect_success().stdout;
    let mut lines = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    assert_eq!(lines.next().unwrap()[..4], ["indicator", "class", "page", "class"]);
    assert_eq!(lines.next_back().unwrap()[0], "all", "{table}");
    let text = fs::read_to_string(&out).unwrap();
    fs::write(&out, text.replacen("\"level\":\"class\"", "\"level\":\"row\"", 1)).unwrap();
    let told = senim(&["shown", &out]).expect_failure();
    assert!(told.contains("release.jsonl is not a release: line 2"), "{told}");
}

#[test]
fn an_unknown_column_is_named() {
    let mut files = Files::new();
    files.data[0] += ",colour";
    files.data[1..].iter_mut().for_each(|line| *line += ",red");
    let told = files.refused();
    assert!(told.contains("row 1, column colour"), "{told}");
}

#[test]
fn a_missing_column_is_named() {
    let mut files = Files::new();
    let without_last = |line: &String| line.rsplit_once(',').unwrap().0.to_owned();
    files.data = files.data.iter().map(without_last).collect();
    assert!(files.refused().contains("q24"), "{}", files.refused());
}

#[test]
fn every_unknown_code_is_told_with_row_and_column() {
    let mut files = Files::new();
    files.replace(3, "q23", "9");
    files.replace(7, "q15", "yes");
    files.replace(9, "status", "maybe");
    let told = files.refused();
    for place in ["row 4, column q23: \"9\"", "row 8, column q15: \"yes\"", "row 10, column status"]
    {
        assert!(told.contains(place), "{place} is not told:\n{told}");
    }
}

#[test]
fn a_row_too_short_or_too_long_is_told() {
    let mut files = Files::new();
    files.data[4] = files.data[4].rsplit_once(',').unwrap().0.to_owned();
    files.data[6] += ",1";
    let told = files.refused();
    assert!(told.contains("row 5") && told.contains("13 fields for 14 columns"), "{told}");
    assert!(told.contains("row 7") && told.contains("15 fields for 14 columns"), "{told}");
}

#[test]
fn a_class_that_is_not_in_the_structure_is_told() {
    let mut files = Files::new();
    files.replace(2, "class", "nowhere");
    let told = files.refused();
    assert!(told.contains("row 3, column class") && told.contains("nowhere"), "{told}");
}

#[test]
fn a_release_of_files_needs_a_place_to_write_to() {
    let told = Files::new().run("release", &[]).expect_failure();
    assert!(told.contains("--out"), "{told}");
}
