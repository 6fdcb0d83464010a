//! Texts in several languages, and what hangs on them.

use super::sheet::{Heading, Row, Sheet};
use crate::authoring::draft::{Draft, Part, Place};
use crate::authoring::names;
use serde_json::Value;
use std::collections::HashSet;
use survey_definitions::{Language, Review};

/// Fields that XLSForm does not have stand in columns that begin so.
pub(super) const OWN: &str = "senim_";
pub(super) const REVIEW: &str = "senim_review";
pub(super) const TITLE: &str = "senim_title";

/// The languages of a workbook.
#[derive(Debug)]
pub(super) struct Texts {
    pub(super) languages: Vec<Language>,
    /// That of columns which name none.
    unnamed: Option<Language>,
}

impl Texts {
    pub(super) fn of(sheets: &[&Sheet], unnamed: Option<Language>, draft: &mut Draft) -> Self {
        let mut texts = Self { languages: Vec::new(), unnamed };
        let mut unknown = HashSet::new();
        for sheet in sheets {
            let mut seen = HashSet::new();
            for heading in &sheet.headings {
                let place = sheet.at_heading(heading);
                let language = texts.language(heading);
                let named = heading.language.as_ref().map(|written| written.to_lowercase());
                if !seen.insert((&heading.base, language.map(Language::code), named.clone())) {
                    draft.wrong(place, "a column of this name stands before this one");
                } else if heading.base != "label" {
                } else if let Some(language) = language {
                    if !texts.languages.contains(&language) {
                        texts.languages.push(language);
                    }
                } else if let Some(named) = named {
                    if unknown.insert(named) {
                        let said =
                            "left out: texts are in Kazakh (kk), Russian (ru) or English (en)";
                        draft.note(place, said);
                    }
                } else {
                    let problem = "its language is not known: write label::Kazakh (kk), \
                        label::Russian (ru) or label::English (en), or give --language";
                    draft.wrong(place, problem);
                }
            }
        }
        texts
    }

    fn language(&self, heading: &Heading) -> Option<Language> {
        match &heading.language {
            Some(written) => names::language(written),
            None => self.unnamed,
        }
    }

    pub(super) fn heading<'a>(
        &self,
        sheet: &'a Sheet,
        base: &str,
        language: Language,
    ) -> Option<&'a Heading> {
        let mut headings = sheet.headings.iter();
        headings.find(|one| one.base == base && self.language(one) == Some(language))
    }

    fn cell<'a>(
        &self,
        sheet: &'a Sheet,
        row: &'a Row,
        base: &str,
        language: Language,
    ) -> Option<(&'a str, Place)> {
        let heading = self.heading(sheet, base, language)?;
        Some((heading.of_row(row)?, sheet.at(row, heading)))
    }

    /// The text of a row; an empty part where it says nothing in any language.
    pub(super) fn text(&self, sheet: &Sheet, row: &Row, base: &str, draft: &mut Draft) -> Part {
        let mut part = Part::at(sheet.at_row(row));
        for language in self.languages.iter().copied() {
            let code = language.code();
            // Where it would stand, if it stood there.
            if let Some(heading) = self.heading(sheet, base, language) {
                part.places.push((code.to_owned(), sheet.at(row, heading)));
            }
            let Some((label, place)) = self.cell(sheet, row, base, language) else { continue };
            if label.contains("${") {
                draft.wrong(place.clone(), "an answer cannot stand inside a text");
            }
            let mut text = label.to_owned();
            if let Some((hint, at)) = self.cell(sheet, row, "hint", language) {
                text = format!("{text} {hint}");
                draft.note(at, "joined to the question: there are no hints");
            }
            let mut translation = Part::at(place);
            translation.set("text", text);
            match self.cell(sheet, row, REVIEW, language) {
                Some((review, at)) => translation.set_at("review", review, at),
                None => translation.set("review", Review::Drafted.code()),
            }
            if let Some((sound, at)) = self.cell(sheet, row, "audio", language) {
                if is_recording(sound) {
                    translation.set_at("recording", sound, at);
                } else {
                    draft.note(at, "left out: a recording is named after its content");
                }
            }
            part.set_part(code, translation);
        }
        part
    }

    /// Notes what of a row no part of a definition can show.
    pub(super) fn note_media(&self, sheet: &Sheet, row: &Row, with: &[&str], draft: &mut Draft) {
        for heading in &sheet.headings {
            if with.contains(&heading.base.as_str()) && heading.of_row(row).is_some() {
                draft.note(sheet.at(row, heading), "left out: it cannot be shown there");
            }
        }
    }
}

/// The picture of a choice or a note: one of Senim's, `NAME.svg`.
pub(super) fn picture(sheet: &Sheet, row: &Row, part: &mut Part, draft: &mut Draft) {
    let headings = sheet.headings.iter().filter(|one| one.base == "image");
    for heading in headings {
        let Some(file) = heading.of_row(row) else { continue };
        match file.strip_suffix(".svg").filter(|name| names::is_id(name)) {
            // The same in every language; the last one counts.
            Some(name) => part.set_at("picture", name, sheet.at(row, heading)),
            None => draft.note(sheet.at(row, heading), "left out: pictures are those of Senim"),
        }
    }
}

/// Fields that XLSForm does not have.
pub(super) fn own_fields(sheet: &Sheet, row: &Row, without: &[&str], part: &mut Part) {
    for heading in sheet.headings.iter().filter(|one| one.language.is_none()) {
        let Some(field) = heading.base.strip_prefix(OWN) else { continue };
        if let Some(text) = heading.of_row(row).filter(|_| !without.contains(&field)) {
            part.set_at(field, value(text), sheet.at(row, heading));
        }
    }
}

/// What a cell says: JSON where it is JSON, else text.
pub(super) fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}

/// Whether this is named after its content, as recordings of Senim are.
fn is_recording(name: &str) -> bool {
    let (hash, end) = name.split_once('.').unwrap_or((name, ""));
    hash.len() == 64 && hash.bytes().all(|one| one.is_ascii_hexdigit()) && !end.is_empty()
}
