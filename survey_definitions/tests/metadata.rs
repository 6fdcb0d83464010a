//! What a study says of its items beside their wording: modules, grades, kinds of missing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod example;

use example::{codes, definition, mistakes, only, text, with};
use serde_json::{Value, json};
use survey_definitions::{Grades, Missing, Survey};

/// The example with a module, grades and an option for who does not know.
fn study() -> Value {
    let mut study = definition();
    study["grades"] = json!({ "first": 5, "last": 9 });
    study["modules"] = json!([{ "id": "access", "title": text() }]);
    for item in study["items"].as_array_mut().unwrap() {
        item["module"] = json!("access");
        item["maps_to"] = json!("Another study: access");
    }
    let unknown = json!({ "code": 8, "missing": "do_not_know", "text": text() });
    study["scales"][0]["options"].as_array_mut().unwrap().push(unknown);
    study["indicators"].as_array_mut().unwrap().retain(|one| one["id"] != "alike");
    study
}

fn found(study: &Value) -> Vec<(String, String)> {
    mistakes(study).into_iter().map(|mistake| (mistake.place, mistake.problem)).collect()
}

#[test]
fn a_study_has_modules_grades_and_kinds_of_missing() {
    let survey = Survey::parse(&study().to_string()).unwrap();
    assert_eq!(survey.grades, Some(Grades { first: 5, last: 9 }));
    assert_eq!(survey.items[0].module.as_deref(), Some("access"));
    assert_eq!(survey.scales[0].missing_codes(), [8]);
    assert_eq!(survey.scales[0].options()[2].missing, Some(Missing::DoNotKnow));
    assert!(survey.scales[1].missing_codes().is_empty());
    assert!(survey.texts().contains(&&survey.modules[0].title));
}

#[test]
fn every_item_belongs_to_a_module_that_exists() {
    let mut other = study();
    other["items"][1]["module"] = json!("skills");
    only(found(&other), "items[1].module", "there is no module \"skills\"");
    other["items"][1].as_object_mut().unwrap().remove("module");
    only(found(&other), "items[1].module", "the definition has modules");
    only(with("/items/0/module", json!("access")), "items[0].module", "there is no module");
    let twice = study()["modules"][0].clone();
    other = study();
    other["modules"].as_array_mut().unwrap().push(twice);
    only(found(&other), "modules[1].id", "taken by modules[0]");
}

#[test]
fn grades_go_up() {
    only(with("/grades", json!({ "first": 5, "last": 4 })), "grades.last", "not be under `first`");
    only(with("/grades", json!({ "first": 0, "last": 4 })), "grades.first", "from 1 to 12");
}

#[test]
fn a_kind_of_missing_is_counted_nowhere() {
    for indicator in [
        json!({ "kind": "share", "of": codes("mocked", &[8]) }),
        json!({ "kind": "mean", "at_least": 1, "times": 10, "items": [
            { "item": "mocked", "not_applicable": [8] }] }),
    ] {
        let mut other = study();
        other["indicators"][0]["measure"] = indicator;
        let found = found(&other);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].1.contains("no valid answer to \"mocked\""), "{found:?}");
    }
    let mut other = study();
    other["indicators"][0]["measure"] = json!({ "kind": "share", "of": {
        "kind": "same", "items": ["mocked"], "from": 0 } });
    only(found(&other), "indicators[0].measure.of.items[0]", "kinds of missing");
}

/// 10 is the highest code that counts, and 10 times 10 is 100: 8 would not change it, 30 must not.
#[test]
fn a_mean_ends_at_the_highest_valid_code() {
    let mut other = study();
    other["scales"][0]["options"][2]["code"] = json!(30);
    assert_eq!(found(&other), []);
}

#[test]
fn only_an_option_of_a_scale_with_one_answer_is_a_kind_of_missing_and_not_every_one() {
    let missing = json!("do_not_know");
    let place = "scales[1].options[1].missing";
    only(with("/scales/1/options/1/missing", missing.clone()), place, "`one` scale");
    let mut other = study();
    other["indicators"] = json!([{ "id": "one", "label": text(), "measure": {
        "kind": "share", "of": codes("where", &[1]) } }]);
    other.as_object_mut().unwrap().remove("sex");
    let mut tired = other.clone();
    tired["scales"][0]["options"][0]["missing"] = json!("tired");
    only(found(&tired), "scales[0].options[0].missing", "one of");
    for option in other["scales"][0]["options"].as_array_mut().unwrap() {
        option["missing"] = missing.clone();
    }
    only(found(&other), "scales[0]", "nothing can be counted");
}
