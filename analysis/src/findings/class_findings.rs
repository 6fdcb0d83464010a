//! What the page of a class or of a group above says first: what is strong, what needs
//! attention, what cannot be said.

use super::advice::{cell_id, decided, whole};
use super::{Outcome, smallest_shown};
use crate::{Cell, Group, Reason, Tenths};
use survey_definitions::{Indicator, Measure, NextSteps, Rule, Survey};

/// Percent from which on something holds of most.
const HALF: u8 = 50;

/// How many strengths and pieces of advice are named: as many as a tired person reads.
const MOST: usize = 3;

/// What is found, as data; the words are the page's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassFindings<'a> {
    /// Highest first.
    pub strong: Vec<Strength<'a>>,
    /// In the order of the rules.
    pub attention: Vec<Advised<'a>>,
    /// Advice to go on as before.
    pub keep: Vec<Advised<'a>>,
    /// What is not shown of the first group itself; the most frequent reason first.
    pub unsaid: Vec<Unsaid<'a>>,
}

/// An indicator that would ask for attention if it were low, and is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strength<'a> {
    pub indicator: &'a Indicator,
    /// The smallest group that shows it.
    pub group: &'a Group,
    pub low: Tenths,
    pub high: Tenths,
}

/// A rule that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advised<'a> {
    pub rule: &'a Rule,
    /// The smallest group that shows every cell that the rule looks at.
    pub group: &'a Group,
}

/// The indicators that are hidden for one reason, in the order of the definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaid<'a> {
    pub reason: Reason,
    pub indicators: Vec<&'a Indicator>,
}

/// The findings of the first group of `chain`, which for a class holds the groups around it up
/// to the school, smallest first, and nothing else for a group above. Only published cells are looked at; ties go by the order of the
/// definition.
pub fn class_findings<'a>(
    survey: &'a Survey,
    steps: Option<&'a NextSteps>,
    chain: &[&'a Group],
) -> ClassFindings<'a> {
    let rules = steps.map_or(&[][..], |steps| &steps.rules);
    let advised = |keep: bool| {
        let rules = rules.iter().filter(move |rule| rule.keep == keep);
        rules.filter_map(|rule| advised(rule, chain)).take(MOST).collect()
    };
    ClassFindings {
        strong: strong(survey, rules, chain),
        attention: advised(false),
        keep: advised(true),
        unsaid: chain.first().map(|class| unsaid(survey, class)).unwrap_or_default(),
    }
}

/// A low share of something bad is never a strength: in a small group "few" and "none" are one
/// band, so that only what a rule wants to be high can be one. Nor is what holds of less than half.
fn strong<'a>(survey: &'a Survey, rules: &[Rule], chain: &[&'a Group]) -> Vec<Strength<'a>> {
    let mut strong: Vec<Strength<'a>> = survey
        .indicators
        .iter()
        .filter_map(|indicator| {
            let limit = whole(wanted_from(&indicator.id, rules)?.max(HALF));
            let group = smallest_shown(chain, &indicator.id)?;
            match group.cells.get(&indicator.id)? {
                Cell::Band { low, high, .. } if low >= limit => {
                    Some(Strength { indicator, group, low, high })
                }
                _ => None,
            }
        })
        .collect();
    strong.sort_by_key(|one| std::cmp::Reverse(one.low));
    strong.truncate(MOST);
    strong
}

/// From where on an indicator needs no advice, by a rule that looks at nothing else.
fn wanted_from(indicator: &str, rules: &[Rule]) -> Option<u8> {
    let limits = rules.iter().filter_map(|rule| match rule.when.as_slice() {
        [one] if one.at_least.is_none() && cell_id(one) == indicator => one.below,
        _ => None,
    });
    limits.max()
}

/// Of the cell of an indicator, what asks for attention: a high or a low number, by a rule that
/// looks at nothing else; `None` where no rule does.
pub fn worse_when(cell: &str, rules: &[Rule]) -> Option<Outcome> {
    rules.iter().find_map(|rule| match rule.when.as_slice() {
        [one] if !rule.keep && cell_id(one) == cell => {
            Some(if one.at_least.is_some() { Outcome::Higher } else { Outcome::Lower })
        }
        _ => None,
    })
}

/// Decided by the smallest group that shows all its cells, not by any that it happens to hold of.
fn advised<'a>(rule: &'a Rule, chain: &[&'a Group]) -> Option<Advised<'a>> {
    let (group, holds) =
        chain.iter().find_map(|group| Some((*group, decided(rule, &group.cells)?)))?;
    holds.then_some(Advised { rule, group })
}

fn unsaid<'a>(survey: &'a Survey, class: &Group) -> Vec<Unsaid<'a>> {
    let mut all: Vec<Unsaid<'a>> = Reason::ALL
        .map(|reason| {
            let hidden = |indicator: &&Indicator| reason_of(indicator, class) == Some(reason);
            Unsaid { reason, indicators: survey.indicators.iter().filter(hidden).collect() }
        })
        .into();
    all.retain(|one| !one.indicators.is_empty());
    all.sort_by_key(|one| std::cmp::Reverse(one.indicators.len()));
    all
}

/// Why nothing of an indicator is shown; a distribution's first part speaks for all when none is.
fn reason_of(indicator: &Indicator, class: &Group) -> Option<Reason> {
    let reason = |id: &str| match class.cells.get(id)? {
        Cell::Hidden { reason } => Some(reason),
        Cell::Band { .. } => None,
    };
    match &indicator.measure {
        Measure::Shares { parts } => {
            let mut reasons =
                parts.iter().map(|part| reason(&format!("{}.{}", indicator.id, part.id)));
            let first = reasons.next()??;
            reasons.all(|reason| reason.is_some()).then_some(first)
        }
        Measure::Share { .. } | Measure::Mean { .. } => reason(&indicator.id),
    }
}
