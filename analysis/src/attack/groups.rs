//! The groups of one or more releases, as nodes that are sums of each other.

use super::links::{Links, MANY};
use super::profile::Span;
use super::published::{Published, Table};
use super::ties::Tie;
use super::tree::Tree;
use super::{AttackError, Known, tables};
use std::collections::HashMap;

/// Something of which a release may tell a number: a group of the tree, the part of it that one
/// language or sex makes up, or what is in neither table.
#[derive(Debug, Clone, Default)]
pub(super) struct Group<'a> {
    /// `school:12`, `school:12/sex=girl`.
    pub(super) label: String,
    /// What is published of it, once a release; two for a language that is all of its district.
    pub(super) tables: Vec<Shown<'a>>,
    /// Ways in which it is made up of other groups, each whole.
    pub(super) splits: Vec<Vec<usize>>,
    /// How many classes it has.
    pub(super) classes: usize,
}

/// A table under the name by which findings tell of it.
#[derive(Debug, Clone)]
pub(super) struct Shown<'a> {
    pub(super) label: String,
    pub(super) table: &'a Table,
}

/// All groups of one wave, or of several with what they are supposed to share.
#[derive(Debug, Clone, Default)]
pub(super) struct Groups<'a> {
    pub(super) list: Vec<Group<'a>>,
    pub(super) links: Links,
    /// What indicators say about each other.
    pub(super) ties: Vec<Tie<String>>,
    /// Ids of classes with their groups.
    classes: Vec<(&'a str, usize)>,
}

/// What is known of a wave: its releases, and how many are done in which class.
#[derive(Clone, Copy)]
pub(super) struct Wave<'a, 'k> {
    pub(super) releases: &'a [&'a Published],
    pub(super) known: &'k Known<'a>,
    /// Which of the attacker's lists of done counts is of this wave.
    pub(super) done: usize,
    /// Said after each label, when there are several waves.
    pub(super) suffix: &'a str,
}

impl<'a> Groups<'a> {
    /// The groups of a wave with all equations between them.
    pub(super) fn of(wave: Wave<'a, '_>) -> Result<Self, AttackError> {
        let mut groups = Self { ties: wave.known.ties.clone(), ..Self::default() };
        let tree = Tree::of(wave, &mut groups)?;
        tables::add_languages(wave, &tree, &mut groups)?;
        tables::add_sexes(wave, &tree, &mut groups);
        groups.classes = tree.class_groups().collect();
        groups.narrow_by_tables();
        groups.add_links();
        for group in &mut groups.list {
            group.label.push_str(wave.suffix);
            group.tables.iter_mut().for_each(|shown| shown.label.push_str(wave.suffix));
        }
        groups.check()?;
        Ok(groups)
    }

    /// Adds a group of which nothing is known yet.
    pub(super) fn add(&mut self, label: String, classes: usize) -> usize {
        self.list.push(Group { label, classes, ..Group::default() });
        self.links.add_node()
    }

    /// Says that a group is made up of others.
    pub(super) fn add_split(&mut self, group: usize, parts: Vec<usize>) {
        if let (Some(group), false) = (self.list.get_mut(group), parts.is_empty()) {
            group.splits.push(parts);
        }
    }

    /// Adds what is published of a group.
    pub(super) fn publish(&mut self, group: usize, shown: Shown<'a>) {
        if let Some(group) = self.list.get_mut(group) {
            group.tables.push(shown);
        }
    }

    pub(super) fn label(&self, group: usize) -> &str {
        self.list.get(group).map_or("", |group| &group.label)
    }

    pub(super) fn classes_of(&self, group: usize) -> usize {
        self.list.get(group).map_or(0, |group| group.classes)
    }

    /// Whether a release shows an indicator of a group.
    pub(super) fn shows(&self, group: usize, indicator: &str) -> bool {
        let tables = self.list.get(group).into_iter().flat_map(|group| &group.tables);
        let mut cells = tables.filter_map(|shown| shown.table.cells.get(indicator));
        cells.any(|cell| cell.band().is_some())
    }

    /// Adds another wave and supposes that classes with the same number done gave the same
    /// answers.
    pub(super) fn suppose_same(&mut self, other: Self) -> Result<(), AttackError> {
        let own = self.list.len();
        let same = self.same_classes(&other);
        // Helpers lie behind the groups, so they are made anew, for all groups together.
        self.links.list.clear();
        self.links.done.truncate(own);
        self.links.done.extend(other.links.done.iter().take(other.list.len()));
        self.classes.extend(other.classes.into_iter().map(|(id, class)| (id, class + own)));
        self.list.extend(other.list.into_iter().map(|mut group| {
            group.splits.iter_mut().flatten().for_each(|part| *part += own);
            group
        }));
        for (one, other) in same {
            self.add_split(one, vec![other + own]);
        }
        self.add_links();
        self.check()
    }

    /// The classes of which just as many are done there, as far as that is known for certain.
    fn same_classes(&self, other: &Self) -> Vec<(usize, usize)> {
        let there: HashMap<&str, usize> = other.classes.iter().copied().collect();
        let pairs = self.classes.iter().filter_map(|(id, class)| {
            let (one, two) = (self.links.done(*class), other.links.done(*there.get(id)?));
            (one == two && one[0] == one[1]).then_some((*class, *there.get(id)?))
        });
        pairs.collect()
    }

    /// Adds the equations between all groups, and narrows what is done.
    fn add_links(&mut self) {
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        // Small groups first, so that one walk up and one down suffice where groups nest.
        order.sort_by_key(|group| self.classes_of(*group));
        for index in order {
            for split in self.list.get(index).into_iter().flat_map(|group| &group.splits) {
                self.links.add_sum(index, split);
            }
        }
        self.links.narrow_done(0);
    }

    fn narrow_by_tables(&mut self) {
        for (index, group) in self.list.iter().enumerate() {
            for Shown { table, .. } in &group.tables {
                self.links.keep(index, done_by(table));
            }
        }
    }

    fn check(&self) -> Result<(), AttackError> {
        for (group, done) in self.list.iter().zip(&self.links.done) {
            if done[0] > done[1] {
                return Err(AttackError::Done { group: group.label.clone() });
            }
        }
        Ok(())
    }
}

/// How many are done in a group by what is published of it. The width of a band tells nothing
/// more: a published range of respondents lies inside one column of the widths.
fn done_by(table: &Table) -> Span {
    match table.respondents() {
        Some(range) => range,
        None if table.has_reason("few_respondents") => [0, 9],
        None => [0, MANY],
    }
}
