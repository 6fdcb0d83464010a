//! Indicators whose counts depend on each other: the parts of a distribution, or one alone.

use super::limit::{ALL, Limit};
use super::profile::Span;
use super::published::{Published, PublishedCell, Table};
use std::collections::{BTreeMap, BTreeSet};

/// The least valid answers behind a shown cell, and the least in percent of the respondents.
const ANSWERS: i64 = 10;
const ANSWERED_PERCENT: i64 = 80;
/// The least in the condition of a shown conditional share.
const CONDITION: i64 = 30;
/// What is not at class level: so many classes and respondents.
const GROUP_CLASSES: usize = 3;
const GROUP_RESPONDENTS: i64 = 40;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Share,
    /// Among those of whom something else holds; how many they are is unknown.
    Conditional,
    Mean,
}

#[derive(Debug, Clone)]
pub(super) struct Family {
    pub(super) kind: Kind,
    /// The ids of its cells; several make up all valid answers together.
    pub(super) parts: Vec<String>,
}

/// The families of all indicators of which some release has a cell.
pub(super) fn families(releases: &[&Published]) -> Vec<Family> {
    let tables = releases.iter().flat_map(|release| &release.groups).flat_map(|group| {
        std::iter::once(&group.table).chain(group.by.values().flat_map(BTreeMap::values))
    });
    let ids: BTreeSet<&str> =
        tables.flat_map(|table| table.cells.keys()).map(String::as_str).collect();
    let mut families: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for id in ids {
        let family = id.split_once('.').map_or(id, |(family, _)| family);
        families.entry(family).or_default().push(id.to_owned());
    }
    let family = |(id, parts): (&str, Vec<String>)| {
        let kinds = releases.iter().map(|release| &release.kinds);
        let mut words = kinds.filter_map(|kinds| kinds.get(id).or(kinds.get(parts.first()?)));
        Family { kind: kind(words.next().map_or("", String::as_str)), parts }
    };
    families.into_iter().map(family).collect()
}

fn kind(word: &str) -> Kind {
    match word {
        "mean" => Kind::Mean,
        word if word.contains("condition") => Kind::Conditional,
        _ => Kind::Share,
    }
}

impl Kind {
    /// How many hits one pupil can be.
    pub(super) fn scale(self) -> i64 {
        if self == Self::Mean { ALL } else { 1 }
    }

    /// What a cell says of a group in which `done` are done.
    pub(super) fn limit(
        self,
        cell: &PublishedCell,
        table: &Table,
        done: Span,
        classes: usize,
    ) -> Limit {
        let hidden_for = |reason: &str| cell.reason() == Some(reason);
        let mut answers = cell.answers().unwrap_or([0, done[1]]);
        // What is hidden for the sake of other groups could have been shown for its own, unless
        // the group is hidden as a whole.
        let spared = hidden_for("other_group") && table.respondents().is_some();
        if cell.band().is_some() || spared {
            answers[0] = answers[0].max(self.least_shown(done));
        } else if hidden_for("few_answers") && self != Self::Conditional {
            let under = (ANSWERED_PERCENT * done[1] - 1).div_euclid(100);
            answers[1] = answers[1].min(under.max(ANSWERS - 1));
        } else if hidden_for("small_condition")
            && (classes >= GROUP_CLASSES && done[0] >= GROUP_RESPONDENTS)
        {
            answers[1] = answers[1].min(CONDITION - 1);
        }
        Limit { answers, band: cell.band(), interval: cell.interval() }
    }

    fn least_shown(self, done: Span) -> i64 {
        match self {
            Self::Conditional => CONDITION,
            _ => ANSWERS.max((ANSWERED_PERCENT * done[0] + 99).div_euclid(100)),
        }
    }
}
