//! From the text of a definition file to a [`Survey`], or to every mistake in it at once.
//!
//! Three passes over the JSON, each of which goes on after a mistake: how it is written
//! ([`json`]), the fields of every part ([`walk`], along [`shape`]), and what the parts say
//! about each other ([`scales`], [`order`], [`references`]). Only a text without a mistake
//! reaches serde.

mod json;
mod order;
mod references;
mod scales;
mod shape;
mod walk;

use crate::{Mistake, Mistakes, Survey};
use serde_json::Value;

impl Survey {
    /// Reads a definition file.
    ///
    /// # Errors
    /// Every mistake found, pass by pass.
    pub fn parse(text: &str) -> Result<Self, Mistakes> {
        let (value, mut mistakes) = json::read(text).map_err(|mistake| Mistakes(vec![mistake]))?;
        mistakes.extend(walk::mistakes(&value));
        mistakes.extend(scales::mistakes(&value));
        mistakes.extend(references::mistakes(&value));
        mistakes.extend(order::mistakes(&value));
        if !mistakes.is_empty() {
            return Err(Mistakes(mistakes));
        }
        serde_json::from_value(value)
            .map_err(|error| Mistakes(vec![Mistake::new("definition", error.to_string())]))
    }
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
