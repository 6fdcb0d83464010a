//! Lists of choices as options of scales: their codes and names.

use super::conditions::whole_number;
use super::draft::{Draft, Part, Place};
use super::names;
use super::questions::Choice;
use serde_json::json;
use std::collections::HashSet;
use survey_definitions::{Language, Review};

/// A list of choices, in the order of the file.
#[derive(Debug)]
pub(super) struct List {
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) choices: Vec<ListChoice>,
}

#[derive(Debug)]
pub(super) struct ListChoice {
    /// What the other format stores as the answer.
    pub(super) value: String,
    pub(super) code: i64,
    pub(super) place: Place,
    /// Text, picture and fields that XLSForm does not have.
    pub(super) part: Part,
    pub(super) text: Part,
}

/// Stands for "none yet": codes are given when the whole list is known.
pub(super) const NO_CODE: i64 = -1;

impl List {
    pub(super) fn add(&mut self, choice: ListChoice, draft: &mut Draft) {
        if self.choices.iter().any(|other| other.value == choice.value) {
            let problem = format!("{:?} is in the list {:?} already", choice.value, self.name);
            return draft.wrong(choice.place, problem);
        }
        self.choices.push(choice);
    }

    /// Numbers are codes; words get the codes after the highest, in their order. A word is also
    /// the name of the option in columns of a data file.
    pub(super) fn give_codes(&mut self, draft: &mut Draft) {
        let highest = self.choices.iter().map(|choice| choice.code).max();
        let mut next = highest.unwrap_or(NO_CODE).max(0) + 1;
        let mut taken: HashSet<String> = HashSet::new();
        for choice in &mut self.choices {
            if choice.code == NO_CODE {
                choice.code = next;
                next += 1;
            }
            choice.part.set("code", choice.code);
            if whole_number(&choice.value).is_some() {
                continue;
            }
            match names::id(&choice.value).filter(|id| taken.insert(id.clone())) {
                Some(id) => {
                    if id != choice.value {
                        let said = format!("the choice {:?} is called {id:?} here", choice.value);
                        draft.note(choice.place.clone(), said);
                    }
                    choice.part.set_at("name", id, choice.place.clone());
                }
                None => {
                    let problem = format!(
                        "{:?} cannot be a name here: lower-case ASCII letters, digits and _, \
                         unlike the others of its list",
                        choice.value
                    );
                    draft.wrong(choice.place.clone(), problem);
                }
            }
        }
    }

    /// As objects of a definition; `alone` are values that exclude every other.
    pub(super) fn options(&self, alone: &[String]) -> Vec<Part> {
        let option = |choice: &ListChoice| {
            let mut part = choice.part.clone();
            part.set_part("text", choice.text.clone());
            if alone.contains(&choice.value) {
                part.set("none", true);
            }
            part
        };
        self.choices.iter().map(option).collect()
    }

    /// As [`List::options`] of a scale on which each needs a name for its column of a data file.
    pub(super) fn options_with_names(&self, alone: &[String]) -> Vec<Part> {
        let mut options = self.options(alone);
        for (option, choice) in options.iter_mut().zip(&self.choices) {
            if !option.fields.contains_key("name") {
                option.set("name", format!("o{}", choice.code));
            }
        }
        options
    }

    /// The text of the choice that is this number.
    pub(super) fn text_of(&self, number: i64) -> Option<Part> {
        let found = self.choices.iter().find(|one| whole_number(&one.value) == Some(number));
        found.map(|choice| choice.text.clone())
    }

    /// For expressions.
    pub(super) fn values(&self) -> Vec<Choice> {
        let choices = self.choices.iter();
        choices
            .filter_map(|one| {
                Some(Choice { value: one.value.clone(), code: i16::try_from(one.code).ok()? })
            })
            .collect()
    }
}

/// A number as its own text.
pub(super) fn digits(number: i16, languages: &[Language]) -> Part {
    let text = json!({ "text": number.to_string(), "review": Review::Drafted.code() });
    let each = languages.iter().map(|language| (language.code().to_owned(), text.clone()));
    Part { fields: each.collect(), places: Vec::new() }
}
