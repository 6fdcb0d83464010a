//! The counts of measures, for audits where the key is.

use crate::{Level, Tallies};

/// The counts of one measure of the pupils of one sex. Every list has one entry a group, in the
/// order of [`Tallies::groups`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureCounts {
    pub sex: Sex,
    /// Pupils who count in the denominator.
    pub valid: Vec<u32>,
    /// For each part of the measure (one, unless it is a distribution) the pupils with it; of a
    /// mean, the sum of the pupils' mean codes in 1/2520 of a code.
    pub parts: Vec<Vec<u64>>,
    /// Of a mean the sum of the squares of those; else empty.
    pub squares: Vec<u64>,
}

/// Whom counts are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sex {
    Girls,
    Boys,
    /// Who said neither; everybody, where the survey does not ask.
    Unsaid,
}

impl Tallies {
    /// Every group, by level and id.
    pub fn groups(&self) -> impl Iterator<Item = (Level, &str)> {
        self.tree.nodes.iter().map(|node| (node.level, node.id.as_str()))
    }

    /// The counts of an indicator, by its position in the definition; nothing for a position
    /// that it does not have.
    pub fn measure_counts(&self, indicator: usize) -> Vec<MeasureCounts> {
        let strata = self.measured(indicator).strata;
        let sexes = [Sex::Girls, Sex::Boys, Sex::Unsaid];
        let sexes = sexes.into_iter().skip(sexes.len().saturating_sub(strata.len()));
        let counts = sexes.zip(strata).map(|(sex, stratum)| MeasureCounts {
            sex,
            valid: stratum.valid,
            parts: stratum.parts,
            squares: stratum.squares,
        });
        counts.collect()
    }
}
