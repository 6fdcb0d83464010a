//! Definitions from and for other programs: XLSForm, SurveyJS, and version to version.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod conditions;
mod foreign;
mod generated;
mod identity;
mod mistakes;
mod surveyjs;
mod versions;

use rust_xlsxwriter::Workbook;
use server::authoring::{Imported, Unsaid, from_xlsform};
use survey_definitions::{Form, Language, Mistakes};

type Rows<'a> = &'a [&'a [&'a str]];

/// A workbook of these sheets; an empty text is an empty cell.
fn book(sheets: &[(&str, Rows<'_>)]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (line, row) in (0..).zip(*rows) {
            for (column, text) in (0..).zip(*row).filter(|(_, text)| !text.is_empty()) {
                sheet.write_string(line, column, *text).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn unsaid() -> Unsaid {
    Unsaid { id: "example".to_owned(), language: Some(Language::En), form: Form::Senior }
}

fn import(file: &[u8]) -> Result<Imported, Mistakes> {
    from_xlsform(file, &unsaid())
}

/// What is said of a workbook that is refused, a line each.
#[track_caller]
fn refused(sheets: &[(&str, Rows<'_>)]) -> Vec<String> {
    match import(&book(sheets)) {
        Ok(imported) => panic!("taken: {:?}", imported.survey),
        Err(mistakes) => mistakes.0.iter().map(ToString::to_string).collect(),
    }
}

const CHOICES: Rows<'static> = &[
    &["list_name", "name", "label::English (en)"],
    &["yes_no", "yes", "Yes"],
    &["yes_no", "no", "No"],
    &["grades", "5", "Five"],
    &["grades", "6", "Six"],
    &["grades", "7", "Seven"],
    &["places", "yard", "In the yard"],
    &["places", "class", "In class"],
    &["places", "none", "Nowhere"],
];
