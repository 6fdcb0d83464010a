//! Numbers as tables: every indicator with what stands beside it.

use super::{Beside, Figure, IndicatorRow, UnitResults, mark, marks::interval};
use crate::{
    Language,
    figures::{
        around_words, cell_words, edge_short, group_words, level_words, outcome_words, range,
        reason_short,
    },
    language::text,
    parts::table::{Table, TableCell},
};
use analysis::{Cell, Level};

/// Which columns the numbers need.
#[derive(Clone, Copy)]
struct Columns {
    around: bool,
    nation: bool,
    previous: bool,
}

/// The figures of some indicators, one a line.
pub(crate) fn numbers<'r>(
    language: Language,
    results: &UnitResults,
    title: String,
    rows: impl Iterator<Item = &'r IndicatorRow>,
) -> Table {
    let all = || results.rows.iter().flat_map(|row| &row.figures);
    let columns = Columns {
        around: all().any(|one| one.around.is_some()),
        nation: all().any(|one| one.nation.is_some()),
        previous: all().any(|one| one.previous.is_some()),
    };
    let lines = rows.flat_map(|row| row.figures.iter().map(move |one| (row, one)));
    let rows = lines.map(|(row, one)| line(language, results, row, one, columns)).collect();
    Table { title, about: results.about(language), heads: heads(language, results, columns), rows }
}

fn heads(language: Language, results: &UnitResults, columns: Columns) -> Vec<String> {
    let own = match results.own.level {
        Level::Class => text!(language, unit_results.class_or_instead).to_owned(),
        level => level_words(language, level).to_owned(),
    };
    let mut heads = vec![
        text!(language, unit_results.indicator).to_owned(),
        own,
        text!(language, unit_results.interval).to_owned(),
    ];
    if let Some(around) = results.around.as_ref().filter(|_| columns.around) {
        heads.push(around_words(language, around.level).to_owned());
    }
    if columns.nation {
        heads.push(around_words(language, Level::Nation).to_owned());
    }
    if columns.previous {
        let wave = results.previous.as_ref().map(|wave| wave.name.as_str()).unwrap_or_default();
        heads.push(text!(language, unit_results.change_since, wave = wave));
    }
    heads
}

fn line(
    language: Language,
    results: &UnitResults,
    row: &IndicatorRow,
    one: &Figure,
    columns: Columns,
) -> Vec<TableCell> {
    let mut cells = vec![
        TableCell::of(row.label_of(one)),
        own(language, results, row, one),
        interval_cell(language, results, row, one),
    ];
    let shown = one.instead.as_ref().map_or(&results.own, |(group, _)| group);
    let beside = |other: Option<Beside>, mark| match other {
        Some(other) => beside_cell(language, row, other, mark),
        None => TableCell::nothing(),
    };
    if let Some(around) = results.around.as_ref().filter(|_| columns.around) {
        cells.push(beside(one.around, mark(&results.wave.id, around, &one.id)));
    }
    if columns.nation {
        cells.push(beside(one.nation, mark(&results.wave.id, &super::nation(), &one.id)));
    }
    if columns.previous {
        let mark = mark(&results.wave.id, shown, &one.id).before(results);
        cells.push(beside(one.previous, mark));
    }
    cells
}

fn own(language: Language, results: &UnitResults, row: &IndicatorRow, one: &Figure) -> TableCell {
    let of = mark(&results.wave.id, &results.own, &one.id);
    let cell = cell(language, row, one.own, of);
    let Some((group, instead)) = &one.instead else { return cell };
    let of = mark(&results.wave.id, group, &one.id);
    let words = cell_words(language, row.kind, *instead);
    let cell = cell.with(group_words(language, group)).marked(words, of);
    edge(language, row, *instead, cell)
}

fn interval_cell(
    language: Language,
    results: &UnitResults,
    row: &IndicatorRow,
    one: &Figure,
) -> TableCell {
    let group = one.instead.as_ref().map_or(&results.own, |(group, _)| group);
    let Some([from, to]) = interval(one.smallest()) else { return TableCell::nothing() };
    let mark = mark(&results.wave.id, group, &one.id).interval();
    TableCell::default().marked(range(language, row.kind, from, to), mark)
}

fn beside_cell(
    language: Language,
    row: &IndicatorRow,
    other: Beside,
    of: super::Mark,
) -> TableCell {
    let words = outcome_words(language, other.outcome);
    if !other.drawn() {
        return TableCell::of(words);
    }
    let cell = cell(language, row, other.cell, of);
    match other.cell {
        Cell::Band { .. } => cell.strongly(words, other.flagged),
        Cell::Hidden { .. } => cell,
    }
}

/// A cell in words: a band with its mark, or the sign and reason for hidden.
pub(super) fn cell(
    language: Language,
    row: &IndicatorRow,
    cell: Cell,
    of: super::Mark,
) -> TableCell {
    let words = cell_words(language, row.kind, cell);
    match cell {
        Cell::Band { .. } => edge(language, row, cell, TableCell::default().marked(words, of)),
        Cell::Hidden { .. } => TableCell::of(words),
    }
}

/// The same for a table of many units.
pub(super) fn short_cell(
    language: Language,
    row: &IndicatorRow,
    one: Cell,
    of: super::Mark,
) -> TableCell {
    match one {
        Cell::Band { .. } => cell(language, row, one, of),
        Cell::Hidden { reason } => TableCell::of(format!("✕ {}", reason_short(language, reason))),
    }
}

fn edge(language: Language, row: &IndicatorRow, cell: Cell, table_cell: TableCell) -> TableCell {
    match edge_short(language, row.kind, cell) {
        Some(words) => table_cell.with(words),
        None => table_cell,
    }
}
