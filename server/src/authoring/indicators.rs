//! Indicators for a definition whose author named none: what was answered to each item.

use super::draft::{Draft, Part, Place};
use serde_json::{Value, json};

/// The end of the scale of every published mean.
const HIGHEST_MEAN: i64 = 100;

/// Adds a distribution for each item with one choice, a share for each choice of the others, and
/// a mean for each number.
pub(super) fn fill(draft: &mut Draft, place: Place) {
    let list = |name| draft.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let (items, scales) = (list("items"), list("scales"));
    let mut made = Vec::new();
    for item in &items {
        let scale = scales.iter().find(|scale| scale["id"] == item["scale"]);
        made.extend(scale.map_or(Vec::new(), |scale| of_item(item, scale)));
    }
    if made.is_empty() && !items.is_empty() {
        return draft.wrong(place, "no indicator can be made of these items: add senim_indicators");
    }
    if !made.is_empty() {
        let said = "indicators are made of the items: nobody named any (sheet senim_indicators)";
        draft.note(place, said);
    }
    for indicator in made {
        if let Value::Object(fields) = indicator {
            draft.push("indicators", Part { fields, places: Vec::new() });
        }
    }
}

fn of_item(item: &Value, scale: &Value) -> Vec<Value> {
    let (id, label) = (&item["id"], &item["text"]);
    let mut options = scale["options"].as_array().cloned().unwrap_or_default();
    // No valid answer, but a kind of missing.
    options.retain(|option| option["missing"].is_null());
    let of = |option: &Value| json!({ "kind": "codes", "item": id, "codes": [option["code"]] });
    let name = |option: &Value| match option["name"].as_str() {
        Some(name) => name.to_owned(),
        None => format!("o{}", option["code"]),
    };
    match scale["kind"].as_str() {
        Some("one") => {
            let part =
                |one: &Value| json!({ "id": name(one), "label": one["text"], "of": of(one) });
            let parts: Vec<Value> = options.iter().map(part).collect();
            let measure = json!({ "kind": "shares", "parts": parts });
            vec![json!({ "id": id, "label": label, "measure": measure })]
        }
        Some("many") => {
            let share = |one: &Value| {
                let id = format!("{}_{}", id.as_str().unwrap_or_default(), name(one));
                let measure = json!({ "kind": "share", "of": of(one) });
                json!({ "id": id, "label": one["text"], "measure": measure })
            };
            options.iter().map(share).collect()
        }
        _ => {
            let highest = scale["highest"].as_i64().filter(|end| (1..=HIGHEST_MEAN).contains(end));
            let mean = |highest: i64| {
                json!({ "id": id, "label": label, "measure": { "kind": "mean",
                    "items": [{ "item": id }], "at_least": 1, "times": HIGHEST_MEAN / highest } })
            };
            highest.map(mean).into_iter().collect()
        }
    }
}
