use super::mistakes::FoundMistakes;
use super::table::{LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, Table, TableRow, tidy};
use crate::workbook::{self, Limits, WorkbookError};
use app::StructureProblem;

const LIMITS: Limits = Limits {
    // A sheet of 200,000 classes has 60 MB.
    unpacked: 20 * LARGEST_FILE as u64,
    cells: MOST_ROWS as u64 * MOST_COLUMNS as u64,
    columns: MOST_COLUMNS,
    // More than `tidy` keeps: it takes spaces out first.
    of_cell: 1000,
};

/// Reads the first sheet of a workbook.
pub(super) fn read(file: &[u8]) -> Result<Table, FoundMistakes> {
    workbook::open(file, LIMITS, |mut book| {
        let first = book.sheet_names().into_iter().next().ok_or(WorkbookError::NotAWorkbook)?;
        let mut table = Table::default();
        book.rows(&first, |row| {
            let cells = row.cells.iter().map(|cell| tidy(cell)).collect();
            table.push(TableRow { number: row.number, cells })
        })?;
        Ok(table)
    })
}

impl From<WorkbookError> for FoundMistakes {
    fn from(error: WorkbookError) -> Self {
        Self::file(match error {
            WorkbookError::NotAWorkbook => StructureProblem::NotATable,
            WorkbookError::UnpacksTooLarge => StructureProblem::UnpacksTooLarge,
        })
    }
}
