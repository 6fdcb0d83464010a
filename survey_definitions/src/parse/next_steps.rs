//! The file of next steps: its shape, and what it says about its own parts and its definition.

use super::sections::{self, SECTION};
use super::shape::{COUNTED, LANGUAGES, Shape, optional, required};
use super::{elements, elements_within, number, read, repeated, repeated_values, walk, word};
use crate::{Measure, Mistake, Mistakes, NextSteps, Survey};
use serde_json::Value;

const MOST_THEMES: usize = 2;
const PERCENT: Shape = Shape::Whole { from: 1, to: 100 };

const NEXT_STEPS: Shape = Shape::Object(&[
    required(
        "definition",
        Shape::Object(&[required("id", Shape::Id), required("version", COUNTED)]),
    ),
    required("languages", LANGUAGES),
    required(
        "themes",
        Shape::List(&Shape::Object(&[
            required("id", Shape::Id),
            required("title", Shape::Text),
            required("text", Shape::Text),
        ])),
    ),
    required(
        "steps",
        Shape::List(&Shape::Object(&[required("id", Shape::Id), required("text", Shape::Text)])),
    ),
    optional("lead", Shape::List(&Shape::Id)),
    optional("lead_above_class", Shape::List(&Shape::Id)),
    optional("sections", Shape::List(&SECTION)),
    required("rules", Shape::List(&RULE)),
]);

const RULE: Shape = Shape::Object(&[
    required("id", Shape::Id),
    required(
        "when",
        Shape::List(&Shape::Object(&[
            required("indicator", Shape::Id),
            optional("part", Shape::Id),
            optional("at_least", PERCENT),
            optional("below", PERCENT),
        ])),
    ),
    required("themes", Shape::List(&Shape::Id)),
    required("step", Shape::Id),
    required("reason", Shape::Text),
    optional("keep", Shape::Flag),
]);

impl NextSteps {
    /// Reads the file of next steps that lies beside the definition of `survey`.
    ///
    /// # Errors
    /// Every mistake found, pass by pass.
    pub fn parse(text: &str, survey: &Survey) -> Result<Self, Mistakes> {
        read(text, &NEXT_STEPS, |file| mistakes(file, survey))
    }
}

fn mistakes(file: &Value, survey: &Survey) -> Vec<Mistake> {
    let mut found = other_definition(file, survey);
    found.extend(repeated_values(&elements(file, "languages")));
    let spoken = walk::spoken(file);
    let silent = survey.languages.iter().filter(|language| !spoken.contains(language));
    found.extend(silent.map(|language| {
        let problem = format!("{:?} is missing: the definition speaks it", language.code());
        Mistake::new("languages", problem)
    }));
    for list in ["themes", "steps", "rules"] {
        found.extend(repeated(&elements(file, list), "id"));
    }
    found.extend(sections::mistakes(file, survey));
    for (place, rule) in elements(file, "rules") {
        found.extend(advice(&place, rule, file));
        for (place, condition) in elements_within(&place, rule, "when") {
            found.extend(indicator(&place, condition, survey));
            found.extend(limits(&place, condition));
        }
    }
    found
}

fn other_definition(file: &Value, survey: &Survey) -> Vec<Mistake> {
    let Some(definition) = file.get("definition") else { return Vec::new() };
    let id = word(definition, "id").is_some_and(|id| id != survey.id);
    let version = number(definition, "version").is_some_and(|one| one != i64::from(survey.version));
    let other = [(id, "definition.id"), (version, "definition.version")].into_iter();
    let problem = format!("these are read as the next steps of {}", survey.definition_id());
    other
        .filter(|(is_other, _)| *is_other)
        .map(|(_, place)| Mistake::new(place, problem.clone()))
        .collect()
}

/// The themes and the step that a rule leads to.
fn advice(place: &str, rule: &Value, file: &Value) -> Vec<Mistake> {
    let themes = elements_within(place, rule, "themes");
    let mut found = repeated_values(&themes);
    if themes.len() > MOST_THEMES {
        let problem = format!("{} themes: a rule has one or {MOST_THEMES}", themes.len());
        found.push(Mistake::new(format!("{place}.themes"), problem));
    }
    let step = rule.get("step").map(|step| (format!("{place}.step"), step));
    let named = themes.into_iter().map(|theme| ("themes", theme));
    for (list, (place, id)) in named.chain(step.map(|step| ("steps", step))) {
        let Some(id) = id.as_str() else { continue };
        if !elements(file, list).iter().any(|(_, part)| word(part, "id") == Some(id)) {
            found.push(Mistake::new(place, format!("{id:?} is not one of `{list}`")));
        }
    }
    found
}

fn indicator(place: &str, condition: &Value, survey: &Survey) -> Option<Mistake> {
    let id = word(condition, "indicator")?;
    let here = format!("{place}.indicator");
    let Some(indicator) = survey.indicator(id) else {
        return Some(Mistake::new(here, format!("there is no indicator {id:?}")));
    };
    if survey.is_sensitive(indicator) {
        return Some(Mistake::new(here, format!("{id:?} is sensitive: advice must not tell it")));
    }
    let there = format!("{place}.part");
    let part = word(condition, "part");
    match (&indicator.measure, part) {
        (Measure::Shares { parts }, Some(part)) if parts.iter().all(|one| one.id != part) => {
            Some(Mistake::new(there, format!("{id:?} has no part {part:?}")))
        }
        (Measure::Shares { .. }, None) => {
            Some(Mistake::new(there, format!("is missing: {id:?} is a distribution")))
        }
        (Measure::Share { .. } | Measure::Mean { .. }, Some(_)) => {
            Some(Mistake::new(there, format!("{id:?} has no parts")))
        }
        _ => None,
    }
}

fn limits(place: &str, condition: &Value) -> Option<Mistake> {
    let problem = match (condition.get("at_least"), condition.get("below")) {
        (None, None) => "needs `at_least`, `below` or both".to_owned(),
        (Some(least), Some(below)) if least.as_i64()? >= below.as_i64()? => {
            format!("holds never: at least {least} and below {below}")
        }
        _ => return None,
    };
    Some(Mistake::new(place, problem))
}
