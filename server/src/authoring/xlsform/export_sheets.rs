//! Tables of text as sheets of a workbook.

use super::texts::{OWN, REVIEW};
use crate::authoring::names;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use survey_definitions::{Language, Review, Text};

/// A sheet: its headings, and what each row says under which of them.
pub(super) struct Table {
    name: &'static str,
    headings: Vec<String>,
    pub(super) rows: Vec<TableRow>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct TableRow(pub(super) BTreeMap<String, String>);

impl Table {
    /// `columns` are those that stand first, where they are used; one that ends in `::` or `_`
    /// stands for a column for each language.
    pub(super) fn new(name: &'static str, columns: &[&str], languages: &[Language]) -> Self {
        let mut headings = Vec::new();
        for column in columns {
            if column.ends_with(['_', ':']) {
                headings.extend(languages.iter().map(|one| in_language(column, *one)));
            } else {
                headings.push((*column).to_owned());
            }
        }
        Self { name, headings, rows: Vec::new() }
    }

    pub(super) fn add_to(mut self, book: &mut Workbook) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold();
        let sheet = book.add_worksheet();
        sheet.set_name(self.name)?;
        for row in &self.rows {
            let new = row.0.keys().filter(|heading| !self.headings.contains(heading));
            let new: Vec<String> = new.cloned().collect();
            self.headings.extend(new);
        }
        let used = |heading: &&String| self.rows.iter().any(|row| row.0.contains_key(*heading));
        let headings: Vec<&String> = self.headings.iter().filter(used).collect();
        for (column, heading) in (0_u16..).zip(&headings) {
            sheet.write_string_with_format(0, column, heading.as_str(), &bold)?;
            let wide = heading.starts_with("label") || *heading == "relevant";
            sheet.set_column_width(column, if wide { 50 } else { 18 })?;
        }
        sheet.set_freeze_panes(1, 0)?;
        for (line, row) in (1_u32..).zip(&self.rows) {
            for (column, heading) in (0_u16..).zip(&headings) {
                if let Some(text) = row.0.get(*heading) {
                    sheet.write_string(line, column, text)?;
                }
            }
        }
        Ok(())
    }
}

impl TableRow {
    pub(super) fn of(cells: &[(&str, &str)]) -> Self {
        let cell = |(heading, text): &(&str, &str)| ((*heading).to_owned(), (*text).to_owned());
        Self(cells.iter().map(cell).collect())
    }

    pub(super) fn set(&mut self, heading: impl Into<String>, text: impl Into<String>) {
        self.0.insert(heading.into(), text.into());
    }

    /// A text in its languages, below columns that begin with `base`.
    pub(super) fn text(mut self, base: &str, text: &Text) -> Self {
        for (language, translation) in &text.0 {
            self.set(in_language(base, *language), &translation.text);
            if let Some(recording) = &translation.recording {
                self.set(in_language("media::audio::", *language), recording);
            }
            if translation.review != Review::Drafted {
                let column = format!("{REVIEW}_");
                self.set(in_language(&column, *language), translation.review.code());
            }
        }
        self
    }

    /// In every language, as XLSForm wants of what stands beside texts.
    pub(super) fn picture(mut self, picture: Option<&String>, languages: &[Language]) -> Self {
        let Some(name) = picture else { return self };
        for language in languages {
            self.set(in_language("media::image::", *language), format!("{name}.svg"));
        }
        self
    }

    /// Fields that XLSForm does not have.
    pub(super) fn own(mut self, fields: &Map<String, Value>, without: &[&str]) -> Self {
        for (field, value) in fields {
            if !without.contains(&field.as_str()) {
                self.set(format!("{OWN}{field}"), cell(value));
            }
        }
        self
    }
}

/// `label::Kazakh (kk)`, `senim_review_kk`.
fn in_language(column: &str, language: Language) -> String {
    let own = column.ends_with('_');
    format!("{column}{}", if own { language.code() } else { names::of_language(language) })
}

/// A value as a cell: text as it is, unless it would be read as something else.
fn cell(value: &Value) -> String {
    match value {
        Value::String(text) if serde_json::from_str::<Value>(text).is_err() => text.clone(),
        other => other.to_string(),
    }
}
