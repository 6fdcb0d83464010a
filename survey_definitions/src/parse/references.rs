//! What parts of a definition say about other parts: ids that must be unique, ids that must exist.

use super::{by_id, elements, number, repeated, repeated_values, word};
use crate::Mistake;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Columns that a data file has before those of the items.
const OTHER_COLUMNS: [&str; 5] = ["class", "grade", "form", "language", "status"];

pub(super) fn mistakes(definition: &Value) -> Vec<Mistake> {
    let items = elements(definition, "items");
    let scales = by_id(definition, "scales");
    let mut found = repeated_values(&elements(definition, "languages"));
    found.extend(repeated(&items, "id"));
    found.extend(items.iter().filter_map(|(place, item)| unknown_scale(place, item, &scales)));
    found.extend(
        items.iter().filter_map(|(place, item)| compared_too_late(place, item, definition)),
    );
    found.extend(columns(&items, &scales));
    found
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
