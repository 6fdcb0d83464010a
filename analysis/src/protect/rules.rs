//! What may be shown of one measure in each group by fixed rules, before anything is compared
//! with anything else.

use super::mask::{Mask, Needs};
use super::slices::Slice;
use super::state::State;
use crate::bands::Column;
use crate::measure_source::{MeasureKind, MeasureSource};
use crate::tree::Tree;
use crate::{Policy, Reason};

/// One measure of one slice.
pub(crate) struct Rules<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) policy: &'a Policy,
    pub(crate) measure: &'a MeasureSource,
    pub(crate) slice: &'a Slice,
    /// Valid answers of each group.
    pub(crate) valid: &'a [u32],
    /// A number to tell groups of one size apart.
    pub(crate) values: &'a [u64],
}

impl Rules<'_> {
    /// For each group what is to be shown; `None` where there is no such number.
    pub(crate) fn states(&self) -> Vec<Option<State>> {
        let hidden: Vec<Option<Reason>> =
            (0..self.tree.nodes.len()).map(|node| self.why_hidden(node)).collect();
        let hidden = match self.keeps_class_level() {
            true => self.without_class_level_remainders(hidden),
            false => hidden,
        };
        let states = hidden.into_iter().zip(self.valid).zip(&self.slice.exists);
        states
            .map(|((hidden, valid), exists)| match (hidden, Column::of(*valid)) {
                _ if !exists => None,
                (Some(reason), _) => Some(State::Hidden(reason)),
                (None, Some(column)) => Some(State::Shown(column)),
                (None, None) => Some(State::Hidden(Reason::Withheld)),
            })
            .collect()
    }

    /// Whether the measure is never shown at class level. A distribution is not: its parts add up,
    /// so that together they tell more of a class than each apart.
    fn keeps_class_level(&self) -> bool {
        self.measure.sensitive || self.is_conditional() || self.is_distribution()
    }

    fn is_distribution(&self) -> bool {
        matches!(self.measure.kind, MeasureKind::Shares { .. })
    }

    fn is_conditional(&self) -> bool {
        matches!(self.measure.kind, MeasureKind::ConditionalShare)
    }

    fn without_class_level_remainders(&self, hidden: Vec<Option<Reason>>) -> Vec<Option<Reason>> {
        let needs = Needs {
            respondents: self.policy.class_level_respondents,
            classes: self.policy.class_level_classes,
        };
        let values = |node: usize| {
            let valid = self.valid.get(node).copied().unwrap_or_default();
            (valid, self.values.get(node).copied().unwrap_or_default())
        };
        let (tree, facts) = (self.tree, self.slice.facts.as_slice());
        Mask { tree, facts, needs, values: &values, hidden }.complete()
    }

    fn why_hidden(&self, node: usize) -> Option<Reason> {
        if let Some(Some(reason)) = self.slice.hidden.get(node) {
            return Some(*reason);
        }
        let policy = self.policy;
        let facts = self.slice.facts.get(node).copied().unwrap_or_default();
        let valid = self.valid.get(node).copied().unwrap_or_default();
        let enough = if self.is_conditional() {
            valid >= policy.condition
        } else {
            let (answered, needed) = (u64::from(valid) * 100, u64::from(facts.respondents));
            valid >= policy.threshold && answered >= needed * u64::from(policy.answered_percent)
        };
        let class_level = self.slice.class_level.get(node) != Some(&false);
        if self.measure.sensitive && class_level {
            Some(Reason::Sensitive)
        } else if self.is_distribution() && class_level
            || self.measure.published_from.is_some_and(|from| facts.respondents < from)
            || self.is_conditional() && facts.classes < policy.class_level_classes
        {
            Some(Reason::SmallGroup)
        } else if !enough {
            Some(Reason::Withheld)
        } else {
            None
        }
    }
}
