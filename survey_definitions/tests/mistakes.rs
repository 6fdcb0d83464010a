//! Each mistake of a definition is found, with its place.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod example;

use example::{
    codes, definition, item, mistakes, only, place, pointers, remove, text, with, without,
};
use serde_json::json;
use survey_definitions::Survey;

#[test]
fn the_example_has_no_mistake() {
    assert_eq!(mistakes(&definition()), []);
}

#[test]
fn text_that_is_not_json_is_named_by_line_and_column() {
    let error = Survey::parse("{\n  \"id\": }").unwrap_err();
    assert_eq!(error.to_string(), "line 2, column 9: not JSON: expected value");
    assert!(Survey::parse("{} {}").unwrap_err().to_string().contains("trailing"));
    assert_eq!(Survey::parse("[]").unwrap_err().0[0].place, "file");
}

#[test]
fn a_field_written_twice_is_found() {
    let text = definition().to_string().replacen(
        "\"sensitive\":false",
        "\"sensitive\":true,\"sensitive\":false",
        1,
    );
    let found = Survey::parse(&text).unwrap_err().0;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].to_string(), "items[0].sensitive: is written twice");
}

#[test]
fn every_mistake_is_reported_at_once() {
    let mut changed = definition();
    remove(&mut changed, "/items/0/sensitive");
    remove(&mut changed, "/items/2/text/kk");
    changed["items"][0]["need"] = json!("maybe");
    changed["items"][1]["scale"] = json!("nowhere");
    changed["version"] = json!("2");
    changed["indicators"][0]["measure"]["of"]["codes"] = json!([11]);
    let places: Vec<String> = mistakes(&changed).into_iter().map(|mistake| mistake.place).collect();
    let expected = [
        "version",
        "items[0].sensitive",
        "items[0].need",
        "items[2].text.kk",
        "items[1].scale",
        "indicators[0].measure.of.codes[0]",
    ];
    assert_eq!(places, expected);
}

#[test]
fn an_item_whose_author_did_not_decide_about_sensitive_is_refused() {
    let found = without("/items/1/sensitive");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place, "items[1].sensitive");
    assert!(found[0].problem.contains("the author must decide"), "{}", found[0]);
}

/// The types say what a file must hold, the walk over the file says it again: here they agree.
#[test]
fn what_the_types_refuse_is_found_with_its_place() {
    for pointer in pointers(&definition()).into_iter().skip(1) {
        let mut changed = definition();
        remove(&mut changed, &pointer);
        let found = mistakes(&changed);
        assert!(found.iter().all(|mistake| mistake.place != "file"), "{pointer}: {found:?}");
        if serde_json::from_value::<Survey>(changed).is_err() {
            let place = place(&pointer);
            assert!(found.iter().any(|mistake| mistake.place == place), "{pointer}: {found:?}");
        }
    }
}

#[test]
fn a_field_that_does_not_exist_is_found_in_every_object() {
    for pointer in pointers(&definition()) {
        let mut changed = definition();
        let Some(fields) = changed.pointer_mut(&pointer).unwrap().as_object_mut() else { continue };
        fields.insert("hint".to_owned(), json!("x"));
        let place = place(&format!("{pointer}/hint"));
        let found = mistakes(&changed);
        assert!(found.iter().any(|mistake| mistake.place == place), "{pointer}: {found:?}");
        assert!(serde_json::from_value::<Survey>(changed).is_err(), "{pointer}");
    }
}

#[test]
fn an_id_is_lower_case_ascii() {
    for id in ["", "Mocked", "1st", "құрбы", "a b", "a,b", "a-b"] {
        let found = with("/indicators/0/id", json!(id));
        only(found, "indicators[0].id", "lower-case");
    }
}

