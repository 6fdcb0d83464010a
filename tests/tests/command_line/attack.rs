use crate::{directory, file};
use serde_json::{Value, json};
use survey_definitions::shipped;
use tempfile::TempDir;
use tests::{senim, senim_command};

/// A school of two classes, of 12 and of 4 pupils.
const STRUCTURE: &str = "region,district,school,class,grade,form,language,enrolment\n\
    r,d,s,large,7,senior,kk,12\n\
    r,d,s,small,8,senior,kk,4\n";
const HIDDEN: [u32; 2] = [100, 0];

fn group(level: &str, group: &str, n: Option<[u32; 2]>, [low, high]: [u32; 2]) -> Value {
    let cell = match high {
        0 => json!({ "kind": "hidden", "reason": "few_respondents" }),
        _ => json!({ "kind": "band", "low": low, "high": high }),
    };
    json!({ "level": level, "group": group, "n": n, "cells": { "any": cell } })
}

/// A release that shows the school in this band, and the large class in another.
fn release(wave: &str, school: [u32; 2], large: [u32; 2]) -> String {
    let lines = [
        json!({ "schema": 2, "wave": wave }),
        group("class", "large", Some([10, 14]), large),
        group("class", "small", None, HIDDEN),
        group("school", "s", Some([15, 19]), school),
    ];
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// What `senim attack` prints and ends with.
fn attack(files: &TempDir, releases: &[String], more: &[&str]) -> (String, Option<i32>) {
    let structure = file(files, "structure.csv", STRUCTURE);
    let mut command = senim_command();
    command.arg("attack").args(releases).args(["--structure", &structure]).args(more);
    let output = command.output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

#[test]
fn every_cell_has_the_range_that_fits() {
    let files = directory();
    let harmless = file(&files, "release.jsonl", release("w", [20, 40], [20, 40]));
    let done = file(&files, "done.csv", "class,done\nlarge,12\nsmall,4\n");
    let (printed, code) = attack(&files, &[harmless], &["--done", &done]);
    let expected = "group,indicator,low,high,allowed,broken\n\
        class:large,any,2,4,3,no\n\
        class:small,any,0,3,4,no\n\
        school:s,any,3,6,4,no\n";
    assert_eq!((printed.as_str(), code), (expected, Some(0)));
}

#[test]
fn a_broken_rule_is_told_and_ends_with_3() {
    let files = directory();
    let broken = file(&files, "release.jsonl", release("w", [0, 20], [20, 40]));
    let (printed, code) = attack(&files, &[broken], &["--format", "text"]);
    assert!(printed.contains("class:small, any: 0 to 1, hidden_too_few"), "{printed}");
    assert_eq!(code, Some(3));
}

#[test]
fn two_releases_of_one_wave_are_about_the_same_answers() {
    let files = directory();
    let one = file(&files, "one.jsonl", release("w", [20, 40], [20, 40]));
    let two = file(&files, "two.jsonl", release("w", [20, 40], [35, 55]));
    let (printed, code) = attack(&files, &[one, two], &[]);
    assert!(printed.contains("class:large,any,4,4,1,shown_one"), "{printed}");
    assert_eq!(code, Some(3));
}

#[test]
fn what_follows_if_nobody_changed_an_answer_is_only_supposed() {
    let files = directory();
    let one = file(&files, "one.jsonl", release("first", [20, 40], [20, 40]));
    let two = file(&files, "two.jsonl", release("second", [30, 50], [35, 55]));
    let done = file(&files, "done.csv", "class,done\nlarge,12\nsmall,4\n");
    let (printed, code) = attack(&files, &[one, two], &["--done", &done, "--done", &done]);
    assert!(printed.contains("class:large@first,any,4,4,1,supposed_shown_one"), "{printed}");
    assert!(printed.contains("class:large@second,any,4,6,3,no"), "{printed}");
    assert_eq!(code, Some(0));
}

#[test]
fn files_that_do_not_fit_are_refused_with_the_place() {
    let files = directory();
    let structure = file(&files, "structure.csv", STRUCTURE);
    let good = file(&files, "good.jsonl", release("w", [20, 40], [20, 40]));
    let torn = file(&files, "torn.jsonl", "{}\n{\"level\":");
    let strange =
        file(&files, "strange.jsonl", format!("{{}}\n{}", group("class", "x", None, HIDDEN)));
    let done = file(&files, "done.csv", "class,done\nnowhere,3\n");
    let of = ["--structure", structure.as_str()];
    let refused = |more: &[&str]| senim(&[&["attack"], more, &of].concat()).expect_failure();
    assert!(refused(&[&torn]).contains("torn.jsonl: line 2"), "{}", refused(&[&torn]));
    assert!(refused(&[&strange]).contains("class:x"), "{}", refused(&[&strange]));
    let told = refused(&[&good, "--done", &done]);
    assert!(told.contains("done.csv: line 2: \"nowhere\" is not in the structure"), "{told}");
    let impossible = file(&files, "impossible.jsonl", release("w", [80, 100], [0, 20]));
    let told = refused(&[&impossible]);
    assert!(told.contains("no counts fit what is published"), "{told}");
}

#[test]
fn the_definition_tells_what_one_indicator_says_about_another() {
    let files = directory();
    let cells = json!({
        "victim_any": { "kind": "band", "low": 0, "high": 20 },
        "victim_chronic": { "kind": "hidden", "reason": "small_group" },
    });
    let class = json!({ "level": "class", "group": "large", "n": [10, 14], "cells": cells });
    let release = file(&files, "release.jsonl", format!("{{}}\n{class}"));
    let definition = shipped("senim_pupil_senior", 1).unwrap();
    let definition = file(&files, "definition.json", definition);
    let (alone, code) = attack(&files, std::slice::from_ref(&release), &[]);
    assert!(alone.contains("class:large,victim_chronic,0,12,13,no"), "{alone}");
    assert_eq!(code, Some(0));
    let (printed, code) = attack(&files, &[release], &["--definition", &definition]);
    assert!(printed.contains("class:large,victim_chronic,0,2,3,no"), "{printed}");
    assert_eq!(code, Some(0));
}
