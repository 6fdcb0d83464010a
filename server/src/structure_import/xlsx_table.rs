use super::mistakes::FoundMistakes;
use super::table::{LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, Table, TableRow, tidy};
use app::StructureProblem;
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use std::io::{self, Cursor, Read};

/// What all parts of a workbook may unpack to. A sheet of 200,000 classes has 60 MB.
const UNPACKED: u64 = 20 * LARGEST_FILE as u64;
/// Parts of a workbook; an ordinary one has a dozen.
const MOST_PARTS: usize = 200;
/// Cells looked at, blank ones included.
const MOST_CELLS: u64 = MOST_ROWS as u64 * MOST_COLUMNS as u64;

/// Reads the first sheet of a workbook.
pub(super) fn read(file: &[u8]) -> Result<Table, FoundMistakes> {
    check_size(file)?;
    // Trap: calamine 0.38 computes with whatever positions a workbook names, and panics at a sheet
    // of "A1:ZZZZZZ99999999999" (its overflow checks are on in every profile, see Cargo.toml).
    let read = std::panic::catch_unwind(|| cells(file));
    read.unwrap_or_else(|_| Err(FoundMistakes::file(StructureProblem::NotATable)))
}

fn cells(file: &[u8]) -> Result<Table, FoundMistakes> {
    let not_a_table = || FoundMistakes::file(StructureProblem::NotATable);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).map_err(|_| not_a_table())?;
    let name = book.sheet_names().into_iter().next().ok_or_else(not_a_table)?;
    // Cell by cell: as a whole, a sheet with two cells far apart would fill the memory.
    let mut cells = book.worksheet_cells_reader(&name).map_err(|_| not_a_table())?;
    let (mut table, mut row) = (Table::default(), TableRow::default());
    let mut seen = 0_u64;
    while let Some(cell) = cells.next_cell().map_err(|_| not_a_table())? {
        seen += 1;
        let (line, at) = cell.get_position();
        let (number, at) = (line.saturating_add(1), at as usize);
        if seen > MOST_CELLS || number < row.number {
            return Err(not_a_table());
        }
        if number != row.number {
            table.push(std::mem::replace(&mut row, TableRow { number, cells: Vec::new() }))?;
        }
        let text = tidy(&seen_as(cell.get_value()));
        if at < MOST_COLUMNS && !text.is_empty() {
            row.cells.resize(row.cells.len().max(at + 1), String::new());
            if let Some(cell) = row.cells.get_mut(at) {
                *cell = text;
            }
        }
    }
    table.push(row)?;
    Ok(table)
}

/// Unpacks everything once and keeps nothing: what a workbook says of its own size may be a lie.
fn check_size(file: &[u8]) -> Result<(), FoundMistakes> {
    let not_a_table = || FoundMistakes::file(StructureProblem::NotATable);
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).map_err(|_| not_a_table())?;
    if archive.len() > MOST_PARTS {
        return Err(FoundMistakes::file(StructureProblem::UnpacksTooLarge));
    }
    let mut left = UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| not_a_table())?;
        let mut part = part.take(left.saturating_add(1));
        let read = io::copy(&mut part, &mut io::sink()).map_err(|_| not_a_table())?;
        if read > left {
            return Err(FoundMistakes::file(StructureProblem::UnpacksTooLarge));
        }
        left -= read;
    }
    Ok(())
}

/// What a person sees in the cell.
fn seen_as(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        // Shown without a fraction where there is none.
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        // One long text may stand in every cell: only as much as is looked at is copied.
        DataRef::SharedString(text) => text.chars().take(1000).collect(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => day(moment),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn day(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        return moment.as_f64().to_string();
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    format!("{day:02}.{month:02}.{year:04}")
}
