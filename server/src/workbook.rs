//! Reads workbooks that strangers send: what they unpack to and how much of a sheet is looked at
//! is bounded, and a damaged one is an error.

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use std::io::{self, Cursor, Read};
use std::panic::AssertUnwindSafe;

/// Parts of a workbook; an ordinary one has a dozen.
const MOST_PARTS: usize = 200;

/// How much of a workbook is taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Bytes that all parts may unpack to.
    pub(crate) unpacked: u64,
    /// Cells of a sheet that are looked at, blank ones included.
    pub(crate) cells: u64,
    /// Columns that are looked at.
    pub(crate) columns: usize,
    /// Characters kept of a cell.
    pub(crate) of_cell: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WorkbookError {
    #[error("this is no workbook (.xlsx), or it is damaged")]
    NotAWorkbook,
    #[error("this workbook unpacks to more than is taken")]
    UnpacksTooLarge,
}

/// An open workbook.
pub(crate) struct Workbook<'a> {
    book: Xlsx<Cursor<&'a [u8]>>,
    limits: Limits,
}

/// A row that has cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// As a spreadsheet counts, from 1.
    pub(crate) number: u32,
    /// What a person sees in each cell, trimmed; empty where there is none.
    pub(crate) cells: Vec<String>,
}

/// Opens a workbook for `work`.
///
/// # Errors
/// Those of `work`, and that it is damaged or too large.
pub(crate) fn open<T, E: From<WorkbookError>>(
    file: &[u8],
    limits: Limits,
    work: impl FnOnce(Workbook<'_>) -> Result<T, E>,
) -> Result<T, E> {
    check_size(file, limits.unpacked)?;
    // Trap: calamine 0.38 computes with whatever positions a workbook names, and panics at a sheet
    // of "A1:ZZZZZZ99999999999" (its overflow checks are on in every profile, see Cargo.toml).
    // Nothing of what `work` left half done is looked at then.
    std::panic::catch_unwind(AssertUnwindSafe(|| {
        let book = Xlsx::new(Cursor::new(file)).map_err(|_| WorkbookError::NotAWorkbook)?;
        work(Workbook { book, limits })
    }))
    .unwrap_or_else(|_| Err(WorkbookError::NotAWorkbook.into()))
}

impl Workbook<'_> {
    pub(crate) fn sheet_names(&self) -> Vec<String> {
        self.book.sheet_names()
    }

    /// Gives every row of a sheet that has cells, in order.
    pub(crate) fn rows<E: From<WorkbookError>>(
        &mut self,
        sheet: &str,
        mut take: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<(), E> {
        let damaged = |_| WorkbookError::NotAWorkbook;
        // Cell by cell: as a whole, a sheet with two cells far apart would fill the memory.
        let mut cells = self.book.worksheet_cells_reader(sheet).map_err(damaged)?;
        let mut row = Row::default();
        let mut seen = 0_u64;
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            seen += 1;
            let (line, at) = cell.get_position();
            let (number, at) = (line.saturating_add(1), at as usize);
            if seen > self.limits.cells || number < row.number {
                return Err(WorkbookError::NotAWorkbook.into());
            }
            if number != row.number {
                let whole = std::mem::replace(&mut row, Row { number, cells: Vec::new() });
                take_filled(whole, &mut take)?;
            }
            let text = seen_as(cell.get_value(), self.limits.of_cell);
            if at < self.limits.columns && !text.is_empty() {
                row.cells.resize(row.cells.len().max(at + 1), String::new());
                if let Some(cell) = row.cells.get_mut(at) {
                    *cell = text;
                }
            }
        }
        take_filled(row, &mut take)
    }
}

fn take_filled<E>(row: Row, take: &mut impl FnMut(Row) -> Result<(), E>) -> Result<(), E> {
    if row.cells.is_empty() { Ok(()) } else { take(row) }
}

/// Unpacks everything once and keeps nothing: what a workbook says of its own size may be a lie.
fn check_size(file: &[u8], unpacked: u64) -> Result<(), WorkbookError> {
    let damaged = |_| WorkbookError::NotAWorkbook;
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).map_err(damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(WorkbookError::UnpacksTooLarge);
    }
    let mut left = unpacked;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(damaged)?;
        let mut part = part.take(left.saturating_add(1));
        let read = io::copy(&mut part, &mut io::sink()).map_err(|_| WorkbookError::NotAWorkbook)?;
        if read > left {
            return Err(WorkbookError::UnpacksTooLarge);
        }
        left -= read;
    }
    Ok(())
}

/// What a person sees in the cell, at most so many characters of it.
fn seen_as(value: &DataRef<'_>, most: usize) -> String {
    // One long text may stand in every cell: only as much as is looked at is copied.
    let text = |text: &str| text.trim().chars().take(most).collect();
    match value {
        DataRef::Int(number) => number.to_string(),
        // Shown without a fraction where there is none.
        DataRef::Float(number) => number.to_string(),
        DataRef::String(long) | DataRef::DateTimeIso(long) | DataRef::DurationIso(long) => {
            text(long)
        }
        DataRef::SharedString(shared) => text(shared),
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
