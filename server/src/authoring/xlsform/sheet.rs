use super::texts::{REVIEW, TITLE};
use crate::authoring::draft::Place;
use crate::workbook::{self, Limits, WorkbookError};
use survey_definitions::{Language, Mistake, Mistakes};

const MEGABYTE: u64 = 1024 * 1024;
const LIMITS: Limits = Limits {
    unpacked: 100 * MEGABYTE,
    cells: 1_000_000,
    columns: 200,
    // The most that a cell of a workbook holds.
    of_cell: 32_767,
};
/// Characters of all cells that are kept: one long text may stand in many.
const MOST_TEXT: usize = 20_000_000;

/// One sheet: what its first row with text says, and the rows below.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    /// In lower case.
    pub(super) name: String,
    position: u32,
    pub(super) headings: Vec<Heading>,
    pub(super) rows: Vec<Row>,
    heading_row: u32,
}

pub(super) type Row = workbook::Row;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    column: usize,
    /// As it stands there.
    pub(super) written: String,
    /// Without the language, in the spelling that this crate uses.
    pub(super) base: String,
    pub(super) language: Option<String>,
}

/// All sheets of a workbook.
pub(super) fn read(file: &[u8]) -> Result<Vec<Sheet>, Mistakes> {
    let mut kept = 0_usize;
    let read = workbook::open(file, LIMITS, |mut book| {
        let mut sheets = Vec::new();
        for (position, name) in (0..).zip(book.sheet_names()) {
            let mut sheet =
                Sheet { name: name.trim().to_lowercase(), position, ..Sheet::default() };
            book.rows(&name, |row| {
                kept += row.cells.iter().map(String::len).sum::<usize>();
                if kept > MOST_TEXT {
                    return Err(WorkbookError::UnpacksTooLarge);
                }
                sheet.take(row);
                Ok(())
            })?;
            sheets.push(sheet);
        }
        Ok(sheets)
    });
    read.map_err(|error: WorkbookError| {
        Mistakes(vec![Mistake { place: "file".to_owned(), problem: error.to_string() }])
    })
}

impl Sheet {
    fn take(&mut self, row: Row) {
        if !self.headings.is_empty() {
            return self.rows.push(row);
        }
        let written = row.cells.iter().enumerate().filter(|(_, text)| !text.is_empty());
        self.headings = written.map(|(column, text)| Heading::of(column, text)).collect();
        self.heading_row = row.number;
    }

    /// The column of this name that has no language.
    pub(super) fn heading(&self, base: &str) -> Option<&Heading> {
        self.headings.iter().find(|one| one.base == base && one.language.is_none())
    }

    /// What a row says in a column without language; `None` where it says nothing.
    pub(super) fn get<'a>(&'a self, row: &'a Row, base: &str) -> Option<(&'a str, &'a Heading)> {
        let heading = self.heading(base)?;
        Some((heading.of_row(row)?, heading))
    }

    pub(super) fn text<'a>(&'a self, row: &'a Row, base: &str) -> Option<&'a str> {
        self.get(row, base).map(|(text, _)| text)
    }

    pub(super) fn place(&self) -> Place {
        Place { order: [self.position, 0, 0, 0], said: format!("sheet {}", self.name) }
    }

    pub(super) fn at_row(&self, row: &Row) -> Place {
        Place {
            order: [self.position, row.number, 0, 0],
            said: format!("{}, row {}", self.name, row.number),
        }
    }

    pub(super) fn at(&self, row: &Row, heading: &Heading) -> Place {
        self.in_column(row.number, heading)
    }

    pub(super) fn at_heading(&self, heading: &Heading) -> Place {
        self.in_column(self.heading_row, heading)
    }

    /// A character, from 1, of a cell.
    pub(super) fn at_character(&self, row: &Row, heading: &Heading, character: usize) -> Place {
        let mut place = self.at(row, heading);
        place.order[3] = u32::try_from(character).unwrap_or(u32::MAX);
        place.said = format!("{}, character {character}", place.said);
        place
    }

    fn in_column(&self, row: u32, heading: &Heading) -> Place {
        let column = u32::try_from(heading.column).unwrap_or(u32::MAX);
        let letters = letters(heading.column);
        Place {
            order: [self.position, row, column.saturating_add(1), 0],
            said: format!("{}, row {row}, column {letters} ({})", self.name, heading.written),
        }
    }
}

impl Heading {
    fn of(column: usize, written: &str) -> Self {
        let separator = if written.contains("::") { "::" } else { ":" };
        // `jr:count` is a name, not a language.
        let whole = written.to_lowercase().starts_with("jr:");
        let mut parts: Vec<&str> =
            if whole { vec![written] } else { written.split(separator).map(str::trim).collect() };
        if parts.len() > 1 && parts.first().is_some_and(|part| part.eq_ignore_ascii_case("media")) {
            parts.remove(0);
        }
        let base = parts.first().map(|base| base.trim().to_lowercase().replace(' ', "_"));
        let language = parts.get(1..).filter(|rest| !rest.is_empty()).map(|rest| rest.join("::"));
        let base = spelling(base.unwrap_or_default());
        if let Some((own, code)) = of_own_language(&base) {
            let language = Some(code.to_owned());
            return Self { column, written: written.to_owned(), base: own.to_owned(), language };
        }
        Self { column, written: written.to_owned(), base, language }
    }

    /// What a row says in this column; `None` where it says nothing.
    pub(super) fn of_row<'a>(&self, row: &'a Row) -> Option<&'a str> {
        row.cells.get(self.column).map(String::as_str).filter(|text| !text.is_empty())
    }
}

/// `senim_review_kk`: a column of Senim's own names its language so, because pyxform takes `::` in
/// a column that it does not know for an attribute, and fails on it in the sheet choices.
fn of_own_language(base: &str) -> Option<(&str, &str)> {
    let (own, code) = base.rsplit_once('_')?;
    ([REVIEW, TITLE].contains(&own) && Language::from_code(code).is_some()).then_some((own, code))
}

/// One spelling of names that have several.
fn spelling(base: String) -> String {
    let known = match base.as_str() {
        "relevance" => "relevant",
        "caption" => "label",
        "command" => "type",
        "tag" | "value" => "name",
        "calculate" => "calculation",
        "readonly" => "read_only",
        "constraining_message" | "jr:constraintmsg" => "constraint_message",
        "requiredmsg" | "jr:requiredmsg" => "required_message",
        "count" | "jr:count" => "repeat_count",
        "set_form_title" => "form_title",
        "set_form_id" => "form_id",
        "note" => "notes",
        _ => return base,
    };
    known.to_owned()
}

/// As spreadsheets name columns: A, B, ... Z, AA.
fn letters(column: usize) -> String {
    let mut rest = column;
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => return letters.iter().rev().collect(),
        }
    }
}
