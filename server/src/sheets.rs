//! Tables as a file for spreadsheets, one sheet a table.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// What a spreadsheet takes as the name of a sheet, in characters.
const LONGEST_NAME: usize = 31;
const NAME_WIDTH: f64 = 44.0;
const CELL_WIDTH: f64 = 26.0;

/// The file of some tables. The same tables give the same bytes: no clock is in it.
///
/// # Errors
/// The tables are larger than a sheet can be.
pub fn workbook(tables: &[app::Table]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // Its default is the time at which it is written.
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    for (at, table) in tables.iter().enumerate() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(at, &table.title))?;
        fill(sheet, table)?;
    }
    if tables.is_empty() {
        workbook.add_worksheet();
    }
    workbook.save_to_buffer()
}

/// Every cell is text with the mark that keeps it text when somebody edits it: a name that begins
/// with `=` never becomes a formula.
fn fill(sheet: &mut Worksheet, table: &app::Table) -> Result<(), XlsxError> {
    let text = Format::new().set_quote_prefix().set_text_wrap();
    let head = text.clone().set_bold();
    sheet.write_string_with_format(0, 0, table.caption(), &text.clone().set_bold())?;
    for (column, words) in (0..).zip(&table.heads) {
        sheet.set_column_width(column, if column == 0 { NAME_WIDTH } else { CELL_WIDTH })?;
        sheet.write_string_with_format(1, column, words, &head)?;
    }
    for (row, cells) in (2..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string_with_format(row, column, cell.words(), &text)?;
        }
    }
    sheet.set_freeze_panes(2, 1)?;
    Ok(())
}

/// Its number makes it unique.
fn sheet_name(at: usize, title: &str) -> String {
    let words = title.chars().filter(|c| !c.is_control() && !"[]:*?/\\'".contains(*c));
    format!("{} {}", at + 1, words.collect::<String>()).chars().take(LONGEST_NAME).collect()
}
