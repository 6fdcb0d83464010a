//! What an attacker learned, and whether that breaks the policy.

use super::domain::Domain;
use super::profile::Span;

/// Everything learned from the releases.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// Every cell, shown or hidden, then the differences of shown groups.
    pub rows: Vec<Finding>,
    /// What would be broken besides if the answers of every class with the same number done in
    /// both waves were the same: guesses, not certainties. Empty when the answers cannot be so.
    pub supposed: Vec<Finding>,
    /// How many groups were looked at, tables by sex and language included.
    pub groups: usize,
    /// How many differences of shown groups with possibly under 10 pupils were looked at, over
    /// all indicators.
    pub differences: usize,
}

/// What is known of one indicator in one group.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// `school:12`, `school:12/sex=girl`, `school:12 minus class:12a minus class:12b`; with two
    /// waves followed by `@` and the wave.
    pub group: String,
    pub indicator: String,
    /// The least and the most pupils with the property that fit everything published; for a
    /// mean the sum of scores, divided by 100.
    pub low: f64,
    pub high: f64,
    /// How many counts fit; `None` for a mean, which has no counts.
    pub allowed: Option<i64>,
    pub broken: Option<Broken>,
}

/// How a cell breaks the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Broken {
    /// A hidden cell with fewer than 3 counts that fit, or a hidden mean with one value.
    HiddenTooFew,
    /// A shown cell of a group under 1000 with a single count that fits.
    ShownOne,
    /// A group under 10 of which all are known to have the property.
    AllKnown,
    /// A group under 10 of which all are known not to have it.
    NoneKnown,
}

impl Broken {
    /// The word in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::HiddenTooFew => "hidden_too_few",
            Self::ShownOne => "shown_one",
            Self::AllKnown => "all_known",
            Self::NoneKnown => "none_known",
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    Shown,
    Hidden,
    Difference,
}

/// The rules of the policy, in respondents and counts.
const SMALL: i64 = 10;
const LARGE: i64 = 1000;
const HIDDEN_COUNTS: i64 = 3;
const SHOWN_COUNTS: i64 = 2;

/// What rule is broken in a group in which `done` are done. A group where nobody can be done
/// breaks none.
pub(super) fn broken(cell: Cell, domain: &Domain, done: Span, scale: i64) -> Option<Broken> {
    if done[1] <= 0 {
        return None;
    }
    if done[0] < SMALL {
        if domain.is_surely(1, scale) {
            return Some(Broken::AllKnown);
        }
        if domain.is_surely(0, scale) {
            return Some(Broken::NoneKnown);
        }
    }
    // A mean can be anything between its ends, so that only one value is too few.
    let (hidden, shown) = if scale == 1 { (HIDDEN_COUNTS, SHOWN_COUNTS) } else { (2, 1) };
    // One pupil has two counts whatever is published.
    let before = done[1] * scale + 1;
    match cell {
        Cell::Hidden if domain.allowed() < hidden.min(before) => Some(Broken::HiddenTooFew),
        Cell::Shown if done[0] < LARGE && domain.allowed() < shown => Some(Broken::ShownOne),
        _ => None,
    }
}

impl Finding {
    pub(super) fn of(
        group: &str,
        indicator: &str,
        cell: Cell,
        domain: &Domain,
        done: Span,
        scale: i64,
    ) -> Self {
        let [low, high] = domain.hits().map(|hits| hits as f64 / scale as f64);
        let (group, indicator) = (group.to_owned(), indicator.to_owned());
        let allowed = (scale == 1).then(|| domain.allowed());
        Self { group, indicator, low, high, allowed, broken: broken(cell, domain, done, scale) }
    }
}
