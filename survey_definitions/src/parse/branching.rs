//! What depends on the pupil: only where the definition says so, and only on what was answered
//! on a screen before.

use super::conditions::{self, Items};
use super::{elements, elements_within, word};
use crate::Mistake;
use serde_json::Value;
use std::collections::HashMap;

pub(super) fn mistakes(definition: &Value) -> Vec<Mistake> {
    let branches = definition.get("branching").and_then(Value::as_bool) == Some(true);
    let items = Items::of(definition);
    let pages = pages_of_items(definition);
    let mut found = Vec::new();
    for (place, item) in elements(definition, "items") {
        for field in ["shown_when", "shuffled"].into_iter().filter(|_| !branches) {
            if item.get(field).is_some_and(|value| *value != Value::Bool(false)) {
                let problem = "only a definition with `branching` may have it";
                found.push(Mistake::new(format!("{place}.{field}"), problem));
            }
        }
        let Some(condition) = item.get("shown_when") else { continue };
        let here = format!("{place}.shown_when");
        found.extend(conditions::mistakes(&here, condition, &items));
        let page = word(item, "id").and_then(|id| pages.get(id)).copied();
        found.extend(page.and_then(|page| too_late(&here, condition, page, &pages)));
    }
    found
}

/// The position of the page that each item stands on.
fn pages_of_items(definition: &Value) -> HashMap<&str, usize> {
    let pages = elements(definition, "pages").into_iter().enumerate();
    pages
        .flat_map(|(position, (place, page))| {
            let items = elements_within(&place, page, "items").into_iter();
            items.filter_map(move |(_, item)| Some((item.as_str()?, position)))
        })
        .collect()
}

fn too_late(
    place: &str,
    condition: &Value,
    page: usize,
    pages: &HashMap<&str, usize>,
) -> Option<Mistake> {
    let named = named(condition);
    let late = named.into_iter().find(|id| pages.get(id).is_some_and(|other| *other >= page))?;
    let problem = format!("{late:?} is not answered yet then: it must stand on a page before");
    Some(Mistake::new(place, problem))
}

/// The items that a condition names, however deep; none below what is no condition.
fn named(condition: &Value) -> Vec<&str> {
    let mut found = Vec::from_iter(word(condition, "item"));
    let mut inner: Vec<&Value> = Vec::new();
    match condition.get("of") {
        Some(Value::Array(of)) => inner.extend(of),
        Some(of) => inner.push(of),
        None => {}
    }
    let same = elements(condition, "items").into_iter();
    found.extend(same.filter_map(|(_, item)| item.as_str()));
    found.extend(inner.into_iter().flat_map(named));
    found
}
