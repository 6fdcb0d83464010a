//! What a response scale says about its own options.

use super::{elements, elements_within, number, repeated, word};
use crate::Mistake;
use serde_json::Value;

/// A response holds the chosen options in the bits of a `u32`, the highest kept free.
const HIGHEST_MANY_CODE: i64 = 30;

pub(super) fn mistakes(definition: &Value) -> Vec<Mistake> {
    let scales = elements(definition, "scales");
    let mut found = repeated(&scales, "id");
    for (place, scale) in &scales {
        let options = elements_within(place, scale, "options");
        found.extend(repeated(&options, "code"));
        found.extend(repeated(&options, "name"));
        match word(scale, "kind") {
            Some("many") => found.extend(many(&options)),
            Some("one") => found.extend(one(place, &options)),
            Some("number") => found.extend(ends(place, scale)),
            _ => {}
        }
    }
    found
}

fn many(options: &[(String, &Value)]) -> Vec<Mistake> {
    let mut found = Vec::new();
    for (place, option) in options {
        if option.get("name").is_none() {
            let problem = "is missing: each option of a `many` scale is a column of the data file";
            found.push(Mistake::new(format!("{place}.name"), problem));
        }
        if number(option, "code").is_some_and(|code| code > HIGHEST_MANY_CODE) {
            let problem = format!("codes of a `many` scale go from 0 to {HIGHEST_MANY_CODE}");
            found.push(Mistake::new(format!("{place}.code"), problem));
        }
        if option.get("missing").is_some() {
            let problem = "only an option of a `one` scale can be a kind of missing";
            found.push(Mistake::new(format!("{place}.missing"), problem));
        }
    }
    found
}

fn one(place: &str, options: &[(String, &Value)]) -> Vec<Mistake> {
    let none = options.iter().filter(|(_, option)| is_none(option));
    let problem = "only an option of a `many` scale can exclude the others";
    let mut found: Vec<Mistake> =
        none.map(|(place, _)| Mistake::new(format!("{place}.none"), problem)).collect();
    if !options.is_empty() && options.iter().all(|(_, option)| option.get("missing").is_some()) {
        found
            .push(Mistake::new(place, "every option is a kind of missing: nothing can be counted"));
    }
    found
}

fn is_none(option: &Value) -> bool {
    option.get("none").and_then(Value::as_bool) == Some(true)
}

fn ends(place: &str, scale: &Value) -> Option<Mistake> {
    let (lowest, highest) = (number(scale, "lowest")?, number(scale, "highest")?);
    let problem = format!("must be above `lowest`, which is {lowest}");
    (lowest >= highest).then(|| Mistake::new(format!("{place}.highest"), problem))
}
