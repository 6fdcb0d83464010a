use super::export::CALCULATES;
use super::mistakes::FoundMistakes;
use super::table::{MOST_COLUMNS, Table, TableRow, tidy};
use app::StructureProblem;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};
use std::borrow::Cow;

const SEPARATORS: [char; 3] = [';', '\t', ','];

/// Reads a CSV file of any encoding and separator that spreadsheets here write.
pub(super) fn read(file: &[u8]) -> Result<Table, FoundMistakes> {
    let not_a_table = || FoundMistakes::file(StructureProblem::NotATable);
    let (text, encoding) = decoded(file);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.contains('\0') {
        return Err(not_a_table());
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(&text) as u8)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut table = Table { letters_may_be_lost: encoding == WINDOWS_1251, ..Table::default() };
    let mut record = csv::StringRecord::new();
    let (mut number, mut end) = (0_u32, 0);
    while reader.read_record(&mut record).map_err(|_| not_a_table())? {
        // The reader skips blank lines, a spreadsheet shows and counts them.
        let rest = text.as_bytes().get(end..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| **byte == b'\n').count();
        number = number.saturating_add(1).saturating_add(u32::try_from(blank).unwrap_or(u32::MAX));
        end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let cells = record.iter().take(MOST_COLUMNS).map(|cell| tidy(without_guard(cell)));
        table.push(TableRow { number, cells: cells.collect() })?;
    }
    Ok(table)
}

/// The text, and what it was written in: as its mark says, else UTF-8, else Windows-1251.
fn decoded(file: &[u8]) -> (Cow<'_, str>, &'static Encoding) {
    if let Some((encoding, mark)) = Encoding::for_bom(file) {
        let known = [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding);
        let text = file.get(mark..).filter(|_| known).unwrap_or_default();
        return (encoding.decode_without_bom_handling(text).0, encoding);
    }
    match std::str::from_utf8(file) {
        Ok(text) => (Cow::Borrowed(text), UTF_8),
        Err(_) => (WINDOWS_1251.decode_without_bom_handling(file).0, WINDOWS_1251),
    }
}

/// The one that the first line has most of, outside quotes.
fn separator(text: &str) -> char {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let mut counts = [0; SEPARATORS.len()];
    for c in first.chars() {
        quoted ^= c == '"';
        for (count, separator) in counts.iter_mut().zip(SEPARATORS) {
            *count += usize::from(!quoted && c == separator);
        }
    }
    let best = counts.iter().zip(SEPARATORS).max_by_key(|(count, _)| **count);
    best.filter(|(count, _)| **count > 0).map_or(',', |(_, separator)| separator)
}

/// Without the apostrophe that keeps a spreadsheet from calculating (see `export`).
fn without_guard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(CALCULATES) => rest,
        _ => cell,
    }
}
