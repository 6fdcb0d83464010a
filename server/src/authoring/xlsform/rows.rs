//! The rows of the sheet survey: what each is and what it is called.

use super::sheet::{Row, Sheet};
use super::texts::OWN;
use super::types::{self, Type};
use crate::authoring::draft::{Draft, Place};
use crate::authoring::expression::{self, Expression, Syntax};

/// A row that something is made of.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) row: &'a Row,
    pub(super) kind: Type,
    /// As it stands there; empty for rows that need none.
    pub(super) name: &'a str,
}

/// Columns that are read elsewhere.
const READ: [&str; 10] = [
    "type",
    "name",
    "label",
    "hint",
    "relevant",
    "constraint",
    "parameters",
    "image",
    "audio",
    "appearance",
];
/// Columns that change what is asked or answered in a way that has no place here.
const REFUSED: [(&str, &str); 6] = [
    ("choice_filter", "every pupil gets every choice: make a list, and a question, for each case"),
    ("calculation", "nothing is computed while somebody answers"),
    ("default", "a question begins without an answer: else it would count for who did not choose"),
    ("read_only", "a question that cannot be answered is a note"),
    ("repeat_count", "questions are not repeated"),
    ("trigger", "nothing is computed while somebody answers"),
];

pub(super) fn read<'a>(survey: &'a Sheet, draft: &mut Draft) -> Vec<Entry<'a>> {
    if survey.heading("type").is_none() {
        draft.wrong(survey.place(), "has no column type");
    }
    unread_columns(survey, draft);
    survey.rows.iter().filter_map(|row| entry(survey, row, draft)).collect()
}

fn entry<'a>(survey: &'a Sheet, row: &'a Row, draft: &mut Draft) -> Option<Entry<'a>> {
    let name = survey.text(row, "name").unwrap_or_default();
    let Some((written, heading)) = survey.get(row, "type") else {
        if !name.is_empty() {
            draft.wrong(survey.at_row(row), "has no type");
        }
        return None;
    };
    let place = survey.at(row, heading);
    let kind = match types::read(written) {
        Some(Type::Refused(reason)) => {
            draft.wrong(place, format!("{written:?}: {reason}"));
            Type::Refused(reason)
        }
        Some(Type::LeftOut) => {
            let said = format!("{written:?} left out: nothing of device or moment is kept");
            draft.note(place, said);
            Type::LeftOut
        }
        Some(kind) => kind,
        None => {
            draft.wrong(place, format!("{written:?} is no type that is known"));
            Type::Refused("")
        }
    };
    if name.is_empty() && needs_name(&kind) {
        draft.wrong(survey.at_row(row), "has no name");
    }
    refused_cells(survey, row, &kind, draft);
    Some(Entry { row, kind, name })
}

fn needs_name(kind: &Type) -> bool {
    matches!(kind, Type::One(_) | Type::Many(_) | Type::Integer | Type::Range)
}

fn refused_cells(survey: &Sheet, row: &Row, kind: &Type, draft: &mut Draft) {
    // Told as a whole already.
    if matches!(kind, Type::Refused(_) | Type::LeftOut) {
        return;
    }
    for (base, reason) in REFUSED {
        let off = |text: &str| ["no", "false", "false()"].contains(&text.to_lowercase().as_str());
        if let Some((text, heading)) = survey.get(row, base)
            && !(base == "read_only" && off(text))
        {
            draft.wrong(survey.at(row, heading), format!("is not supported: {reason}"));
        }
    }
}

/// Notes once what nothing here looks at.
fn unread_columns(survey: &Sheet, draft: &mut Draft) {
    for heading in &survey.headings {
        let base = heading.base.as_str();
        let read = READ.contains(&base) || REFUSED.iter().any(|(refused, _)| *refused == base);
        if read
            || base.starts_with(OWN)
            || survey.rows.iter().all(|row| heading.of_row(row).is_none())
        {
            continue;
        }
        let said = match base {
            "required" | "required_message" => "left out: every question can be skipped here",
            "constraint_message" => "left out: what does not fit cannot be chosen here",
            _ => "left out: nothing here looks at this column",
        };
        draft.note(survey.at_heading(heading), said);
    }
}

/// The expression in a column; `None` where there is none, or after a mistake in it was told.
pub(super) fn expression(
    survey: &Sheet,
    row: &Row,
    base: &str,
    draft: &mut Draft,
) -> Result<Option<Expression>, ()> {
    let Some((text, heading)) = survey.get(row, base) else { return Ok(None) };
    match expression::parse(text, Syntax::XPath) {
        Ok(parsed) => Ok(Some(parsed)),
        Err(wrong) => {
            draft.wrong(survey.at_character(row, heading, wrong.at), wrong.problem);
            Err(())
        }
    }
}

/// The place of a character of a cell that is there.
pub(super) fn character(survey: &Sheet, row: &Row, base: &str, at: usize) -> Place {
    match survey.get(row, base) {
        Some((_, heading)) => survey.at_character(row, heading, at),
        None => survey.at_row(row),
    }
}

/// The place of a cell, if it is there, or of its row.
pub(super) fn cell(survey: &Sheet, row: &Row, base: &str) -> Place {
    match survey.get(row, base) {
        Some((_, heading)) => survey.at(row, heading),
        None => survey.at_row(row),
    }
}

/// `start=0 end=10` as names and values; both sides in the spelling of the cell.
pub(super) fn parameters<'a>(survey: &'a Sheet, row: &'a Row) -> Vec<(&'a str, &'a str)> {
    let text = survey.text(row, "parameters").unwrap_or_default();
    let parts = text.split([' ', ',', ';', '\n']).filter(|part| !part.trim().is_empty());
    parts.map(|part| part.split_once('=').unwrap_or((part, ""))).collect()
}
