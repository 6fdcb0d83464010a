//! Which module each item belongs to, and which grades are asked.

use super::{by_id, elements, number, repeated, word};
use crate::Mistake;
use serde_json::Value;

pub(super) fn mistakes(definition: &Value) -> Vec<Mistake> {
    let modules = by_id(definition, "modules");
    let mut found = repeated(&elements(definition, "modules"), "id");
    found.extend(grades(definition));
    for (place, item) in elements(definition, "items") {
        let here = format!("{place}.module");
        match word(item, "module") {
            Some(id) if !modules.contains_key(id) => {
                found.push(Mistake::new(here, format!("there is no module {id:?}")));
            }
            None if !modules.is_empty() && item.get("module").is_none() => {
                found.push(Mistake::new(here, "is missing: the definition has modules"));
            }
            _ => {}
        }
    }
    found
}

fn grades(definition: &Value) -> Option<Mistake> {
    let grades = definition.get("grades")?;
    let (first, last) = (number(grades, "first")?, number(grades, "last")?);
    let problem = format!("must not be under `first`, which is {first}");
    (first > last).then(|| Mistake::new("grades.last", problem))
}
