//! The sheet settings: what holds of the whole definition.

use super::sheet::{Row, Sheet};
use super::texts::{self, OWN, TITLE, Texts};
use crate::authoring::draft::{Draft, Part};
use crate::authoring::{Unsaid, names};
use serde_json::{Map, Value, json};
use survey_definitions::{Language, Review};

const READ: [&str; 5] = ["form_title", "form_id", "version", "default_language", "audio"];

/// The sheet and its one row, where there are any.
#[derive(Clone, Copy)]
pub(super) struct Settings<'a>(pub(super) Option<(&'a Sheet, &'a Row)>);

impl<'a> Settings<'a> {
    pub(super) fn of(sheets: &'a [Sheet]) -> Self {
        let sheet = sheets.iter().find(|sheet| sheet.name == "settings");
        Self(sheet.and_then(|sheet| Some((sheet, sheet.rows.first()?))))
    }

    fn text(self, base: &str) -> Option<&'a str> {
        self.0.and_then(|(sheet, row)| sheet.text(row, base))
    }

    /// The language of columns that name none.
    pub(super) fn language(self) -> Option<Language> {
        self.text("default_language").and_then(names::language)
    }

    /// Puts what it says into the definition.
    pub(super) fn fill(self, texts: &Texts, unsaid: &Unsaid, draft: &mut Draft) {
        let languages: Vec<&str> = texts.languages.iter().map(|one| one.code()).collect();
        draft.set("languages", languages.into(), None);
        let id = self.text("form_id").and_then(names::id).unwrap_or_else(|| unsaid.id.clone());
        draft.set("source", format!("XLSForm {id}").into(), None);
        draft.set("id", id.into(), None);
        draft.set("licence", "not stated".into(), None);
        draft.set("form", unsaid.form.code().into(), None);
        let version = self.version(draft);
        draft.set("version", version.into(), None);
        let title = self.title(texts, draft);
        draft.set("title", Value::Object(title.fields), None);
        let Some((sheet, row)) = self.0 else { return };
        let mut own = Part::default();
        texts::own_fields(sheet, row, &["review"], &mut own);
        for (field, value) in own.fields {
            let place = own.places.iter().find(|(name, _)| *name == field);
            draft.set(&field, value, place.map(|(_, place)| place.clone()));
        }
        for heading in &sheet.headings {
            let base = heading.base.as_str();
            let read = READ.contains(&base) || base.starts_with(OWN);
            if !read && heading.of_row(row).is_some() {
                draft.note(sheet.at(row, heading), "left out: nothing here looks at it");
            }
        }
        for row in sheet.rows.iter().skip(1) {
            draft.note(sheet.at_row(row), "left out: settings are one row");
        }
    }

    fn version(self, draft: &mut Draft) -> u32 {
        let Some(written) = self.text("version") else { return 1 };
        if let Ok(version @ 1..) = written.parse() {
            return version;
        }
        if let Some((sheet, row)) = self.0 {
            let said = format!("version {written:?} is left out: this one is 1");
            draft.note(sheet.at_row(row), said);
        }
        1
    }

    /// In every language; what is written once stands for all.
    pub(super) fn title(self, texts: &Texts, draft: &mut Draft) -> Part {
        if let Some((sheet, row)) = self.0 {
            let own = texts.text(sheet, row, TITLE, draft);
            if !own.fields.is_empty() {
                return own;
            }
        }
        let title = self.text("form_title").or(self.text("form_id")).unwrap_or("Survey");
        let one = |language: &Language| {
            let text = json!({ "text": title, "review": Review::Drafted.code() });
            (language.code().to_owned(), text)
        };
        let fields: Map<String, Value> = texts.languages.iter().map(one).collect();
        Part { fields, places: Vec::new() }
    }
}
