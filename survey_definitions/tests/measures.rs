//! Each mistake of an indicator is found, and what an indicator says of itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod example;

use example::{codes, item, mistakes, only, survey, text, with};
use serde_json::{Value, json};

const OF: &str = "/indicators/0/measure/of";
const PLACE: &str = "indicators[0].measure.of";

/// What is wrong when the first indicator is the share of a condition.
fn of(condition: Value) -> Vec<(String, String)> {
    with(OF, condition)
}

/// What is wrong when the fourth indicator is this mean.
fn mean(items: Value, at_least: u32, times: u32) -> Vec<(String, String)> {
    let mean = json!({ "kind": "mean", "items": items, "at_least": at_least, "times": times });
    with("/indicators/3/measure", mean)
}

#[test]
fn a_condition_names_an_item_and_codes_of_its_scale() {
    only(of(codes("hit", &[1])), &format!("{PLACE}.item"), "no item");
    only(of(codes("mocked", &[10, 1])), &format!("{PLACE}.codes[1]"), "not a code");
    only(of(codes("mocked", &[10, 10])), &format!("{PLACE}.codes[1]"), "named before");
    only(of(codes("life", &[11])), &format!("{PLACE}.codes[0]"), "not a code");
    only(of(codes("where", &[3])), &format!("{PLACE}.codes[0]"), "not a code");
    let among = with("/indicators/1/measure/among", codes("hit", &[1]));
    only(among, "indicators[1].measure.among.item", "no item");
}

#[test]
fn a_mistake_inside_other_conditions_is_found_with_its_place() {
    for kind in ["all", "any"] {
        let inner = json!({ "kind": kind, "of": [codes("mocked", &[0]), codes("hit", &[1])] });
        let found = of(json!({ "kind": "all", "of": [inner] }));
        only(found, &format!("{PLACE}.of[0].of[1].item"), "no item");
    }
    let part = with("/indicators/2/measure/parts/1/of", codes("life", &[12]));
    only(part, "indicators[2].measure.parts[1].of.codes[0]", "not a code");
    let found = of(json!({ "kind": "none", "of": [codes("mocked", &[0])] }));
    only(found, &format!("{PLACE}.kind"), "one of codes, all, any, at_least, range, not, same");
}

#[test]
fn no_more_conditions_can_be_asked_to_hold_than_there_are() {
    let at_least = |count: i64| {
        let parts = [codes("mocked", &[0]), codes("where", &[1])];
        of(json!({ "kind": "at_least", "count": count, "of": parts }))
    };
    assert_eq!(at_least(2), []);
    only(at_least(3), &format!("{PLACE}.count"), "3 cannot hold of 2");
    only(at_least(0), &format!("{PLACE}.count"), "from 1");
}

#[test]
fn conditions_stand_eight_deep_at_most() {
    let nested = |depth: usize| {
        (1..depth).fold(codes("mocked", &[0]), |inner, _| json!({ "kind": "any", "of": [inner] }))
    };
    assert_eq!(of(nested(8)), []);
    only(of(nested(9)), &format!("{PLACE}{}", ".of[0]".repeat(8)), "8 deep");
}

#[test]
fn the_same_code_is_sought_over_one_scale_with_one_answer() {
    let same =
        |items: &[&str], from: i64| of(json!({ "kind": "same", "items": items, "from": from }));
    assert_eq!(same(&["life"], 3), []);
    only(same(&["mocked", "life"], 10), &format!("{PLACE}.items[1]"), "not on the scale");
    only(same(&["where"], 1), &format!("{PLACE}.items[0]"), "several codes");
    only(same(&["mocked", "hit"], 10), &format!("{PLACE}.items[1]"), "no item");
    only(same(&["mocked", "mocked"], 10), &format!("{PLACE}.items[1]"), "named before");
    only(same(&["mocked"], 3), &format!("{PLACE}.from"), "not a code");
}

#[test]
fn the_parts_of_a_distribution_have_ids_of_their_own() {
    let part = json!({ "id": "calm", "label": text(), "of": codes("mocked", &[0]) });
    let found = with("/indicators/2/measure/parts/1", part);
    only(found, "indicators[2].measure.parts[1].id", "taken by");
}

#[test]
fn a_mean_is_over_items_with_codes_to_average() {
    assert_eq!(mean(json!([{ "item": "life" }]), 1, 10), []);
    let here = "indicators[3].measure.items[0].item";
    only(mean(json!([{ "item": "hit" }]), 1, 10), here, "no item");
    only(mean(json!([{ "item": "where" }]), 1, 1), here, "several codes");
    let left_out = |codes: &[i64]| json!([{ "item": "mocked", "not_applicable": codes }]);
    only(mean(left_out(&[10]), 1, 1), here, "fewer than 2 codes");
    let found = mean(left_out(&[4]), 1, 1);
    only(found, "indicators[3].measure.items[0].not_applicable[0]", "not a code");
    let twice = json!([{ "item": "life" }, { "item": "life" }]);
    only(mean(twice, 1, 1), "indicators[3].measure.items[1].item", "taken by");
}

#[test]
fn a_mean_asks_for_no_more_items_than_it_has_and_ends_at_a_hundred() {
    let items = || json!([{ "item": "life" }, { "item": "mocked" }]);
    only(mean(items(), 3, 10), "indicators[3].measure.at_least", "3 of 2 items");
    only(mean(items(), 0, 10), "indicators[3].measure.at_least", "from 1");
    let found = mean(json!([{ "item": "life" }]), 1, 11);
    only(found, "indicators[3].measure.items[0].item", "more than 100");
}

#[test]
fn an_indicator_is_published_for_ten_respondents_at_the_least() {
    let found = with("/indicators/0/published_from", json!(9));
    only(found, "indicators[0].published_from", "from 10");
}

#[test]
fn an_indicator_is_sensitive_when_it_says_so_or_any_of_its_items_is() {
    let sensitive = |change: fn(&mut survey_definitions::Survey)| -> Vec<String> {
        let mut survey = survey();
        change(&mut survey);
        let kept = survey.indicators.iter().filter(|indicator| survey.is_sensitive(indicator));
        kept.map(|indicator| indicator.id.clone()).collect()
    };
    assert_eq!(sensitive(|_| {}), ["both"]);
    assert_eq!(sensitive(|survey| survey.items[1].sensitive = true), ["where_yard", "both"]);
    assert_eq!(sensitive(|survey| survey.items[2].sensitive = true), ["both", "mood"]);
    let all = ["mocked_any", "where_yard", "both", "mood", "alike"];
    assert_eq!(sensitive(|survey| survey.items[0].sensitive = true), all);
    assert_eq!(sensitive(|survey| survey.items.clear()), all);
}

#[test]
fn only_one_condition_on_codes_among_everybody_is_a_simple_share() {
    let survey = survey();
    let simple = survey.indicators.iter().filter_map(|indicator| indicator.simple_share());
    assert_eq!(simple.collect::<Vec<_>>(), [("mocked", &[10][..])]);
}

#[test]
fn every_text_for_people_is_among_the_texts() {
    let written = survey_definitions::Survey::texts(&survey()).len();
    let in_the_file = example::definition().to_string().matches("\"kk\":{").count();
    assert_eq!(written, in_the_file);
}

#[test]
fn an_item_without_its_scale_is_one_mistake() {
    let mut changed = example::definition();
    changed["items"][2] = item("life", "nowhere");
    let places: Vec<String> = mistakes(&changed).into_iter().map(|one| one.place).collect();
    assert_eq!(places, ["items[2].scale"]);
}
