use crate::{directory, file};
use serde_json::{Value, json};
use survey_definitions::shipped;
use tests::senim;

fn yrbs() -> Value {
    serde_json::from_str(shipped("yrbs_2019_violence", 1).unwrap()).unwrap()
}

fn check(content: &str) -> tests::Finished {
    let directory = directory();
    senim(&["definitions", "check", &file(&directory, "definition.json", content)])
}

#[test]
fn shipped_definitions_are_listed_and_pass_their_check() {
    let list = senim(&["definitions", "list"]).expect_success().stdout;
    assert_eq!(list.lines().count(), survey_definitions::SHIPPED.len());
    for (path, text) in survey_definitions::SHIPPED {
        let said = check(text).expect_success().stdout;
        let (id, hash) = (path.split('/').next().unwrap(), said.split_whitespace().last().unwrap());
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
    definition["indicators"][0]["share"]["item"] = json!("q999");
    let told = check(&definition.to_string()).expect_failure();
    assert!(told.contains("indicators[0]") && told.contains("q999"), "{told}");
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
