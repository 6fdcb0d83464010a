//! A workbook as a definition.

use super::choices;
use super::items::Items;
use super::pages::Pages;
use super::rows::{self, Entry};
use super::scales::{Answerable, Scales};
use super::settings::Settings;
use super::sheet::{self, Sheet};
use super::texts::{self, Texts};
use super::types::Type;
use crate::authoring::draft::{Draft, Part};
use crate::authoring::questions::{Named, Question, Questions};
use crate::authoring::{Imported, Unsaid, indicators, names};
use std::collections::HashMap;
use survey_definitions::{Mistake, Mistakes};

pub(super) const INDICATORS: &str = "senim_indicators";

/// Reads an XLSForm.
///
/// # Errors
/// Every mistake, and everything that is not supported, by sheet, row and column.
pub fn import(file: &[u8], unsaid: &Unsaid) -> Result<Imported, Mistakes> {
    let sheets = sheet::read(file)?;
    let named = |name: &str| sheets.iter().find(|sheet| sheet.name == name);
    let Some(survey) = named("survey") else {
        let problem = "has no sheet survey, with which every XLSForm begins".to_owned();
        return Err(Mistakes(vec![Mistake { place: "file".to_owned(), problem }]));
    };
    let nothing = Sheet::default();
    let choices = named("choices").unwrap_or(&nothing);
    let settings = Settings::of(&sheets);
    let mut draft = Draft::default();
    let unnamed = settings.language().or(unsaid.language);
    let texts = Texts::of(&[survey, choices], unnamed, &mut draft);
    if texts.languages.is_empty() && !draft.is_wrong() {
        let problem =
            "has no column label::Kazakh (kk), label::Russian (ru) or label::English (en)";
        draft.wrong(survey.place(), problem);
    }
    settings.fill(&texts, unsaid, &mut draft);
    let lists = choices::read(choices, &texts, &mut draft);
    let entries = rows::read(survey, &mut draft);
    let mut scales = Scales::new(survey, &lists);
    let (questions, answerable) = questions(survey, &entries, &mut scales, &mut draft);
    scales.finish(&texts, &mut draft);
    let title = settings.title(&texts, &mut Draft::default());
    let defaults = draft.item_defaults();
    let items = Items { survey, texts: &texts, questions: &questions, defaults };
    let pages = Pages { items, answerable, title, groups: Vec::new(), open: None };
    pages.fill(&entries, &mut draft);
    match named(INDICATORS).filter(|sheet| !sheet.rows.is_empty()) {
        Some(sheet) => read_indicators(sheet, &texts, &mut draft),
        None => indicators::fill(&mut draft, survey.place()),
    }
    draft.finish()
}

/// Every name of the sheet, and what can be answered, by row.
fn questions(
    survey: &Sheet,
    entries: &[Entry<'_>],
    scales: &mut Scales<'_>,
    draft: &mut Draft,
) -> (Questions, HashMap<u32, Answerable>) {
    let mut questions = Questions::default();
    let mut answerable = HashMap::new();
    for entry in entries {
        let named = match &entry.kind {
            Type::Refused(_) => Named::Told,
            Type::One(_) | Type::Many(_) | Type::Integer | Type::Range => {
                let id = names::id(entry.name);
                if id.is_none() && !entry.name.is_empty() {
                    let problem = "a question is called in ASCII letters, digits and _";
                    draft.wrong(rows::cell(survey, entry.row, "name"), problem);
                }
                match (id, scales.of(entry, draft)) {
                    (Some(id), Some(found)) => {
                        let kind = found.kind.clone();
                        answerable.insert(entry.row.number, found);
                        Named::Question(Question { id, kind })
                    }
                    _ => Named::Told,
                }
            }
            Type::Note | Type::BeginGroup | Type::LeftOut => Named::NoAnswer,
            Type::EndGroup => continue,
        };
        if !entry.name.is_empty() && !questions.add(entry.name, named) {
            let problem = format!("{:?} is the name of a row before", entry.name);
            draft.wrong(rows::cell(survey, entry.row, "name"), problem);
            answerable.remove(&entry.row.number);
        }
    }
    (questions, answerable)
}

fn read_indicators(sheet: &Sheet, texts: &Texts, draft: &mut Draft) {
    for row in &sheet.rows {
        let mut part = Part::at(sheet.at_row(row));
        if let Some((id, heading)) = sheet.get(row, "id") {
            part.set_at("id", id, sheet.at(row, heading));
        }
        part.set_part("label", texts.text(sheet, row, "label", draft));
        texts::own_fields(sheet, row, &["review"], &mut part);
        draft.push("indicators", part);
    }
}
