//! The indicators that are shown first, wave by wave.

use super::{UnitResults, mark, numbers::short_cell};
use crate::{
    Language,
    figures::outcome_words,
    language::text,
    parts::table::{Table, TableCell},
};
use analysis::Outcome;

/// Waves of one form, the latest first; nothing of a single wave.
pub(crate) fn years(language: Language, waves: &[&UnitResults]) -> Option<Table> {
    let (latest, before) = waves.split_first()?;
    if before.is_empty() {
        return None;
    }
    let in_order = || waves.iter().rev();
    let mut heads = vec![text!(language, unit_results.indicator).to_owned()];
    heads.extend(in_order().map(|wave| wave.wave.name.clone()));
    heads.push(text!(language, unit_results.change).to_owned());
    let figures = latest.leading().flat_map(|row| row.figures.iter().map(move |one| (row, one)));
    let rows = figures.map(|(row, one)| {
        let mut line = vec![TableCell::of(row.label_of(one))];
        // A question that changed has no place beside the numbers from before.
        let drawn = one.previous.is_none_or(|previous| previous.drawn());
        line.extend(in_order().map(|wave| {
            if !drawn && wave.wave != latest.wave {
                return TableCell::nothing();
            }
            let figures = wave.rows.iter().flat_map(|row| &row.figures);
            let mut same = figures.filter(|other| other.id == one.id);
            same.next().map_or_else(TableCell::nothing, |other| {
                short_cell(language, row, other.own, mark(&wave.wave.id, &wave.own, &one.id))
            })
        }));
        let outcome = one.previous.map_or(Outcome::NotShown, |previous| previous.outcome);
        let flagged = one.previous.is_some_and(|previous| previous.flagged);
        line.push(TableCell::default().strongly(outcome_words(language, outcome), flagged));
        line
    });
    let title = text!(language, unit_results.years).to_owned();
    Some(Table { title, about: latest.about(language), heads, rows: rows.collect() })
}
