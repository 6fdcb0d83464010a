use serde_json::{Value, json};
use server::authoring::{Comparison, compare};
use survey_definitions::{Survey, shipped};

fn senior() -> Value {
    serde_json::from_str(shipped("senim_pupil_senior", 1).unwrap()).unwrap()
}

/// The next version of the senior form, after a change.
fn next(change: impl FnOnce(&mut Value)) -> Comparison {
    let old = Survey::parse(&senior().to_string()).unwrap();
    let mut new = senior();
    new["version"] = json!(2);
    change(&mut new);
    let new = Survey::parse(&new.to_string()).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    compare(&old, &new)
}

fn reasons(comparison: &Comparison, item: &str) -> Vec<String> {
    let found = comparison.changed.iter().find(|(id, _)| id == item);
    found.map(|(_, reasons)| reasons.iter().map(ToString::to_string).collect()).unwrap_or_default()
}

fn position(definition: &Value, item: &str) -> usize {
    definition["items"].as_array().unwrap().iter().position(|one| one["id"] == item).unwrap()
}

#[test]
fn a_version_without_a_change_keeps_everything() {
    let comparison = next(|_| {});
    let survey = Survey::parse(&senior().to_string()).unwrap();
    assert_eq!(comparison.comparable.len(), survey.items.len());
    assert_eq!(comparison.indicators.len(), survey.indicators.len());
    assert!(comparison.wrong.is_empty() && comparison.changed.is_empty());
}

#[test]
fn another_wording_is_told_with_its_language_and_a_check_of_it_is_not() {
    let comparison = next(|new| {
        let item = position(new, "bullied");
        new["items"][item]["text"]["ru"]["text"] =
            json!("Тебя травили в школе за последние 12 месяцев?");
        new["items"][item]["text"]["kk"]["review"] = json!("native");
        new["items"][item]["comparable_since"] = json!(2);
    });
    assert_eq!(reasons(&comparison, "bullied"), ["wording (ru)", "recall period"]);
    assert_eq!(comparison.changed.len(), 1);
    assert!(!comparison.indicators.contains(&"victim_any".to_owned()));
    assert!(comparison.indicators.contains(&"safe".to_owned()));
    assert!(comparison.wrong.is_empty(), "{:?}", comparison.wrong);
}

#[test]
fn another_option_changes_every_item_on_its_scale() {
    let comparison = next(|new| {
        let scales = new["scales"].as_array_mut().unwrap();
        let scale = scales.iter_mut().find(|scale| scale["id"] == "agree5").unwrap();
        scale["options"][2]["text"]["en"]["text"] = json!("Neither");
    });
    assert_eq!(reasons(&comparison, "safe"), ["options"]);
    assert_eq!(reasons(&comparison, "bullied"), [""; 0]);
    let told =
        comparison.wrong.iter().find(|one| one.problem.contains("\"safe\" says 1, must be 2"));
    assert!(told.is_some_and(|one| one.place == "items[2].comparable_since"));
}

#[test]
fn what_comes_in_front_breaks_the_trend_of_all_behind() {
    let comparison = next(|new| {
        let item = position(new, "lonely");
        let mut added = new["items"][item].clone();
        added["id"] = json!("added");
        added["comparable_since"] = json!(2);
        new["items"].as_array_mut().unwrap().insert(item, added);
        let page = json!({ "kind": "items", "items": ["added"] });
        let pages = new["pages"].as_array_mut().unwrap();
        let at = pages.iter().position(|page| page["items"] == json!(["lonely"])).unwrap();
        pages.insert(at, page);
    });
    assert_eq!(comparison.new, ["added"]);
    assert_eq!(reasons(&comparison, "lonely"), ["order (\"added\" came before it)"]);
    assert_eq!(reasons(&comparison, "honest"), ["order (\"added\" came before it)"]);
    assert!(comparison.comparable.iter().any(|(id, since)| id == "safe" && *since == 1));
}

#[test]
fn another_text_to_read_before_a_question_breaks_its_trend() {
    let comparison = next(|new| {
        let pages = new["pages"].as_array_mut().unwrap();
        let reading = pages.iter_mut().find(|page| page["kind"] == "reading").unwrap();
        reading["parts"][0]["text"]["en"]["text"] = json!("Something else");
    });
    assert!(reasons(&comparison, "bullied")[0].ends_with("before it, has another text)"));
    assert!(reasons(&comparison, "safe").is_empty());
}

#[test]
fn an_item_that_goes_is_told_and_one_asked_of_others_is_not_comparable() {
    let comparison = next(|new| {
        let last = position(new, "honest");
        new["items"].as_array_mut().unwrap().remove(last);
        let pages = new["pages"].as_array_mut().unwrap();
        pages.retain(|page| page["items"] != json!(["honest"]));
        let indicators = new["indicators"].as_array_mut().unwrap();
        indicators.retain(|one| !one["measure"].to_string().contains("\"honest\""));
        let item = position(new, "lessons");
        new["branching"] = json!(true);
        new["items"][item]["shown_when"] = json!({ "kind": "codes", "item": "sex", "codes": [1] });
    });
    assert_eq!(comparison.gone, ["honest"]);
    assert_eq!(reasons(&comparison, "lessons"), ["condition"]);
}
