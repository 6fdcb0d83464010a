//! A definition of 45 items with every kind of measure.

use serde_json::{Value, json};
use survey_definitions::Survey;

/// How often something happened, and whether one agrees: 0 to 4.
const OFTEN: usize = 20;
const AGREE: usize = 22;

/// `sex`, `b01` to `b20` (how often), `a01` to `a22` (agree), `told` and `life`.
pub fn survey() -> Survey {
    let definition = json!({
        "id": "national", "version": 1, "form": "senior", "languages": ["en"],
        "title": text("National"), "source": "Senim", "licence": "CC BY 4.0",
        "scales": [
            { "id": "sex", "kind": "one", "options": options(&[1, 2, 3]) },
            { "id": "five", "kind": "one", "options": options(&[0, 1, 2, 3, 4]) },
            { "id": "told", "kind": "one", "options": options(&[0, 1, 2, 3]) },
            { "id": "ladder", "kind": "number", "lowest": 0, "highest": 10,
              "lowest_text": text("worst"), "highest_text": text("best") },
        ],
        "items": ids().iter().map(|id| item(id)).collect::<Vec<_>>(),
        "sex": { "item": "sex", "girl": 1, "boy": 2 },
        "pages": [{ "kind": "items", "items": ids() }],
        "indicators": indicators(),
    });
    match Survey::parse(&definition.to_string()) {
        Ok(survey) => survey,
        Err(mistakes) => panic!("{mistakes}"),
    }
}

/// The items whose share from `from` on is an indicator of its own.
pub fn shares() -> Vec<(String, i16)> {
    let often = often().into_iter().map(|id| (id, 2));
    often.chain(agree().into_iter().map(|id| (id, 3))).collect()
}

fn often() -> Vec<String> {
    (1..=OFTEN).map(|number| format!("b{number:02}")).collect()
}

fn agree() -> Vec<String> {
    (1..=AGREE).map(|number| format!("a{number:02}")).collect()
}

fn ids() -> Vec<String> {
    let last = ["told", "life"].map(str::to_owned);
    ["sex".to_owned()].into_iter().chain(often()).chain(agree()).chain(last).collect()
}

fn item(id: &str) -> Value {
    let scale = match id {
        "sex" => "sex",
        "told" => "told",
        "life" => "ladder",
        _ => "five",
    };
    json!({
        "id": id, "concept": id, "sensitive": id.starts_with("b1"), "need": "core",
        "comparable_since": 1, "scale": scale, "text": text(id), "source": "Senim",
        "licence": "CC BY 4.0",
    })
}

fn indicators() -> Vec<Value> {
    let plain = shares().into_iter().map(|(id, from)| {
        indicator(&format!("{id}_share"), json!({ "kind": "share", "of": at_least(&id, from) }))
    });
    let any = indicator("b01_any", json!({ "kind": "share", "of": at_least("b01", 1) }));
    let told = json!({ "kind": "codes", "item": "told", "codes": [1, 2] });
    let told = json!({ "kind": "share", "of": told, "among": at_least("b01", 1) });
    let others = [
        any,
        indicator("forms", mean(&often()[2..11], 6, 25)),
        indicator("done", mean(&often()[11..16], 4, 25)),
        indicator("climate", mean(&agree()[..7], 5, 25)),
        indicator("life", mean(&["life".to_owned()], 1, 10)),
        indicator("told_adult", told),
        indicator("roles", roles()),
        indicator(
            "online",
            json!({ "kind": "share", "of": { "kind": "any", "of": [
            at_least("b18", 2), at_least("b19", 2), at_least("b20", 2) ] } }),
        ),
        indicator(
            "alike",
            json!({ "kind": "share", "of": {
            "kind": "same", "items": often()[2..20], "from": 1 } }),
        ),
    ];
    plain.chain(others).collect()
}

/// Neither, bullied, bullies, both.
fn roles() -> Value {
    let below = |id: &str| json!({ "kind": "codes", "item": id, "codes": [0, 1] });
    let parts = [
        ("none", below("b01"), below("b02")),
        ("victim", at_least("b01", 2), below("b02")),
        ("bully", below("b01"), at_least("b02", 2)),
        ("both", at_least("b01", 2), at_least("b02", 2)),
    ];
    let parts = parts.map(|(id, one, other)| {
        json!({ "id": id, "label": text(id), "of": { "kind": "all", "of": [one, other] } })
    });
    json!({ "kind": "shares", "parts": parts })
}

fn at_least(item: &str, from: i16) -> Value {
    json!({ "kind": "codes", "item": item, "codes": (from..5).collect::<Vec<_>>() })
}

fn mean(items: &[String], at_least: u32, times: u32) -> Value {
    let items: Vec<Value> = items.iter().map(|item| json!({ "item": item })).collect();
    json!({ "kind": "mean", "items": items, "at_least": at_least, "times": times })
}

fn indicator(id: &str, measure: Value) -> Value {
    json!({ "id": id, "label": text(id), "measure": measure })
}

fn options(codes: &[i16]) -> Vec<Value> {
    codes.iter().map(|code| json!({ "code": code, "text": text(&code.to_string()) })).collect()
}

fn text(text: &str) -> Value {
    json!({ "en": { "text": text, "review": "drafted" } })
}
