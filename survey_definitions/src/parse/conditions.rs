//! What a condition says about items, codes and its own parts.

use super::{by_id, elements, elements_within, number, repeated_values, word};
use crate::Mistake;
use serde_json::Value;
use std::collections::HashMap;

/// How deep conditions may stand inside each other: enough for any indicator that a person can
/// still read, and a bound for whatever walks them.
const DEEPEST: usize = 8;

/// The items of a definition with their scales, as far as they can be read.
pub(super) struct Items<'a> {
    items: HashMap<&'a str, &'a Value>,
    scales: HashMap<&'a str, &'a Value>,
}

impl<'a> Items<'a> {
    pub(super) fn of(definition: &'a Value) -> Self {
        Self { items: by_id(definition, "items"), scales: by_id(definition, "scales") }
    }

    /// The item's scale; none when that was found wrong elsewhere.
    ///
    /// # Errors
    /// There is no such item.
    pub(super) fn scale(&self, place: &str, item: &str) -> Result<Option<&'a Value>, Mistake> {
        let unknown = || Mistake::new(place, format!("there is no item {item:?}"));
        let item = self.items.get(item).ok_or_else(unknown)?;
        Ok(word(item, "scale").and_then(|scale| self.scales.get(scale)).copied())
    }

    /// The same for an item that must take one code.
    ///
    /// # Errors
    /// There is no such item, or it takes several, which `but` says to be no use.
    pub(super) fn scale_of_one(
        &self,
        place: &str,
        item: &str,
        but: &str,
    ) -> Result<Option<&'a Value>, Mistake> {
        match self.scale(place, item)? {
            Some(scale) if word(scale, "kind") == Some("many") => {
                Err(Mistake::new(place, format!("{item:?} takes several codes{but}")))
            }
            scale => Ok(scale),
        }
    }
}

pub(super) fn mistakes(place: &str, condition: &Value, items: &Items<'_>) -> Vec<Mistake> {
    at_depth(place, condition, items, 1)
}

fn at_depth(place: &str, condition: &Value, items: &Items<'_>, depth: usize) -> Vec<Mistake> {
    if depth > DEEPEST {
        let problem = format!("conditions stand at most {DEEPEST} deep inside each other");
        return vec![Mistake::new(place, problem)];
    }
    match word(condition, "kind") {
        Some("codes") => codes(place, condition, items),
        Some("range") => range(place, condition, items),
        Some("same") => same(place, condition, items),
        Some("not") => match condition.get("of") {
            Some(of) => at_depth(&format!("{place}.of"), of, items, depth + 1),
            None => Vec::new(),
        },
        Some("all" | "any" | "at_least") => {
            let of = elements_within(place, condition, "of");
            let mut found = Vec::from_iter(count(place, condition, of.len()));
            for (place, part) in of {
                found.extend(at_depth(&place, part, items, depth + 1));
            }
            found
        }
        _ => Vec::new(),
    }
}

fn codes(place: &str, condition: &Value, items: &Items<'_>) -> Vec<Mistake> {
    let Some(item) = word(condition, "item") else { return Vec::new() };
    match items.scale(&format!("{place}.item"), item) {
        Err(unknown) => vec![unknown],
        Ok(None) => Vec::new(),
        Ok(Some(scale)) => unknown_codes(&elements_within(place, condition, "codes"), scale, item),
    }
}

fn range(place: &str, condition: &Value, items: &Items<'_>) -> Vec<Mistake> {
    let Some(item) = word(condition, "item") else { return Vec::new() };
    let scale = match items.scale_of_one(&format!("{place}.item"), item, ", not one") {
        Err(mistake) => return vec![mistake],
        Ok(None) => return Vec::new(),
        Ok(Some(scale)) => scale,
    };
    let (from, to) = (number(condition, "from"), number(condition, "to"));
    if from.is_none() && to.is_none() {
        return vec![Mistake::new(place, "needs `from`, `to` or both")];
    }
    let within =
        |code: &i64| from.is_none_or(|from| *code >= from) && to.is_none_or(|to| *code <= to);
    if codes_of(scale).iter().any(within) {
        return Vec::new();
    }
    vec![Mistake::new(place, format!("no code of the scale of {item:?} lies there"))]
}

/// A mistake for every code that the scale lacks or that is named twice.
pub(super) fn unknown_codes(codes: &[(String, &Value)], scale: &Value, item: &str) -> Vec<Mistake> {
    let known = codes_of(scale);
    let unknown = codes.iter().filter_map(|(place, value)| {
        let code = value.as_i64().filter(|code| !known.contains(code))?;
        let problem = match is_missing(scale, code) {
            true => format!("{code} is no valid answer to {item:?} but a kind of missing"),
            false => format!("{code} is not a code of the scale of {item:?}"),
        };
        Some(Mistake::new(place, problem))
    });
    let mut found: Vec<Mistake> = unknown.collect();
    found.extend(repeated_values(codes));
    found
}

fn is_missing(scale: &Value, code: i64) -> bool {
    let mut options = elements(scale, "options").into_iter();
    options.any(|(_, option)| number(option, "code") == Some(code))
}

/// Every code of a scale that can be a valid answer.
pub(super) fn codes_of(scale: &Value) -> Vec<i64> {
    match (number(scale, "lowest"), number(scale, "highest")) {
        (Some(lowest), Some(highest)) => {
            // A scale beyond what a code can be was found wrong before; do not list it here.
            (lowest.max(0)..=highest.min(i16::MAX.into())).collect()
        }
        _ => {
            let options = elements(scale, "options").into_iter();
            let valid = options.filter(|(_, option)| option.get("missing").is_none());
            valid.filter_map(|(_, option)| number(option, "code")).collect()
        }
    }
}

fn count(place: &str, condition: &Value, parts: usize) -> Option<Mistake> {
    let count = number(condition, "count").filter(|count| *count > parts as i64)?;
    let problem = format!("{count} cannot hold of {parts}");
    (parts > 0).then(|| Mistake::new(format!("{place}.count"), problem))
}

fn same(place: &str, condition: &Value, items: &Items<'_>) -> Vec<Mistake> {
    let named = elements_within(place, condition, "items");
    let mut found = repeated_values(&named);
    let mut first: Option<(&str, &Value)> = None;
    for (place, item) in &named {
        let Some(item) = item.as_str() else { continue };
        let scale = match items.scale(place, item) {
            Err(unknown) => {
                found.push(unknown);
                continue;
            }
            Ok(None) => continue,
            Ok(Some(scale)) => scale,
        };
        let (other, expected) = *first.get_or_insert((item, scale));
        if word(scale, "kind") == Some("many") {
            found.push(Mistake::new(place, format!("{item:?} takes several codes, not one")));
        } else if elements(scale, "options").iter().any(|(_, one)| one.get("missing").is_some()) {
            let problem = format!("{item:?} has options that are kinds of missing");
            found.push(Mistake::new(place, problem));
        } else if word(scale, "id") != word(expected, "id") {
            let problem = format!("{item:?} is not on the scale of {other:?}");
            found.push(Mistake::new(place, problem));
        }
    }
    let from = condition.get("from").map(|from| (format!("{place}.from"), from));
    if let (Some((item, scale)), Some(from)) = (first, from) {
        found.extend(unknown_codes(&[from], scale, item));
    }
    found
}
