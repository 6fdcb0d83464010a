//! All attacks of both adversaries on a wave.

use crate::holdings::Holdings;
use crate::plan::Stratum;
use crate::statistics::{Group, Score};
use crate::{matching, operator};
use std::collections::BTreeMap;

/// By adversary, with the attack, and stratum.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scores(pub BTreeMap<(String, Stratum), Score>);

impl Scores {
    /// Everything that both adversaries can do with a wave.
    pub fn of(holdings: &Holdings, seed: u64) -> Self {
        let mut scores = Self::default();
        operator::attack(holdings, seed, &mut scores);
        matching::attack(holdings, seed, &mut scores);
        scores
    }

    pub fn add(&mut self, adversary: &str, stratum: Stratum, group: Group, hits: usize) {
        self.0.entry((adversary.to_owned(), stratum)).or_default().add(group, hits);
    }

    pub fn merge(&mut self, other: &Self) {
        for (row, score) in &other.0 {
            self.0.entry(row.clone()).or_default().merge(score);
        }
    }
}
