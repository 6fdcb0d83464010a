//! From the text of a definition file to a [`Survey`], or to every mistake in it at once.
//!
//! Three passes over the JSON, each of which goes on after a mistake: how it is written
//! ([`json`]), the fields of every part ([`walk`], along [`shape`]), and what the parts say
//! about each other ([`scales`], [`references`], [`sex`], [`measures`], [`order`],
//! [`branching`], [`modules`]). Only a text without a mistake reaches serde. [`next_steps`] and [`neutral_tasks`] go the same way.

mod branching;
mod conditions;
mod json;
mod measures;
mod modules;
mod neutral_tasks;
mod next_steps;
mod order;
mod references;
mod scales;
mod sections;
mod sex;
mod shape;
mod walk;

use crate::{Mistake, Mistakes, Survey};
use serde::de::DeserializeOwned;
use serde_json::Value;
use shape::Shape;
use std::collections::{HashMap, HashSet};

/// The place of what concerns a file as a whole.
const WHOLE: &str = "file";

impl Survey {
    /// Reads a definition file.
    ///
    /// # Errors
    /// Every mistake found, pass by pass.
    pub fn parse(text: &str) -> Result<Self, Mistakes> {
        read(text, &shape::SURVEY, |definition| {
            let mut found = scales::mistakes(definition);
            found.extend(references::mistakes(definition));
            found.extend(sex::mistakes(definition));
            found.extend(measures::mistakes(definition));
            found.extend(order::mistakes(definition));
            found.extend(branching::mistakes(definition));
            found.extend(modules::mistakes(definition));
            found
        })
    }
}

/// Reads a file of any kind: how it is written, along `shape`, then what `check` finds.
fn read<T: DeserializeOwned>(
    text: &str,
    shape: &Shape,
    check: impl FnOnce(&Value) -> Vec<Mistake>,
) -> Result<T, Mistakes> {
    let (value, mut mistakes) = json::read(text).map_err(|mistake| Mistakes(vec![mistake]))?;
    mistakes.extend(walk::mistakes(&value, shape));
    mistakes.extend(check(&value));
    if !mistakes.is_empty() {
        return Err(Mistakes(mistakes));
    }
    serde_json::from_value(value)
        .map_err(|error| Mistakes(vec![Mistake::new(WHOLE, error.to_string())]))
}

/// The elements of a list with their places; none when there is no such list.
fn elements<'a>(whole: &'a Value, list: &str) -> Vec<(String, &'a Value)> {
    let found = whole.get(list).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    found.iter().enumerate().map(|(index, part)| (format!("{list}[{index}]"), part)).collect()
}

/// The elements of a list inside a part, with places that start at the part's own.
fn elements_within<'a>(place: &str, part: &'a Value, list: &str) -> Vec<(String, &'a Value)> {
    elements(part, list)
        .into_iter()
        .map(|(inner, value)| (format!("{place}.{inner}"), value))
        .collect()
}

/// A word of a part, when it is there and is one.
fn word<'a>(part: &'a Value, field: &str) -> Option<&'a str> {
    part.get(field).and_then(Value::as_str)
}

/// A whole number of a part, when it is there and is one.
fn number(part: &Value, field: &str) -> Option<i64> {
    part.get(field).and_then(Value::as_i64)
}

/// The parts of a list by their ids.
fn by_id<'a>(definition: &'a Value, list: &str) -> HashMap<&'a str, &'a Value> {
    let parts = elements(definition, list).into_iter();
    parts.filter_map(|(_, part)| Some((word(part, "id")?, part))).collect()
}

/// A mistake for every part whose `field` another part had before it.
fn repeated(parts: &[(String, &Value)], field: &str) -> Vec<Mistake> {
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

/// A mistake for every value of a list that stood there before.
fn repeated_values(list: &[(String, &Value)]) -> Vec<Mistake> {
    let mut seen = HashSet::new();
    list.iter()
        .filter(|(_, value)| !seen.insert(value.to_string()))
        .map(|(place, value)| Mistake::new(place, format!("{value} is named before")))
        .collect()
}
