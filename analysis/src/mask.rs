//! Hiding so that nothing hidden can be worked out by subtraction.
//!
//! Groups lie inside each other like a tree. What a reader can work out from shown groups are
//! unions of remainders: a shown group without the largest shown groups inside it. So each
//! remainder must itself be something that could be shown. A reader who is given only the upper
//! levels has larger remainders; each such view is checked too, so that no single district is
//! left over for somebody who sees districts and no school.

use crate::facts::Facts;
use crate::tree::Tree;
use crate::{Level, Reason};

/// What a remainder must have, unless nobody answered in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Needs {
    pub(crate) respondents: u32,
    /// Valid answers, unless there are none.
    pub(crate) valid: u32,
    pub(crate) classes: u32,
    /// Schools, where it is made of groups above the school.
    pub(crate) schools: u32,
}

/// One indicator, or the groups as such, over the whole tree.
pub(crate) struct Mask<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) facts: &'a [Facts],
    /// Valid answers of each group.
    pub(crate) valid: &'a [u32],
    pub(crate) needs: Needs,
    /// For each group why it is hidden; `None` when it is shown.
    pub(crate) hidden: Vec<Option<Reason>>,
}

/// A shown group without the largest shown groups inside it.
#[derive(Debug, Default)]
struct Remainder {
    /// Hidden groups with respondents, of the smallest level in view.
    groups: u32,
    respondents: u32,
    valid: u32,
    classes: u32,
    schools: u32,
    /// The largest shown groups inside.
    shown: Vec<usize>,
}

impl Mask<'_> {
    /// Hides more until every remainder of every view is large enough or empty.
    ///
    /// From the top down: what is hidden inside a shown group changes the remainders of that
    /// group and of no other. Where a group must be hidden itself, the one around it is looked
    /// at again.
    pub(crate) fn complete(mut self) -> Vec<Option<Reason>> {
        for group in (0..self.tree.nodes.len()).rev() {
            let mut next = Some(group).filter(|group| self.is_shown(*group));
            while let Some(group) = next {
                next = if self.settle(group) { None } else { self.shown_around(group) };
            }
        }
        self.hidden
    }

    /// Makes the remainders of one group large enough, hiding its smallest parts first; false if
    /// nothing was left to hide but the group itself.
    fn settle(&mut self, group: usize) -> bool {
        while let Some(remainder) = self.too_small(group) {
            match self.smallest(&remainder.shown) {
                Some(smallest) => self.hide(smallest),
                None => {
                    self.hide(group);
                    return false;
                }
            }
        }
        true
    }

    /// A remainder of the group that is not large enough, in the view of fewest levels.
    fn too_small(&self, group: usize) -> Option<Remainder> {
        let node = self.tree.nodes.get(group)?;
        let views = Level::ALL.into_iter().rev().filter(|view| *view < node.level);
        let mut remainders = views.map(|view| (self.remainder(group, view), view));
        let found = remainders.find(|(remainder, view)| !self.is_enough(remainder, *view));
        found.map(|(remainder, _)| remainder)
    }

    /// The smallest shown group around a group.
    fn shown_around(&self, group: usize) -> Option<usize> {
        let mut around = self.tree.nodes.get(group)?.parent;
        while let Some(parent) = around.filter(|parent| !self.is_shown(*parent)) {
            around = self.tree.nodes.get(parent)?.parent;
        }
        around
    }

    fn remainder(&self, group: usize, view: Level) -> Remainder {
        let mut remainder = Remainder::default();
        self.add_children(group, view, &mut remainder);
        remainder
    }

    fn add_children(&self, group: usize, view: Level, remainder: &mut Remainder) {
        let Some(node) = self.tree.nodes.get(group) else { return };
        for child in &node.children {
            let Some(facts) = self.facts.get(*child).filter(|facts| facts.respondents > 0) else {
                continue;
            };
            if self.is_shown(*child) {
                remainder.shown.push(*child);
            } else if self.tree.nodes.get(*child).is_some_and(|child| child.level == view) {
                remainder.groups += 1;
                remainder.respondents += facts.respondents;
                remainder.valid += self.valid.get(*child).copied().unwrap_or_default();
                remainder.classes += facts.classes;
                remainder.schools += facts.schools;
            } else {
                self.add_children(*child, view, remainder);
            }
        }
    }

    fn is_enough(&self, remainder: &Remainder, view: Level) -> bool {
        let needs = self.needs;
        remainder.groups == 0
            || remainder.groups >= 2
                && remainder.respondents >= needs.respondents
                && (remainder.valid == 0 || remainder.valid >= needs.valid)
                && remainder.classes >= needs.classes
                && (view < Level::District || remainder.schools >= needs.schools)
    }

    /// The group with the fewest respondents, the first of those by level and id.
    fn smallest(&self, groups: &[usize]) -> Option<usize> {
        let respondents = |group: &usize| self.facts.get(*group).map(|facts| facts.respondents);
        groups.iter().copied().min_by_key(|group| (respondents(group), *group))
    }

    fn is_shown(&self, group: usize) -> bool {
        self.hidden.get(group) == Some(&None)
    }

    fn hide(&mut self, group: usize) {
        if let Some(hidden) = self.hidden.get_mut(group) {
            *hidden = Some(Reason::OtherGroup);
        }
    }
}
