//! How much of a release its readers get to see.

use super::{Cell, Release};
use crate::Level;
use std::collections::BTreeMap;

/// The cells of one indicator: how many are shown, of how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub indicator: String,
    /// In the groups of each level, in the order of [`Level::ALL`].
    pub levels: Vec<ShownCells>,
    /// Classes for which it is shown of the class itself, or else of its grade, its band of
    /// grades or its school.
    pub class_pages: ShownCells,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ShownCells {
    pub shown: u32,
    pub of: u32,
}

impl Release {
    /// What is shown of each indicator, in the order of their ids. Tables by sex and language
    /// are not counted.
    pub fn shown(&self) -> Vec<Shown> {
        let ids = self.header.indicators.keys();
        let positions: BTreeMap<(Level, &str), usize> = self
            .groups
            .iter()
            .enumerate()
            .map(|(at, group)| ((group.level, group.group.as_str()), at))
            .collect();
        ids.map(|id| self.shown_of(id, &positions)).collect()
    }

    fn shown_of(&self, id: &str, positions: &BTreeMap<(Level, &str), usize>) -> Shown {
        let mut levels = vec![ShownCells::default(); Level::ALL.len()];
        // Parents come after their children, so that they are known when these are looked at.
        let mut seen_up_to_school = vec![false; self.groups.len()];
        let mut class_pages = ShownCells::default();
        for (at, group) in self.groups.iter().enumerate().rev() {
            let own = matches!(group.cells.get(id), Some(Cell::Band { .. }));
            let level = Level::ALL.iter().position(|level| *level == group.level);
            if let Some(cells) = level.and_then(|level| levels.get_mut(level)) {
                cells.add(own);
            }
            let around = group.parent.as_ref().filter(|parent| parent.level <= Level::School);
            let around =
                around.and_then(|parent| positions.get(&(parent.level, parent.group.as_str())));
            let around = around.and_then(|at| seen_up_to_school.get(*at)) == Some(&true);
            if let Some(slot) = seen_up_to_school.get_mut(at) {
                *slot = own || around;
            }
            if group.level == Level::Class {
                class_pages.add(own || around);
            }
        }
        Shown { indicator: id.to_owned(), levels, class_pages }
    }
}

impl ShownCells {
    fn add(&mut self, shown: bool) {
        self.of += 1;
        self.shown += u32::from(shown);
    }

    /// In whole percent, rounded down; `None` of no cells.
    pub fn percent(self) -> Option<u32> {
        (self.shown * 100).checked_div(self.of)
    }
}
