use crate::{directory, file};
use serde_json::{Value, json};
use survey_definitions::{next_steps, shipped};
use tests::senim;

fn yrbs() -> Value {
    serde_json::from_str(shipped("yrbs_2019_violence", 1).unwrap()).unwrap()
}

fn check(content: &str) -> tests::Finished {
    let directory = directory();
    senim(&["definition", "check", &file(&directory, "definition.json", content)])
}

#[test]
fn shipped_definitions_are_listed_and_pass_their_check() {
    let list = senim(&["definitions", "list"]).expect_success().stdout;
    assert_eq!(list.lines().count(), survey_definitions::SHIPPED.len());
    for (path, text) in survey_definitions::SHIPPED {
        let said = check(text).expect_success().stdout;
        let (id, first) = (path.split('/').next().unwrap(), said.lines().next().unwrap());
        let hash = first.split_whitespace().last().unwrap();
        assert!(said.starts_with(id), "{said}");
        assert!(list.contains(hash), "{path} is not listed under {hash}");
    }
}

#[test]
fn every_mistake_of_a_definition_is_told_with_its_place() {
    let mut definition = yrbs();
    definition["colour"] = json!("red");
    definition["items"][1]["id"] = json!("q1");
    definition["items"][2]["scale"] = json!("no_scale");
    definition["items"][3]["text"] = json!({});
    let told = check(&definition.to_string()).expect_failure();
    for place in ["colour", "items[1]", "items[2].scale", "items[3].text"] {
        assert!(told.lines().any(|line| line.starts_with(place)), "{place} is not told:\n{told}");
    }
    assert!(told.contains("definition.json is not a usable survey definition"), "{told}");
}

#[test]
fn an_indicator_over_an_unknown_item_is_told() {
    let mut definition = yrbs();
    definition["indicators"][0]["measure"]["of"]["item"] = json!("q999");
    let told = check(&definition.to_string()).expect_failure();
    assert!(told.contains("indicators[0]") && told.contains("q999"), "{told}");
}

#[test]
fn next_steps_beside_a_definition_are_checked_with_it() {
    let directory = directory();
    let definition = shipped("senim_pupil_senior", 1).unwrap();
    let definition = file(&directory, "senior.json", definition);
    let steps = next_steps("senim_pupil_senior", 1).unwrap();
    file(&directory, "senior.next_steps.json", steps);
    let said = senim(&["definitions", "check", &definition]).expect_success().stdout;
    assert!(said.contains("next steps: "), "{said}");
    let mut steps: Value = serde_json::from_str(steps).unwrap();
    steps["rules"][0]["when"][0]["indicator"] = json!("bully_any");
    file(&directory, "senior.next_steps.json", steps.to_string());
    let told = senim(&["definitions", "check", &definition]).expect_failure();
    assert!(told.contains("rules[0].when[0].indicator") && told.contains("sensitive"), "{told}");
}

#[test]
fn text_that_is_no_json_is_told_with_line_and_column() {
    for text in ["", "{", "{\"id\": \"x\",\n  oops}"] {
        let told = check(text).expect_failure();
        assert!(told.contains("line ") && told.contains("column "), "{told}");
    }
}

#[test]
fn the_schema_is_json() {
    let schema = senim(&["definitions", "schema"]).expect_success().stdout;
    let schema: Value = serde_json::from_str(&schema).unwrap();
    assert!(schema["properties"]["items"].is_object());
}

#[test]
fn a_study_tells_what_is_core_in_each_module() {
    let said = check(shipped("senim_online_study", 1).unwrap()).expect_success().stdout;
    for line in ["module harms: 3 core, 2 optional, 0 adaptable", "module quality: 1 core"] {
        assert!(said.lines().any(|one| one.starts_with(line)), "{line}:\n{said}");
    }
    assert!(
        !check(shipped("senim_pupil_senior", 1).unwrap())
            .expect_success()
            .stdout
            .contains("module")
    );
}
