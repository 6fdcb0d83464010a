//! Every item stands on one page, and the pages follow the order of the items: that order is
//! the order of packing, and moving an item in front of another changes its answers.

use super::{elements, elements_within, repeated, word};
use crate::Mistake;
use serde_json::Value;
use std::collections::HashMap;

pub(super) fn mistakes(definition: &Value) -> Vec<Mistake> {
    let pages = elements(definition, "pages");
    let mut found = repeated(&pages, "id");
    let items: Vec<(String, &str)> = elements(definition, "items")
        .into_iter()
        .filter_map(|(place, item)| Some((place, word(item, "id")?)))
        .collect();
    let shown: Vec<(String, &str)> = pages
        .iter()
        .flat_map(|(place, page)| elements_within(place, page, "items"))
        .filter_map(|(place, id)| Some((place, id.as_str()?)))
        .collect();
    found.extend(misplaced(&items, &shown));
    found.extend(
        items
            .iter()
            .filter(|(_, item)| shown.iter().all(|(_, id)| id != item))
            .map(|(place, item)| Mistake::new(place, format!("{item:?} is on no page"))),
    );
    found
}

fn misplaced(items: &[(String, &str)], shown: &[(String, &str)]) -> Vec<Mistake> {
    let mut positions = HashMap::new();
    for (position, (_, id)) in items.iter().enumerate() {
        positions.entry(*id).or_insert(position);
    }
    let mut seen = HashMap::new();
    let mut last: Option<(usize, &str)> = None;
    let mut found = Vec::new();
    for (place, id) in shown {
        let Some(position) = positions.get(id).copied() else {
            found.push(Mistake::new(place, format!("there is no item {id:?}")));
            continue;
        };
        if let Some(before) = seen.insert(*id, place) {
            found.push(Mistake::new(place, format!("{id:?} is on a page already, at {before}")));
            continue;
        }
        match last.filter(|(highest, _)| *highest > position) {
            Some((_, other)) => {
                let problem = format!(
                    "{id:?} comes before {other:?} in `items`, and pages follow that order"
                );
                found.push(Mistake::new(place, problem));
            }
            None => last = Some((position, id)),
        }
    }
    found
}
