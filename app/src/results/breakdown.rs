//! Numbers of the girls and the boys of a unit, or by language of instruction.

use super::{IndicatorRow, UnitResults, mark, numbers::short_cell};
use crate::{
    Language,
    figures::outcome_words,
    language::text,
    parts::table::{Table, TableCell},
};
use analysis::{Breakdown, Cell, Outcome, Respondents};

/// The parts of a unit, where the release shows them.
#[derive(Debug, Clone)]
pub struct Parts {
    pub by: Breakdown,
    /// Codes of the parts with how many pupils they are shown to have.
    pub parts: Vec<(String, Respondents)>,
    pub lines: Vec<PartsLine>,
}

/// One cell of every part.
#[derive(Debug, Clone)]
pub struct PartsLine {
    /// The id of the cell.
    pub id: String,
    /// In the order of the parts.
    pub cells: Vec<Cell>,
    /// What may be said of the first part beside the second, where there are two.
    pub outcome: Option<(Outcome, bool)>,
}

impl Parts {
    pub(crate) fn table(&self, language: Language, results: &UnitResults) -> Table {
        let mut heads = vec![text!(language, unit_results.indicator).to_owned()];
        heads.extend(self.parts.iter().map(|(code, pupils)| self.head(language, code, *pupils)));
        let compared = self.lines.iter().any(|line| line.outcome.is_some());
        if let (Some((first, _)), true) = (self.parts.first(), compared) {
            let first = part_words(language, first);
            heads.push(text!(language, unit_pages.first_part, first = first.as_str()));
        }
        let figures = results.rows.iter().flat_map(|row| {
            row.figures.iter().map(move |figure| (row, row.label_of(figure), &figure.id))
        });
        let rows = figures.filter_map(|(row, label, id)| {
            let line = self.lines.iter().find(|line| line.id == *id)?;
            Some(self.line(language, results, row, label, line, compared))
        });
        Table {
            title: self.words(language).to_owned(),
            about: results.about(language),
            heads,
            rows: rows.collect(),
        }
    }

    fn line(
        &self,
        language: Language,
        results: &UnitResults,
        row: &IndicatorRow,
        label: String,
        line: &PartsLine,
        compared: bool,
    ) -> Vec<TableCell> {
        let by = match self.by {
            Breakdown::Sex => "sex",
            Breakdown::Language => "language",
        };
        let mut cells = vec![TableCell::of(label)];
        cells.extend(self.parts.iter().zip(&line.cells).map(|((code, _), one)| {
            short_cell(
                language,
                row,
                *one,
                mark(&results.wave.id, &results.own, &line.id).part(by, code),
            )
        }));
        if compared {
            let said = line.outcome.filter(|(outcome, _)| *outcome != Outcome::NotShown);
            cells.push(said.map_or_else(TableCell::nothing, |(outcome, flagged)| {
                TableCell::default().strongly(outcome_words(language, outcome), flagged)
            }));
        }
        cells
    }

    fn head(&self, language: Language, code: &str, pupils: Respondents) -> String {
        let name = part_words(language, code);
        match pupils {
            Respondents::Hidden => name,
            Respondents::Exactly(n) => {
                text!(language, unit_results.group_of, name = name, pupils = n)
            }
            Respondents::Between { low, high } => {
                let pupils = format!("{low}–{high}");
                text!(language, unit_results.group_of, name = name, pupils = pupils)
            }
        }
    }

    pub(crate) fn words(&self, language: Language) -> &'static str {
        match self.by {
            Breakdown::Sex => text!(language, unit_pages.by_sex),
            Breakdown::Language => text!(language, unit_pages.by_language),
        }
    }
}

/// What a part is called; a language of instruction that is not known by its code.
fn part_words(language: Language, code: &str) -> String {
    match code {
        "girl" => text!(language, unit_pages.girls).to_owned(),
        "boy" => text!(language, unit_pages.boys).to_owned(),
        "kk" => text!(language, unit_pages.in_kazakh).to_owned(),
        "ru" => text!(language, unit_pages.in_russian).to_owned(),
        other => other.to_owned(),
    }
}
