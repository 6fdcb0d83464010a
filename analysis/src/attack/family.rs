//! Which indicators there are, which depend on each other, and what a cell of each kind says.

use super::limit::{ALL, Limit};
use super::profile::Span;
use super::published::{Published, PublishedCell, Table};
use super::ties::Tie;
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

/// One indicator, or one part of a distribution.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) id: String,
    pub(super) kind: Kind,
}

/// Indicators whose counts depend on each other, so that they are narrowed together.
#[derive(Debug, Clone, Default)]
pub(super) struct Family {
    pub(super) parts: Vec<Part>,
    pub(super) ties: Vec<Tie<usize>>,
}

/// All indicators of which some release has a cell, in families.
pub(super) fn families(releases: &[&Published], ties: &[Tie<String>]) -> Vec<Family> {
    let tables = releases.iter().flat_map(|release| &release.groups).flat_map(|group| {
        std::iter::once(&group.table).chain(group.by.values().flat_map(BTreeMap::values))
    });
    let ids: BTreeSet<&str> =
        tables.flat_map(|table| table.cells.keys()).map(String::as_str).collect();
    let mut ties = ties.to_vec();
    let mut distributions: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for id in &ids {
        if let Some((distribution, _)) = id.split_once('.') {
            distributions.entry(distribution).or_default().push((*id).to_owned());
        }
    }
    ties.extend(distributions.into_values().filter(|parts| parts.len() > 1).map(Tie::Whole));
    ties.retain(|tie| tie.parts().iter().all(|part| ids.contains(part.as_str())));
    let mut left: Vec<&str> = ids.into_iter().collect();
    let mut families = Vec::new();
    while let Some(first) = left.first().copied() {
        let names = tied_to(first, &ties);
        left.retain(|id| !names.contains(*id));
        families.push(family(&names, &ties, releases));
    }
    families
}

/// Everything that ties lead to from one indicator.
fn tied_to<'t>(first: &'t str, ties: &'t [Tie<String>]) -> BTreeSet<&'t str> {
    let mut found = BTreeSet::from([first]);
    loop {
        let before = found.len();
        for tie in ties {
            let parts = tie.parts();
            if parts.iter().any(|part| found.contains(part.as_str())) {
                found.extend(parts.into_iter().map(String::as_str));
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

fn family(names: &BTreeSet<&str>, ties: &[Tie<String>], releases: &[&Published]) -> Family {
    let part = |id: &&str| {
        let whole = id.split_once('.').map_or(*id, |(whole, _)| whole);
        let kinds = releases.iter().map(|release| &release.kinds);
        let mut words = kinds.filter_map(|kinds| kinds.get(whole).or(kinds.get(*id)));
        let word = words.next().map_or("", String::as_str);
        let conditional = ties.iter().any(|tie| tie.is_condition_of(id));
        let kind = if conditional { Kind::Conditional } else { kind(word) };
        Part { id: (*id).to_owned(), kind }
    };
    let place = |id: &String| names.iter().position(|name| name == id);
    let ties = ties.iter().filter_map(|tie| tie.map(place)).collect();
    Family { parts: names.iter().map(part).collect(), ties }
}

fn kind(word: &str) -> Kind {
    match word {
        "mean" => Kind::Mean,
        word if word.contains("condition") => Kind::Conditional,
        _ => Kind::Share,
    }
}

impl Family {
    /// How many hits one pupil can be, in each of its indicators.
    pub(super) fn scale(&self) -> i64 {
        self.parts.first().map_or(1, |part| part.kind.scale())
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
