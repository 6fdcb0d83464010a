//! The counts of measures as rows, for audits where the key is.

use crate::{Level, Tallies};

/// The counts of one measure in one group, of the pupils of one sex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureRow<'a> {
    pub level: Level,
    pub group: &'a str,
    pub indicator: &'a str,
    pub sex: Sex,
    /// Pupils who count in the denominator.
    pub valid: u32,
    /// For each part of the measure (one, unless it is a distribution) the pupils with it; of a
    /// mean, the sum of the pupils' mean codes in 1/2520 of a code.
    pub parts: Vec<u64>,
    /// Of a mean the sum of the squares of those; else 0.
    pub squares: u64,
}

/// Whom a row counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sex {
    Girls,
    Boys,
    /// Who said neither; everybody, where the survey does not ask.
    Unsaid,
}

impl Tallies {
    /// Every measure of every group, indicator by indicator in the order of the definition; of
    /// each one sex after the other, each with the groups by level and id.
    pub fn measure_rows(&self) -> impl Iterator<Item = MeasureRow<'_>> {
        let sources = self.layout.indicators.iter().enumerate();
        sources.flat_map(move |(index, source)| {
            let strata = self.measured(index).strata;
            let first = [Sex::Girls, Sex::Boys, Sex::Unsaid].into_iter().skip(3 - strata.len());
            first.zip(strata).flat_map(move |(sex, stratum)| {
                let groups = self.tree.nodes.iter().enumerate();
                groups.map(move |(node, group)| MeasureRow {
                    level: group.level,
                    group: &group.id,
                    indicator: &source.id,
                    sex,
                    valid: stratum.valid.get(node).copied().unwrap_or_default(),
                    parts: stratum
                        .parts
                        .iter()
                        .filter_map(|part| part.get(node).copied())
                        .collect(),
                    squares: stratum.squares.get(node).copied().unwrap_or_default(),
                })
            })
        })
    }
}
