//! Next steps: what the file may say about its definition and about itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod example;

use example::{only, place, pointers, remove, survey, text};
use serde_json::{Value, json};
use survey_definitions::NextSteps;

fn file() -> Value {
    json!({
        "definition": { "id": "example", "version": 2 },
        "languages": ["kk", "ru", "en"],
        "themes": [
            { "id": "online", "title": text(), "text": text() },
            { "id": "empathy", "title": text(), "text": text() },
        ],
        "steps": [{ "id": "watch_yard", "text": text() }],
        "lead": ["mood"],
        "lead_above_class": ["mocked_any", "both"],
        "sections": [
            { "id": "feelings", "title": text(), "indicators": ["mood"] },
            { "id": "rest", "title": text(), "indicators": ["both", "mocked_any"],
                "unfolded_above_class": true, "as_list": true },
        ],
        "rules": [
            { "id": "mocked", "when": [{ "indicator": "mocked_any", "at_least": 20 }],
                "themes": ["empathy"], "step": "watch_yard", "reason": text() },
            { "id": "mood", "when": [
                    { "indicator": "mood", "below": 50 },
                    { "indicator": "mocked_any", "at_least": 5, "below": 10 } ],
                "themes": ["online", "empathy"], "step": "watch_yard", "reason": text() },
        ],
    })
}

fn mistakes(file: &Value) -> Vec<(String, String)> {
    let found = NextSteps::parse(&file.to_string(), &survey()).err();
    found.into_iter().flat_map(|all| all.0).map(|one| (one.place, one.problem)).collect()
}

fn with(pointer: &str, value: Value) -> Vec<(String, String)> {
    let mut changed = file();
    *changed.pointer_mut(pointer).unwrap() = value;
    mistakes(&changed)
}

#[test]
fn the_example_has_no_mistake_and_is_read_as_it_was_written() {
    assert_eq!(mistakes(&file()), []);
    let read = NextSteps::parse(&file().to_string(), &survey()).unwrap();
    assert_eq!(NextSteps::parse(&serde_json::to_string(&read).unwrap(), &survey()), Ok(read));
}

#[test]
fn what_the_types_refuse_is_found_with_its_place() {
    for pointer in pointers(&file()).into_iter().skip(1) {
        let mut changed = file();
        remove(&mut changed, &pointer);
        let refused = serde_json::from_value::<NextSteps>(changed.clone()).is_err();
        let found = mistakes(&changed);
        assert!(found.iter().all(|(at, _)| at != "file"), "{pointer}: {found:?}");
        let named = found.iter().any(|(at, _)| *at == place(&pointer));
        assert!(named || !refused, "{pointer}: {found:?}");
    }
}

#[test]
fn a_field_that_does_not_exist_is_found_in_every_object() {
    for pointer in pointers(&file()) {
        let mut changed = file();
        let Some(fields) = changed.pointer_mut(&pointer).unwrap().as_object_mut() else { continue };
        fields.insert("hint".to_owned(), json!("x"));
        let place = place(&format!("{pointer}/hint"));
        let found = mistakes(&changed);
        assert!(found.iter().any(|(at, _)| *at == place), "{pointer}: {found:?}");
        assert!(serde_json::from_value::<NextSteps>(changed).is_err(), "{pointer}");
    }
}

#[test]
fn it_belongs_to_one_version_and_speaks_its_languages() {
    only(with("/definition/id", json!("other")), "definition.id", "example.2");
    only(with("/definition/version", json!(1)), "definition.version", "example.2");
    let found = with("/languages", json!(["kk", "ru"]));
    assert!(found.iter().any(|(at, said)| at == "languages" && said.contains("\"en\"")));
    only(with("/languages", json!(["kk", "ru", "en", "en"])), "languages[3]", "named before");
}

#[test]
fn ids_are_taken_once_and_exist_where_they_are_named() {
    only(with("/rules/1/id", json!("mocked")), "rules[1].id", "taken by rules[0]");
    only(with("/rules/0/step", json!("wait")), "rules[0].step", "not one of `steps`");
    let found = with("/rules/0/themes", json!(["empathy", "wait"]));
    only(found, "rules[0].themes[1]", "not one of `themes`");
    let found = with("/rules/0/themes", json!(["empathy", "empathy"]));
    only(found, "rules[0].themes[1]", "named before");
    let mut changed = file();
    changed["themes"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "id": "third", "title": text(), "text": text() }));
    changed["rules"][0]["themes"] = json!(["online", "empathy", "third"]);
    only(mistakes(&changed), "rules[0].themes", "one or 2");
    assert!(with("/themes/1/id", json!("online")).iter().any(|(at, _)| at == "themes[1].id"));
    let step =
        json!([{ "id": "watch_yard", "text": text() }, { "id": "watch_yard", "text": text() }]);
    only(with("/steps", step), "steps[1].id", "taken by steps[0]");
}

#[test]
fn advice_never_tells_a_sensitive_or_unknown_indicator() {
    let when = |condition: Value| with("/rules/0/when/0", condition);
    let here = "rules[0].when[0].indicator";
    only(when(json!({ "indicator": "nothing", "below": 5 })), here, "no indicator");
    let sensitive = json!({ "indicator": "both", "part": "calm", "below": 5 });
    only(when(sensitive), here, "sensitive");
}

#[test]
fn what_pages_show_first_and_together_is_known_and_named_once() {
    only(with("/lead/0", json!("nothing")), "lead[0]", "no indicator");
    only(with("/lead/0", json!("both")), "lead[0]", "sensitive");
    let twice = with("/lead_above_class", json!(["mood", "mood"]));
    only(twice, "lead_above_class[1]", "named before");
    only(with("/sections/1/id", json!("feelings")), "sections[1].id", "taken by sections[0]");
    let twice = with("/sections/1/indicators", json!(["both", "mood"]));
    only(twice, "sections[1].indicators[1]", "named before");
}

#[test]
fn a_part_is_named_of_a_distribution_and_of_nothing_else() {
    let mut survey = survey();
    survey.indicators[2].sensitive = false;
    let found = |condition: Value| -> Vec<(String, String)> {
        let mut changed = file();
        changed["rules"][0]["when"][0] = condition;
        let found = NextSteps::parse(&changed.to_string(), &survey).err();
        found.into_iter().flat_map(|all| all.0).map(|one| (one.place, one.problem)).collect()
    };
    let here = "rules[0].when[0].part";
    assert_eq!(found(json!({ "indicator": "both", "part": "calm", "below": 50 })), []);
    only(found(json!({ "indicator": "both", "below": 50 })), here, "is missing");
    only(found(json!({ "indicator": "both", "part": "all", "below": 50 })), here, "no part");
    only(found(json!({ "indicator": "mood", "part": "calm", "below": 50 })), here, "no parts");
}

#[test]
fn a_condition_has_a_limit_that_some_band_can_meet() {
    let when = |condition: Value| with("/rules/0/when/0", condition);
    let here = "rules[0].when[0]";
    only(when(json!({ "indicator": "mood" })), here, "needs");
    let never = json!({ "indicator": "mood", "at_least": 20, "below": 20 });
    only(when(never), here, "holds never");
    let found = when(json!({ "indicator": "mood", "at_least": 101 }));
    only(found, "rules[0].when[0].at_least", "from 1 to 100");
}
