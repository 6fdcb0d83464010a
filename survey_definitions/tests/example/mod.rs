//! A small definition with one of everything.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use serde_json::{Value, json};
use survey_definitions::{Mistake, Survey};

pub(crate) fn definition() -> Value {
    json!({
        "id": "example", "version": 2, "form": "senior", "languages": ["kk", "ru", "en"],
        "title": text(), "source": "Senim", "licence": "CC BY 4.0",
        "scales": [
            { "id": "often", "kind": "one", "options": [
                { "code": 0, "picture": "sun", "text": spoken() }, { "code": 10, "name": "ten", "text": text() } ] },
            { "id": "places", "kind": "many", "options": [
                { "code": 1, "name": "yard", "text": text() },
                { "code": 30, "name": "class", "text": text() },
                { "code": 0, "name": "none", "none": true, "text": text() },
                { "code": 2, "name": "nobody", "none": true, "text": text() } ] },
            { "id": "ladder", "kind": "number", "lowest": 0, "highest": 10,
                "lowest_text": text(), "highest_text": text() },
        ],
        "items": [item("mocked", "often"), item("where", "places"), item("life", "ladder")],
        "sex": { "item": "mocked", "girl": 0, "boy": 10 },
        "pages": [
            { "kind": "reading", "id": "welcome", "title": text(), "parts": [
                { "text": text() }, { "picture": "rain", "text": text() } ] },
            { "kind": "items", "items": ["mocked", "where"] },
            { "kind": "items", "items": ["life"] },
        ],
        "indicators": [
            { "id": "mocked_any", "label": text(), "published_from": 40,
                "measure": { "kind": "share", "of": codes("mocked", &[10]) } },
            { "id": "where_yard", "label": text(), "measure": { "kind": "share",
                "of": codes("where", &[1]), "among": codes("mocked", &[10]) } },
            { "id": "both", "label": text(), "sensitive": true, "measure": { "kind": "shares", "parts": [
                { "id": "calm", "label": text(), "of": { "kind": "all", "of": [
                    codes("mocked", &[0]), codes("where", &[0, 2]) ] } },
                { "id": "other", "label": text(), "of": { "kind": "any", "of": [
                    codes("mocked", &[10]),
                    { "kind": "at_least", "count": 1, "of": [codes("where", &[1])] } ] } } ] } },
            { "id": "mood", "label": text(), "measure": { "kind": "mean", "at_least": 1, "times": 10,
                "items": [
                    { "item": "life", "reversed": true, "not_applicable": [10] }, { "item": "mocked" } ] } },
            { "id": "alike", "label": text(), "measure": { "kind": "share",
                "of": { "kind": "same", "items": ["mocked"], "from": 10 } } },
        ],
    })
}

pub(crate) fn survey() -> Survey {
    Survey::parse(&definition().to_string()).expect("the example has no mistake")
}

pub(crate) fn text() -> Value {
    let one = |text: &str| json!({ "text": text, "review": "drafted" });
    json!({ "kk": one("мәтін"), "ru": one("текст"), "en": one("text") })
}

/// A text that is read aloud in Kazakh.
pub(crate) fn spoken() -> Value {
    let mut text = text();
    text["kk"]["recording"] = json!(format!("{}.ogg", "0a".repeat(32)));
    text
}

/// The condition that one of these codes was chosen.
pub(crate) fn codes(item: &str, codes: &[i16]) -> Value {
    json!({ "kind": "codes", "item": item, "codes": codes })
}

pub(crate) fn item(id: &str, scale: &str) -> Value {
    json!({
        "id": id, "concept": "what it measures", "sensitive": false, "need": "core",
        "comparable_since": 1, "scale": scale, "text": text(), "source": "Senim", "licence": "CC BY 4.0",
    })
}

/// JSON pointers of everything inside, the whole first.
pub(crate) fn pointers(value: &Value) -> Vec<String> {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(list) => {
            list.iter().enumerate().map(|(i, value)| (i.to_string(), value)).collect()
        }
        _ => Vec::new(),
    };
    let below = inner.into_iter().flat_map(|(name, value)| {
        pointers(value).into_iter().map(move |pointer| format!("/{name}{pointer}"))
    });
    std::iter::once(String::new()).chain(below).collect()
}

/// `items[3].text.kk` for `/items/3/text/kk`.
pub(crate) fn place(pointer: &str) -> String {
    let mut place = String::new();
    for step in pointer.split('/').skip(1) {
        if step.parse::<usize>().is_ok() {
            place.push_str(&format!("[{step}]"));
        } else {
            let dot = if place.is_empty() { "" } else { "." };
            place.push_str(&format!("{dot}{step}"));
        }
    }
    place
}

/// Takes away what stands at a pointer.
pub(crate) fn remove(definition: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').expect("not the whole");
    match definition.pointer_mut(parent).expect("a pointer of this definition") {
        Value::Object(fields) => drop(fields.remove(name)),
        Value::Array(list) => drop(list.remove(name.parse().expect("an index"))),
        _ => {}
    }
}

/// What is wrong with a definition.
pub(crate) fn mistakes(definition: &Value) -> Vec<Mistake> {
    Survey::parse(&definition.to_string()).err().map(|mistakes| mistakes.0).unwrap_or_default()
}

/// Puts `value` at a pointer and says what is wrong then.
pub(crate) fn with(pointer: &str, value: Value) -> Vec<(String, String)> {
    let mut changed = definition();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match changed.pointer_mut(parent).unwrap() {
        Value::Object(fields) => drop(fields.insert(name.to_owned(), value)),
        Value::Array(list) if name == "-" => list.push(value),
        Value::Array(list) => list[name.parse::<usize>().unwrap()] = value,
        _ => panic!("{pointer} is not inside anything"),
    }
    mistakes(&changed).into_iter().map(|mistake| (mistake.place, mistake.problem)).collect()
}

/// Takes away what stands at a pointer and says what is wrong then.
pub(crate) fn without(pointer: &str) -> Vec<Mistake> {
    let mut changed = definition();
    remove(&mut changed, pointer);
    mistakes(&changed)
}

/// One mistake, at `place`, that says `words`.
#[track_caller]
pub(crate) fn only(found: Vec<(String, String)>, place: &str, words: &str) {
    assert!(
        matches!(&found[..], [(at, problem)] if at == place && problem.contains(words)),
        "expected only {place}: {words}; found {found:?}"
    );
}
