//! What is left of shown groups when the largest shown groups inside them are taken away.

use super::groups::Groups;
use super::links::Links;
use std::collections::BTreeSet;

/// A difference and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Difference {
    pub(super) whole: usize,
    /// The shown groups that are taken away.
    pub(super) without: Vec<usize>,
    /// The groups that are left.
    pub(super) rest: Vec<usize>,
}

/// All differences, by each way in which a group is made up of others. Taking away fewer groups
/// leaves more than 10 pupils, of which no rule speaks.
pub(super) fn differences(
    groups: &Groups<'_>,
    shown: impl Fn(usize) -> bool,
) -> BTreeSet<Difference> {
    let mut found = BTreeSet::new();
    for (whole, group) in groups.list.iter().enumerate().filter(|(index, _)| shown(*index)) {
        for split in &group.splits {
            let mut difference = Difference { whole, without: Vec::new(), rest: Vec::new() };
            take_away(groups, &shown, split, &mut difference);
            let Difference { without, rest, .. } = &difference;
            let is_group = rest.len() == 1 && rest.iter().all(|rest| is_published(groups, *rest));
            if !without.is_empty() && !rest.is_empty() && !is_group {
                found.insert(difference);
            }
        }
    }
    found
}

fn take_away(
    groups: &Groups<'_>,
    shown: &impl Fn(usize) -> bool,
    parts: &[usize],
    difference: &mut Difference,
) {
    for part in parts {
        if shown(*part) {
            difference.without.push(*part);
            continue;
        }
        let before = (difference.without.len(), difference.rest.len());
        let split = groups.list.get(*part).and_then(|group| group.splits.first());
        take_away(groups, shown, split.map_or(&[], Vec::as_slice), difference);
        if difference.without.len() == before.0 {
            difference.rest.truncate(before.1);
            difference.rest.push(*part);
        }
    }
}

fn is_published(groups: &Groups<'_>, group: usize) -> bool {
    groups.list.get(group).is_some_and(|group| !group.tables.is_empty())
}

impl Difference {
    /// The least that can be done in it, at a glance.
    pub(super) fn least(&self, links: &Links) -> i64 {
        let sum = |groups: &[usize], end: usize| -> i64 {
            groups.iter().map(|group| links.done(*group)[end]).sum()
        };
        sum(&self.rest, 0).max(links.done(self.whole)[0] - sum(&self.without, 1))
    }

    /// Adds it as a node with its equations.
    pub(super) fn add(&self, links: &mut Links) -> usize {
        let first = links.list.len();
        let node = links.add_node();
        links.add_sum(node, &self.rest);
        let parts: Vec<usize> = self.without.iter().copied().chain([node]).collect();
        links.add_sum(self.whole, &parts);
        links.narrow_done(first);
        node
    }
}
