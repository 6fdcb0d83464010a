//! What is kept from class level stays kept when shown groups are subtracted: what is left of a
//! shown group without the largest shown groups inside it must not be class level either.

use super::facts::Facts;
use crate::Reason;
use crate::tree::Tree;

/// What a remainder must have, unless nobody answered in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Needs {
    pub(crate) respondents: u32,
    pub(crate) classes: u32,
}

/// One indicator over the whole tree.
pub(crate) struct Mask<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) facts: &'a [Facts],
    pub(crate) needs: Needs,
    /// By what to choose between groups of one size, so that the ids do not choose.
    pub(crate) values: &'a dyn Fn(usize) -> (u32, u64),
    /// For each group why it is hidden; `None` when it is shown.
    pub(crate) hidden: Vec<Option<Reason>>,
}

/// A shown group without the largest shown groups inside it.
#[derive(Debug, Default)]
struct Remainder {
    respondents: u32,
    classes: u32,
    /// The largest shown groups inside.
    shown: Vec<usize>,
}

impl Mask<'_> {
    /// Hides more until every remainder is large enough or empty.
    ///
    /// From the top down: what is hidden inside a shown group changes the remainder of that
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

    /// Makes the remainder of one group large enough, hiding its smallest parts first; false if
    /// nothing was left to hide but the group itself.
    fn settle(&mut self, group: usize) -> bool {
        loop {
            let mut remainder = Remainder::default();
            self.add_children(group, &mut remainder);
            if self.is_enough(&remainder) {
                return true;
            }
            let size = |group: &usize| self.facts.get(*group).map(|facts| facts.respondents);
            let shown = remainder.shown.iter().copied();
            match shown.min_by_key(|group| (size(group), (self.values)(*group), *group)) {
                Some(smallest) => self.hide(smallest),
                None => {
                    self.hide(group);
                    return false;
                }
            }
        }
    }

    /// The smallest shown group around a group.
    fn shown_around(&self, group: usize) -> Option<usize> {
        let mut around = self.tree.nodes.get(group)?.parent;
        while let Some(parent) = around.filter(|parent| !self.is_shown(*parent)) {
            around = self.tree.nodes.get(parent)?.parent;
        }
        around
    }

    fn add_children(&self, group: usize, remainder: &mut Remainder) {
        let Some(node) = self.tree.nodes.get(group) else { return };
        for child in &node.children {
            let Some(facts) = self.facts.get(*child).filter(|facts| facts.respondents > 0) else {
                continue;
            };
            if self.is_shown(*child) {
                remainder.shown.push(*child);
            } else if self.tree.nodes.get(*child).is_some_and(|child| child.children.is_empty()) {
                remainder.respondents += facts.respondents;
                remainder.classes += facts.classes;
            } else {
                self.add_children(*child, remainder);
            }
        }
    }

    fn is_enough(&self, remainder: &Remainder) -> bool {
        remainder.classes == 0
            || remainder.respondents >= self.needs.respondents
                && remainder.classes >= self.needs.classes
    }

    fn is_shown(&self, group: usize) -> bool {
        self.hidden.get(group) == Some(&None)
    }

    fn hide(&mut self, group: usize) {
        if let Some(hidden) = self.hidden.get_mut(group) {
            *hidden = Some(Reason::Withheld);
        }
    }
}
