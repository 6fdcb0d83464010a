//! A definition while a file is read, and where in that file each part of it stands.

use super::Imported;
use serde_json::{Map, Value};
use std::collections::HashMap;
use survey_definitions::{Mistake, Mistakes, Survey};

/// Where something stands in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// By what findings are put in the order of the file: its part, line and column.
    pub(super) order: [u32; 4],
    /// For people: `survey, row 5, column C (relevant)`.
    pub(super) said: String,
}

#[derive(Debug, Default)]
pub(super) struct Draft {
    definition: Map<String, Value>,
    /// By paths in the definition, `items[3].text.kk`.
    places: HashMap<String, Place>,
    mistakes: Vec<(Place, String)>,
    notes: Vec<(Place, String)>,
}

impl Draft {
    pub(super) fn wrong(&mut self, place: Place, problem: impl Into<String>) {
        self.mistakes.push((place, problem.into()));
    }

    pub(super) fn note(&mut self, place: Place, said: impl Into<String>) {
        self.notes.push((place, said.into()));
    }

    pub(super) fn is_wrong(&self) -> bool {
        !self.mistakes.is_empty()
    }

    pub(super) fn get(&self, field: &str) -> Option<&Value> {
        self.definition.get(field)
    }

    pub(super) fn set(&mut self, field: &str, value: Value, place: Option<Place>) {
        self.definition.insert(field.to_owned(), value);
        if let Some(place) = place {
            self.places.insert(field.to_owned(), place);
        }
    }

    /// What every item says that does not say otherwise: kept from class-level pages until its
    /// author decides, core, and of the source of the whole.
    pub(super) fn item_defaults(&self) -> Map<String, Value> {
        let of_whole = |field| self.definition.get(field).cloned().unwrap_or_default();
        let defaults = [
            ("source", of_whole("source")),
            ("licence", of_whole("licence")),
            ("comparable_since", of_whole("version")),
            ("sensitive", Value::Bool(true)),
            ("need", "core".into()),
        ];
        defaults.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
    }

    /// Adds to a list of the definition. `places` are of the part itself (an empty path) and of
    /// what is inside it.
    pub(super) fn push(&mut self, list: &str, part: Part) {
        let elements =
            self.definition.entry(list.to_owned()).or_insert_with(|| Value::from([(); 0]));
        let Value::Array(elements) = elements else { return };
        let path = format!("{list}[{}]", elements.len());
        elements.push(Value::Object(part.fields));
        for (inner, place) in part.places {
            let dot = if inner.is_empty() || inner.starts_with('[') { "" } else { "." };
            self.places.insert(format!("{path}{dot}{inner}"), place);
        }
    }

    /// The definition, checked as any other.
    ///
    /// # Errors
    /// Everything that was found wrong, in the order of the file.
    pub(super) fn finish(self) -> Result<Imported, Mistakes> {
        let Self { definition, places, mut mistakes, notes } = self;
        let before = mistakes.len();
        match Survey::parse(&Value::Object(definition).to_string()) {
            Ok(survey) if before == 0 => return Ok(Imported { survey, notes: sorted(notes) }),
            Ok(_) => {}
            Err(Mistakes(found)) => {
                // What was refused leaves gaps behind that are nobody's mistake.
                let gap = |mistake: &Mistake| {
                    before > 0
                        && (mistake.problem.starts_with("is empty: at least one")
                            || mistake.problem == "is missing")
                };
                // Indicators that nobody wrote say again what is wrong with their items.
                let written = places.contains_key("indicators[0]");
                let again = |mistake: &Mistake| !written && mistake.place.starts_with("indicators");
                let all_again = before == 0 && found.iter().all(again);
                let gap = |mistake: &Mistake| gap(mistake) || again(mistake) && !all_again;
                let found = found.into_iter().filter(|mistake| !gap(mistake));
                mistakes.extend(found.map(|one| (place_of(&one.place, &places), one.problem)));
            }
        }
        Err(Mistakes(sorted(mistakes)))
    }
}

fn sorted(mut found: Vec<(Place, String)>) -> Vec<Mistake> {
    found.sort();
    found.dedup();
    found.into_iter().map(|(place, problem)| Mistake { place: place.said, problem }).collect()
}

/// The place of the nearest part whose place is known.
fn place_of(path: &str, places: &HashMap<String, Place>) -> Place {
    let mut known = path;
    loop {
        if let Some(place) = places.get(known) {
            return place.clone();
        }
        match known.rfind(['.', '[']) {
            Some(end) => known = known.get(..end).unwrap_or_default(),
            None => return Place { order: [u32::MAX; 4], said: format!("definition, {path}") },
        }
    }
}

/// An object of a definition with the places of its fields.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    pub(super) fields: Map<String, Value>,
    pub(super) places: Vec<(String, Place)>,
}

impl Part {
    pub(super) fn at(place: Place) -> Self {
        Self { fields: Map::new(), places: vec![(String::new(), place)] }
    }

    pub(super) fn set(&mut self, field: &str, value: impl Into<Value>) {
        self.fields.insert(field.to_owned(), value.into());
    }

    pub(super) fn set_at(&mut self, field: &str, value: impl Into<Value>, place: Place) {
        self.set(field, value);
        self.places.push((field.to_owned(), place));
    }

    /// Another part as a field of this one.
    pub(super) fn set_part(&mut self, field: &str, part: Part) {
        for (inner, place) in part.places {
            let dot = if inner.is_empty() { "" } else { "." };
            self.places.push((format!("{field}{dot}{inner}"), place));
        }
        self.set(field, part.fields);
    }

    /// Other parts as a list in this one.
    pub(super) fn set_parts(&mut self, field: &str, parts: Vec<Part>) {
        let mut list = Vec::new();
        for (index, part) in parts.into_iter().enumerate() {
            for (inner, place) in part.places {
                let dot = if inner.is_empty() { "" } else { "." };
                self.places.push((format!("{field}[{index}]{dot}{inner}"), place));
            }
            list.push(Value::Object(part.fields));
        }
        self.set(field, list);
    }
}
