//! What indicators say about items, codes and their own parts.

use super::conditions::{self, Items, codes_of, unknown_codes};
use super::{elements, elements_within, number, repeated, word};
use crate::Mistake;
use serde_json::Value;

/// The end of the scale of every published mean.
const HIGHEST_MEAN: i64 = 100;

pub(super) fn mistakes(definition: &Value) -> Vec<Mistake> {
    let items = Items::of(definition);
    let indicators = elements(definition, "indicators");
    let mut found = repeated(&indicators, "id");
    for (place, indicator) in indicators {
        let Some(measure) = indicator.get("measure") else { continue };
        let place = format!("{place}.measure");
        match word(measure, "kind") {
            Some("share") => found.extend(share(&place, measure, &items)),
            Some("shares") => found.extend(shares(&place, measure, &items)),
            Some("mean") => found.extend(mean(&place, measure, &items)),
            _ => {}
        }
    }
    found
}

fn share(place: &str, measure: &Value, items: &Items<'_>) -> Vec<Mistake> {
    let conditions = ["of", "among"].into_iter();
    conditions
        .filter_map(|name| Some((format!("{place}.{name}"), measure.get(name)?)))
        .flat_map(|(place, condition)| conditions::mistakes(&place, condition, items))
        .collect()
}

fn shares(place: &str, measure: &Value, items: &Items<'_>) -> Vec<Mistake> {
    let parts = elements_within(place, measure, "parts");
    let mut found = repeated(&parts, "id");
    for (place, part) in parts {
        let Some(condition) = part.get("of") else { continue };
        found.extend(conditions::mistakes(&format!("{place}.of"), condition, items));
    }
    found
}

fn mean(place: &str, measure: &Value, items: &Items<'_>) -> Vec<Mistake> {
    let parts = elements_within(place, measure, "items");
    let mut found = repeated(&parts, "item");
    let times = number(measure, "times");
    for (place, part) in &parts {
        found.extend(mean_item(place, part, times, items));
    }
    let at_least = number(measure, "at_least");
    if let Some(at_least) = at_least.filter(|least| *least > parts.len() as i64)
        && !parts.is_empty()
    {
        let problem = format!("{at_least} of {} items cannot be valid", parts.len());
        found.push(Mistake::new(format!("{place}.at_least"), problem));
    }
    found
}

fn mean_item(place: &str, part: &Value, times: Option<i64>, items: &Items<'_>) -> Vec<Mistake> {
    let Some(item) = word(part, "item") else { return Vec::new() };
    let here = format!("{place}.item");
    let scale = match items.scale_of_one(&here, item, ": it has no mean") {
        Err(mistake) => return vec![mistake],
        Ok(None) => return Vec::new(),
        Ok(Some(scale)) => scale,
    };
    let left_out = elements_within(place, part, "not_applicable");
    let mut found = unknown_codes(&left_out, scale, item);
    let mut codes = codes_of(scale);
    codes.retain(|code| left_out.iter().all(|(_, value)| value.as_i64() != Some(*code)));
    let highest = codes.iter().max().copied().unwrap_or(0);
    if codes.len() < 2 {
        let problem = format!("fewer than 2 codes of {item:?} count: there is nothing to average");
        found.push(Mistake::new(here, problem));
    } else if times.is_some_and(|times| highest.saturating_mul(times) > HIGHEST_MEAN) {
        let problem =
            format!("its highest code, {highest}, `times` gives more than {HIGHEST_MEAN}");
        found.push(Mistake::new(here, problem));
    }
    found
}
