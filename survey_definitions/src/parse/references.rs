//! What parts of a definition say about other parts: ids that must be unique, ids that must exist.

use super::{elements, elements_within, number, word};
use crate::Mistake;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Columns that a data file has before those of the items.
const OTHER_COLUMNS: [&str; 5] = ["class", "grade", "form", "language", "status"];

pub(super) fn mistakes(definition: &Value) -> Vec<Mistake> {
    let items = elements(definition, "items");
    let scales = by_id(definition, "scales");
    let mut found = repeated_languages(definition);
    found.extend(repeated(&items, "id"));
    found.extend(items.iter().filter_map(|(place, item)| unknown_scale(place, item, &scales)));
    found.extend(
        items.iter().filter_map(|(place, item)| compared_too_late(place, item, definition)),
    );
    found.extend(columns(&items, &scales));
    found.extend(repeated(&elements(definition, "indicators"), "id"));
    for (place, indicator) in elements(definition, "indicators") {
        found.extend(share(&format!("{place}.share"), indicator, definition, &scales));
    }
    found
}

/// A mistake for every part whose `field` another part had before it.
pub(super) fn repeated(parts: &[(String, &Value)], field: &str) -> Vec<Mistake> {
    let mut seen: HashMap<String, &str> = HashMap::new();
    let mut found = Vec::new();
    for (place, part) in parts {
        let Some(value) = part.get(field) else { continue };
        if let Some(before) = seen.get(&value.to_string()) {
            found.push(Mistake::new(
                format!("{place}.{field}"),
                format!("{value} is taken by {before}"),
            ));
        } else {
            seen.insert(value.to_string(), place);
        }
    }
    found
}

fn repeated_languages(definition: &Value) -> Vec<Mistake> {
    let mut seen = HashSet::new();
    let languages = elements(definition, "languages").into_iter();
    languages
        .filter(|(_, language)| !seen.insert(language.to_string()))
        .map(|(place, language)| Mistake::new(place, format!("{language} is named before")))
        .collect()
}

fn by_id<'a>(definition: &'a Value, list: &str) -> HashMap<&'a str, &'a Value> {
    let parts = elements(definition, list).into_iter();
    parts.filter_map(|(_, part)| Some((word(part, "id")?, part))).collect()
}

fn unknown_scale(place: &str, item: &Value, scales: &HashMap<&str, &Value>) -> Option<Mistake> {
    let id = word(item, "scale").filter(|id| !scales.contains_key(id))?;
    Some(Mistake::new(format!("{place}.scale"), format!("there is no scale {id:?}")))
}

fn compared_too_late(place: &str, item: &Value, definition: &Value) -> Option<Mistake> {
    let version = number(definition, "version")?;
    let since = number(item, "comparable_since").filter(|since| *since > version)?;
    let problem = format!("{since} is after this version, which is {version}");
    Some(Mistake::new(format!("{place}.comparable_since"), problem))
}

/// Two columns of a data file must not share a name: one an item, or `ITEM_OPTION` on a `many` scale.
fn columns(items: &[(String, &Value)], scales: &HashMap<&str, &Value>) -> Vec<Mistake> {
    let ids: HashSet<&str> = items.iter().filter_map(|(_, item)| word(item, "id")).collect();
    let mut taken: HashSet<String> = OTHER_COLUMNS.iter().map(|&name| name.to_owned()).collect();
    let mut found = Vec::new();
    for (place, item) in items {
        let Some(id) = word(item, "id") else { continue };
        let scale = word(item, "scale").and_then(|scale| scales.get(scale));
        for column in columns_of(id, scale) {
            let is_other_item = column != id && ids.contains(column.as_str());
            let is_other_column = column.as_str() == id && OTHER_COLUMNS.contains(&id);
            let is_built_twice = column != id && !taken.insert(column.clone());
            if is_other_item || is_other_column || is_built_twice {
                let problem = format!("its column {column:?} of the data file is taken");
                found.push(Mistake::new(format!("{place}.id"), problem));
            }
        }
    }
    found
}

fn columns_of(id: &str, scale: Option<&&Value>) -> Vec<String> {
    match scale.filter(|scale| word(scale, "kind") == Some("many")) {
        None => vec![id.to_owned()],
        Some(scale) => {
            let options = elements(scale, "options").into_iter();
            options
                .filter_map(|(_, option)| Some(format!("{id}_{}", word(option, "name")?)))
                .collect()
        }
    }
}

fn share(
    place: &str,
    indicator: &Value,
    definition: &Value,
    scales: &HashMap<&str, &Value>,
) -> Vec<Mistake> {
    let Some(share) = indicator.get("share") else { return Vec::new() };
    let Some(id) = word(share, "item") else { return Vec::new() };
    let Some(item) = by_id(definition, "items").get(id).copied() else {
        return vec![Mistake::new(format!("{place}.item"), format!("there is no item {id:?}"))];
    };
    let Some(scale) = word(item, "scale").and_then(|scale| scales.get(scale)) else {
        return Vec::new();
    };
    let mut seen = HashSet::new();
    let codes = elements_within(place, share, "codes").into_iter();
    codes
        .filter_map(|(place, value)| Some((place, value.as_i64()?)))
        .filter_map(|(place, code)| {
            let problem = if !has_code(scale, code) {
                format!("{code} is not a code of the scale of {id:?}")
            } else if !seen.insert(code) {
                format!("{code} is named before")
            } else {
                return None;
            };
            Some(Mistake::new(place, problem))
        })
        .collect()
}

fn has_code(scale: &Value, code: i64) -> bool {
    match (number(scale, "lowest"), number(scale, "highest")) {
        (Some(lowest), Some(highest)) => (lowest..=highest).contains(&code),
        _ => elements(scale, "options")
            .iter()
            .any(|(_, option)| number(option, "code") == Some(code)),
    }
}
