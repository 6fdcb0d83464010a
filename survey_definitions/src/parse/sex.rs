//! What a definition says of the item that asks for the sex.

use super::conditions::{Items, unknown_codes};
use super::word;
use crate::Mistake;
use serde_json::Value;

const PLACE: &str = "sex";

pub(super) fn mistakes(definition: &Value) -> Vec<Mistake> {
    let Some(sex) = definition.get("sex") else { return Vec::new() };
    let Some(item) = word(sex, "item") else { return Vec::new() };
    let here = format!("{PLACE}.item");
    let scale = match Items::of(definition).scale(&here, item) {
        Err(unknown) => return vec![unknown],
        Ok(None) => return Vec::new(),
        Ok(Some(scale)) => scale,
    };
    if word(scale, "kind") == Some("many") {
        return vec![Mistake::new(here, format!("{item:?} takes several codes, not one"))];
    }
    let codes = ["girl", "boy"].into_iter();
    let codes: Vec<(String, &Value)> =
        codes.filter_map(|name| Some((format!("{PLACE}.{name}"), sex.get(name)?))).collect();
    unknown_codes(&codes, scale, item)
}
