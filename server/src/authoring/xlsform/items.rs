//! Questions as items.

use super::rows::{self, Entry};
use super::scales::Answerable;
use super::sheet::{Row, Sheet};
use super::texts::{self, Texts};
use super::types::Type;
use crate::authoring::conditions::Translator;
use crate::authoring::draft::{Draft, Part};
use crate::authoring::names;
use crate::authoring::questions::Questions;
use serde_json::{Map, Value};
use survey_definitions::Condition;

/// What is said of an item whose author said nothing: the field, the value, and why.
const UNSAID: [(&str, &str); 2] = [
    (
        "sensitive",
        "no column senim_sensitive: every item is kept from class-level pages until its author decides",
    ),
    ("need", "no column senim_need: every item is core"),
];

/// Makes items of questions.
pub(super) struct Items<'a> {
    pub(super) survey: &'a Sheet,
    pub(super) texts: &'a Texts,
    pub(super) questions: &'a Questions,
    /// Fields that are the same for every item that does not say otherwise.
    pub(super) defaults: Map<String, Value>,
}

impl Items<'_> {
    /// The conditions in the column `relevant`; `None` after a mistake was told.
    pub(super) fn relevant(&self, row: &Row, draft: &mut Draft) -> Option<Option<Condition>> {
        let read = rows::expression(self.survey, row, "relevant", draft).ok()?;
        let Some(expression) = read else { return Some(None) };
        let mut translator = Translator::new(self.questions);
        let condition = translator.condition(&expression);
        for wrong in translator.wrong {
            let place = rows::character(self.survey, row, "relevant", wrong.at);
            draft.wrong(place, wrong.problem);
        }
        condition.map(Some)
    }

    /// One question; `within` are the conditions of the groups around it.
    pub(super) fn item(
        &self,
        entry: &Entry<'_>,
        answerable: &Answerable,
        within: &[Condition],
        draft: &mut Draft,
    ) -> Option<String> {
        let (survey, row) = (self.survey, entry.row);
        let id = names::id(entry.name)?;
        let mut part = Part::at(survey.at_row(row));
        let at_name = rows::cell(survey, row, "name");
        if id != entry.name {
            draft.note(at_name.clone(), format!("{:?} is called {id:?} here", entry.name));
        }
        part.set_at("id", id.clone(), at_name);
        let text = self.texts.text(survey, row, "label", draft);
        let concept = concept(&text).unwrap_or_else(|| id.clone());
        part.set("concept", concept);
        part.set_part("text", text);
        part.set("scale", answerable.scale.clone());
        for (field, value) in &self.defaults {
            part.set(field, value.clone());
        }
        texts::own_fields(survey, row, &["review", "code"], &mut part);
        self.texts.note_media(survey, row, &["image", "video", "big-image"], draft);
        self.shown_when(entry, within, &mut part, draft);
        self.shuffled(entry, &mut part, draft);
        draft.push("items", part);
        Some(id)
    }

    fn shown_when(
        &self,
        entry: &Entry<'_>,
        within: &[Condition],
        part: &mut Part,
        draft: &mut Draft,
    ) {
        let Some(own) = self.relevant(entry.row, draft) else { return };
        let mut all: Vec<Condition> = within.iter().cloned().chain(own).collect();
        let condition = match all.len() {
            0 => return,
            1 => all.swap_remove(0),
            _ => Condition::All { of: all },
        };
        let place = rows::cell(self.survey, entry.row, "relevant");
        if let Ok(value) = serde_json::to_value(condition) {
            part.set_at("shown_when", value, place);
            draft.set("branching", Value::Bool(true), None);
        }
    }

    fn shuffled(&self, entry: &Entry<'_>, part: &mut Part, draft: &mut Draft) {
        if !matches!(entry.kind, Type::One(_) | Type::Many(_)) {
            return;
        }
        let place = || rows::cell(self.survey, entry.row, "parameters");
        for (name, value) in rows::parameters(self.survey, entry.row) {
            match (name, value.to_lowercase().as_str()) {
                ("randomize", "true") => {
                    part.set_at("shuffled", true, place());
                    draft.set("branching", Value::Bool(true), None);
                }
                ("randomize", "false") => {}
                _ => draft.note(place(), format!("{name:?} is left out")),
            }
        }
    }

    /// Notes which fields nobody said anything of.
    pub(super) fn note_unsaid(&self, draft: &mut Draft) {
        for (field, said) in UNSAID {
            let heading = format!("{}{field}", texts::OWN);
            if self.survey.heading(&heading).is_none() {
                draft.note(self.survey.place(), said);
            }
        }
    }
}

/// A question stands for what it measures until somebody says more.
fn concept(text: &Part) -> Option<String> {
    let english = text.fields.get("en").or_else(|| text.fields.values().next())?;
    english.get("text").and_then(Value::as_str).map(str::to_owned)
}
