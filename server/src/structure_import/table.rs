use super::mistakes::FoundMistakes;
use super::{csv_table, xlsx_table};
use app::StructureProblem;

/// Bytes of the largest file taken.
pub const LARGEST_FILE: usize = 5 * 1024 * 1024;
/// Lines that a table may have; the country has 160,000 classes.
pub(super) const MOST_ROWS: u32 = 200_000;
/// Columns that are looked at.
pub(super) const MOST_COLUMNS: usize = 64;
/// Characters kept of a cell: over every limit, so that what is too long is still too long.
const KEPT_OF_CELL: usize = 400;

/// A table as text, cell by cell. The first row holds the headings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    pub rows: Vec<TableRow>,
    /// From Windows-1251, which has no Kazakh letters.
    pub letters_may_be_lost: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableRow {
    /// As a spreadsheet counts, from 1.
    pub number: u32,
    pub cells: Vec<String>,
}

impl TableRow {
    /// A cell's text; nothing where the row is shorter.
    pub(super) fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", String::as_str)
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.is_empty())
    }
}

impl Table {
    /// Adds a row that is not blank.
    pub(super) fn push(&mut self, row: TableRow) -> Result<(), FoundMistakes> {
        if row.is_blank() {
            return Ok(());
        }
        // One more for the headings.
        if self.rows.len() > MOST_ROWS as usize {
            let problem = StructureProblem::TooManyRows { limit: MOST_ROWS };
            return Err(FoundMistakes::file(problem));
        }
        self.rows.push(row);
        Ok(())
    }
}

/// Reads a CSV or XLSX file, whichever it is by its first bytes.
///
/// # Errors
/// It is neither, is damaged, or holds more than is taken.
pub fn read(file: &[u8]) -> Result<Table, FoundMistakes> {
    if file.starts_with(b"PK\x03\x04") {
        xlsx_table::read(file)
    } else if file.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        Err(FoundMistakes::file(StructureProblem::OldExcel))
    } else {
        csv_table::read(file)
    }
}

/// A cell as it is compared and stored: outer spaces gone, inner ones single. What people cannot
/// see but a spreadsheet writes (no-break spaces, a mark at the start) counts as a space.
pub(super) fn tidy(text: &str) -> String {
    let words = text.split(|c: char| {
        c.is_whitespace() && c != '\n' && c != '\r' && c != '\u{b}' && c != '\u{c}'
            || c == '\u{feff}'
    });
    let mut tidied = String::new();
    for word in words.filter(|word| !word.is_empty()) {
        if !tidied.is_empty() {
            tidied.push(' ');
        }
        tidied.push_str(word);
    }
    let tidied = tidied.trim();
    tidied.chars().take(KEPT_OF_CELL).collect()
}