#[test]
fn an_id_is_taken_once() {
    only(
        with("/indicators/1/id", json!("mocked_any")),
        "indicators[1].id",
        "taken by indicators[0]",
    );
    let found = with("/scales/2/options", json!([]));
    only(found, "scales[2].options", "not a field");
    let found = with("/scales/1/options/1/code", json!(0));
    only(found, "scales[1].options[2].code", "taken by scales[1].options[1]");
    let found = with("/scales/0/options/0/name", json!("ten"));
    only(found, "scales[0].options[1].name", "taken by scales[0].options[0]");
    let page = json!({ "kind": "reading", "id": "welcome", "title": text(), "parts": [{ "text": text() }] });
    only(with("/pages/-", page), "pages[3].id", "taken by pages[0]");
    let scale = definition()["scales"][0].clone();
    only(with("/scales/-", scale), "scales[3].id", "taken by scales[0]");
    assert!(
        with("/items/-", item("mocked", "often")).iter().any(|(place, _)| place == "items[3].id")
    );
}

#[test]
fn columns_of_a_data_file_do_not_collide() {
    let found = with("/items/0", item("where_yard", "often"));
    assert!(
        found.iter().any(|(place, said)| place == "items[1].id" && said.contains("where_yard")),
        "{found:?}"
    );
    let found = with("/items/0", item("status", "often"));
    assert!(
        found.iter().any(|(place, said)| place == "items[0].id" && said.contains("status")),
        "{found:?}"
    );
}

#[test]
fn every_text_speaks_every_language_and_no_other() {
    let found = without("/pages/0/title/kk");
    assert_eq!(found[0].to_string(), "pages[0].title.kk: is missing: `languages` names it");
    only(with("/title/de", text()["en"].clone()), "title.de", "not a language");
    let found = with("/languages", json!(["kk", "ru"]));
    assert!(
        found.iter().any(|(place, said)| place == "title.en" && said.contains("does not name"))
    );
    only(with("/languages", json!(["kk", "ru", "en", "kk"])), "languages[3]", "named before");
    only(with("/title/en/text", json!(" \n")), "title.en.text", "empty");
    only(
        with("/title/en/review", json!("done")),
        "title.en.review",
        "one of drafted, read_back, native",
    );
}

#[test]
fn a_version_is_a_positive_number_and_comparable_since_is_not_after_it() {
    only(
        with("/items/0/comparable_since", json!(3)),
        "items[0].comparable_since",
        "after this version",
    );
    only(with("/items/0/comparable_since", json!(0)), "items[0].comparable_since", "from 1");
    only(with("/items/0/comparable_since", json!(1.5)), "items[0].comparable_since", "1.5");
    assert!(!with("/version", json!(0)).is_empty());
}

#[test]
fn scales_are_whole() {
    let found = with("/scales/2/lowest", json!(10));
    assert_eq!(found[0].0, "scales[2].highest");
    assert!(found[0].1.contains("above `lowest`"), "{found:?}");
    only(with("/scales/2/lowest", json!(-1)), "scales[2].lowest", "from 0");
    only(with("/scales/0/options/1/none", json!(true)), "scales[0].options[1].none", "`many`");
    only(with("/scales/1/options/1/code", json!(31)), "scales[1].options[1].code", "0 to 30");
    let found = without("/scales/1/options/0/name");
    assert_eq!(found[0].place, "scales[1].options[0].name");
    only(with("/scales/0/kind", json!("two")), "scales[0].kind", "one of one, many, number");
}

#[test]
fn lists_are_not_empty() {
    for pointer in pointers(&definition()) {
        if !definition().pointer(&pointer).unwrap().is_array() {
            continue;
        }
        let found = with(&pointer, json!([]));
        let place = place(&pointer);
        assert!(
            found.iter().any(|(at, said)| *at == place && said.contains("is empty")),
            "{pointer}: {found:?}"
        );
    }
}

