//! A small definition with every kind of item.

use serde_json::{Value, json};
use survey_definitions::{Answer, Answers, Response, Survey};

fn text(text: &str) -> Value {
    json!({ "en": { "text": text, "review": "drafted" } })
}

fn option(code: i16) -> Value {
    json!({ "code": code, "text": text(&format!("option {code}")) })
}

fn item(id: &str, scale: &str, sensitive: bool) -> Value {
    json!({
        "id": id, "concept": id, "sensitive": sensitive, "need": "core", "comparable_since": 1,
        "scale": scale, "text": text(id), "source": "test", "licence": "CC-BY-4.0",
    })
}

fn indicator(id: &str, item: &str, codes: &[i16]) -> Value {
    let of = json!({ "kind": "codes", "item": item, "codes": codes });
    json!({ "id": id, "label": text(id), "measure": { "kind": "share", "of": of } })
}

/// Items `often` (0-4), `touched` (0-4, sensitive), `where` (many) and `life` (0-1000).
pub(crate) fn survey() -> Survey {
    let mut chronic = indicator("chronic", "often", &[2, 3, 4]);
    chronic["published_from"] = json!(40);
    let named = |code: i16, name: &str, none: bool| json!({ "code": code, "name": name, "none": none, "text": text(name) });
    let definition = json!({
        "id": "small", "version": 1, "form": "senior", "languages": ["en"],
        "title": text("Small"), "source": "test", "licence": "CC-BY-4.0",
        "scales": [
            { "id": "freq5", "kind": "one", "options": (0..5).map(option).collect::<Vec<_>>() },
            { "id": "places", "kind": "many", "options": [
                named(0, "nowhere", true), named(1, "yard", false), named(2, "way", false)] },
            { "id": "ladder", "kind": "number", "lowest": 0, "highest": 1000,
              "lowest_text": text("worst"), "highest_text": text("best") },
        ],
        "items": [
            item("often", "freq5", false), item("touched", "freq5", true),
            item("where", "places", false), item("life", "ladder", false),
        ],
        "pages": [{ "kind": "items", "items": ["often", "touched", "where", "life"] }],
        "indicators": [
            indicator("any", "often", &[1, 2, 3, 4]), chronic,
            indicator("touched", "touched", &[1, 2, 3, 4]),
            indicator("yard", "where", &[1]), indicator("outside", "where", &[1, 2]),
        ],
    });
    Survey::parse(&definition.to_string()).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// Answers to all four items.
pub(crate) fn answered(often: Answer, touched: Answer, places: Answer, life: Answer) -> Response {
    Response::Answered(Answers(vec![often, touched, places, life]))
}

/// A pupil who says the same code to both questions, and names the yard from 1 on.
pub(crate) fn says(code: i16) -> Response {
    let places = Answer::Many(if code > 0 { 0b010 } else { 0b001 });
    answered(Answer::Code(code), Answer::Code(code), places, Answer::Code(code * 100))
}