#[test]
fn a_recording_is_named_after_its_content_and_a_picture_is_an_id() {
    let pointer = "/title/kk/recording";
    for ending in ["ogg", "mp3", "m4a", "wav", "webm"] {
        assert_eq!(with(pointer, json!(format!("{}.{ending}", "9f".repeat(32)))), []);
    }
    let hash = "9f".repeat(32);
    for name in [&format!("{hash}.exe"), &hash, "9f.ogg", &format!("{}.ogg", "9F".repeat(32))] {
        only(with(pointer, json!(name)), "title.kk.recording", "a file name");
    }
    only(with(pointer, json!(format!("../{hash}.ogg"))), "title.kk.recording", "a file name");
    for pointer in ["/scales/1/options/0/picture", "/pages/0/parts/0/picture"] {
        assert_eq!(with(pointer, json!("school_yard")), []);
        only(with(pointer, json!("Yard.png")), &place(pointer), "an id");
    }
}

#[test]
fn every_item_is_on_one_page_in_the_order_of_the_items() {
    only(
        with("/pages/2/items", json!(["life", "where"])),
        "pages[2].items[1]",
        "on a page already",
    );
    only(with("/pages/2/items", json!(["life", "lives"])), "pages[2].items[1]", "no item");
    only(with("/pages/1/items", json!(["mocked"])), "items[1]", "on no page");
    only(
        with("/pages/1/items", json!(["where", "mocked"])),
        "pages[1].items[1]",
        "follow that order",
    );
}

#[test]
fn the_sex_is_told_by_two_codes_of_an_item_with_one_answer() {
    let sex = |item: &str, girl: i64, boy: i64| {
        with("/sex", json!({ "item": item, "girl": girl, "boy": boy }))
    };
    assert_eq!(sex("life", 3, 0), []);
    only(sex("hit", 0, 10), "sex.item", "no item");
    only(sex("where", 0, 1), "sex.item", "several codes");
    only(sex("mocked", 1, 10), "sex.girl", "not a code");
    only(sex("mocked", 0, 11), "sex.boy", "not a code");
    only(sex("mocked", 10, 10), "sex.boy", "named before");
    assert_eq!(without("/sex"), []);
}

/// The example, as a study: its second screen is asked of some.
fn branching(condition: serde_json::Value) -> Vec<(String, String)> {
    let mut changed = definition();
    changed["branching"] = json!(true);
    changed["items"][2]["shown_when"] = condition;
    changed["items"][2]["shuffled"] = json!(true);
    mistakes(&changed).into_iter().map(|mistake| (mistake.place, mistake.problem)).collect()
}

#[test]
fn only_a_definition_with_branching_asks_some_pupils_alone() {
    only(with("/items/2/shown_when", codes("mocked", &[10])), "items[2].shown_when", "branching");
    only(with("/items/2/shuffled", json!(true)), "items[2].shuffled", "branching");
    assert_eq!(with("/items/2/shuffled", json!(false)), []);
    assert_eq!(branching(codes("mocked", &[10])), []);
}

#[test]
fn an_item_is_shown_after_what_it_depends_on() {
    let place = "items[2].shown_when";
    only(branching(codes("life", &[1])), place, "page before");
    let deep = json!({ "kind": "not", "of": { "kind": "any", "of": [codes("life", &[1])] } });
    only(branching(deep), place, "page before");
    only(branching(codes("mocked", &[3])), "items[2].shown_when.codes[0]", "not a code");
}

#[test]
fn a_range_has_an_end_and_a_code_inside() {
    let range = |item: &str, ends: serde_json::Value| {
        let mut range = json!({ "kind": "range", "item": item });
        range.as_object_mut().unwrap().append(&mut ends.as_object().unwrap().clone());
        branching(json!({ "kind": "not", "of": range }))
    };
    let place = "items[2].shown_when.of";
    assert_eq!(range("mocked", json!({ "from": 3 })), []);
    assert_eq!(range("mocked", json!({ "from": 3, "to": 10 })), []);
    only(range("mocked", json!({})), place, "`from`, `to` or both");
    only(range("mocked", json!({ "from": 3, "to": 9 })), place, "no code");
    only(range("where", json!({ "from": 1 })), &format!("{place}.item"), "several codes");
    only(range("hit", json!({ "from": 1 })), &format!("{place}.item"), "no item");
}
