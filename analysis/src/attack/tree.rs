//! The tree of a release: which classes lie in which group.

use super::AttackError;
use super::groups::{Groups, Shown, Wave};
use super::published::PublishedGroup;
use crate::ClassPlace;
use std::collections::{BTreeMap, HashMap};

/// The levels, smallest first.
const LEVELS: [&str; 7] = ["class", "grade", "band", "school", "district", "region", "nation"];
/// Where tables by language start.
const DISTRICT: usize = 4;

/// The published groups, by position in [`Groups`].
#[derive(Debug, Default)]
pub(super) struct Tree<'a> {
    /// By level and id.
    ids: BTreeMap<(usize, &'a str), usize>,
    /// For each class its place and the groups around it, itself first.
    pub(super) classes: Vec<(&'a ClassPlace, Vec<usize>)>,
    /// For each group the largest groups inside it.
    children: HashMap<usize, Vec<usize>>,
}

impl<'a> Tree<'a> {
    /// Adds every group that is published and how they lie in each other.
    pub(super) fn of(wave: Wave<'a, '_>, groups: &mut Groups<'a>) -> Result<Self, AttackError> {
        let mut tree = Self::default();
        for group in wave.releases.iter().flat_map(|release| &release.groups) {
            tree.add_group(group, groups)?;
        }
        for place in wave.known.structure.classes() {
            tree.add_class(place, wave, groups);
        }
        for (group, children) in &tree.children {
            groups.add_split(*group, children.clone());
        }
        match tree.ids.values().find(|group| groups.classes_of(**group) == 0) {
            Some(group) => {
                Err(AttackError::UnknownGroup { group: groups.label(*group).to_owned() })
            }
            None => Ok(tree),
        }
    }

    /// The position of a published group.
    pub(super) fn find(&self, group: &'a PublishedGroup) -> Option<usize> {
        self.ids.get(&(level(group)?, &group.group)).copied()
    }

    /// The largest groups inside a group.
    pub(super) fn children_of(&self, group: usize) -> &[usize] {
        self.children.get(&group).map_or(&[], Vec::as_slice)
    }

    /// The classes with their groups.
    pub(super) fn class_groups(&self) -> impl Iterator<Item = (&'a str, usize)> {
        let classes = self.classes.iter();
        classes.filter_map(|(place, chain)| Some((place.class.as_str(), *chain.first()?)))
    }

    /// The groups from the district up.
    pub(super) fn above_schools(&self) -> impl Iterator<Item = usize> {
        self.ids.iter().filter(|((level, _), _)| *level >= DISTRICT).map(|(_, group)| *group)
    }

    fn add_group(
        &mut self,
        published: &'a PublishedGroup,
        groups: &mut Groups<'a>,
    ) -> Result<(), AttackError> {
        let label = format!("{}:{}", published.level, published.group);
        let Some(level) = level(published) else {
            return Err(AttackError::UnknownGroup { group: label });
        };
        let group = self.ids.entry((level, &published.group));
        let group = *group.or_insert_with(|| groups.add(label.clone(), 0));
        groups.publish(group, Shown { label, table: &published.table });
        Ok(())
    }

    /// Adds a class that the release tells of to the groups around it.
    fn add_class(&mut self, place: &'a ClassPlace, wave: Wave<'a, '_>, groups: &mut Groups<'a>) {
        let Some(class) = self.ids.get(&(0, place.class.as_str())).copied() else { return };
        let chain: Vec<usize> = self.around(place);
        for group in &chain {
            if let Some(group) = groups.list.get_mut(*group) {
                group.classes += 1;
            }
        }
        for [child, parent] in chain.array_windows() {
            let children = self.children.entry(*parent).or_default();
            if !children.contains(child) {
                children.push(*child);
            }
        }
        let tables = groups.list.get(class).map(|group| group.tables.clone()).unwrap_or_default();
        groups.links.keep(class, wave.known.done_in(wave.done, place, &tables));
        self.classes.push((place, chain));
    }

    /// The published groups around a class, itself first.
    fn around(&self, place: &ClassPlace) -> Vec<usize> {
        let grade = format!("{}/{}", place.school, place.grade);
        let ids =
            [&place.class, &grade, "", &place.school, &place.district, &place.region, "nation"];
        let found = ids.iter().enumerate().map(|(level, id)| match level {
            2 => self.band(place),
            _ => self.ids.get(&(level, *id)).copied(),
        });
        found.flatten().collect()
    }

    /// The band of grades that a class lies in: `SCHOOL/LOW-HIGH`.
    fn band(&self, place: &ClassPlace) -> Option<usize> {
        let grade: u32 = place.grade.parse().ok()?;
        let bands = self.ids.range((2, place.school.as_str())..(3, ""));
        let mut bands = bands.take_while(|((_, id), _)| id.starts_with(&place.school));
        let holds = |id: &str| {
            let grades = id.strip_prefix(&place.school)?.strip_prefix('/')?;
            let (low, high) = grades.split_once('-')?;
            Some((low.parse::<u32>().ok()?..=high.parse().ok()?).contains(&grade))
        };
        bands.find(|((_, id), _)| holds(id) == Some(true)).map(|(_, group)| *group)
    }
}

fn level(group: &PublishedGroup) -> Option<usize> {
    LEVELS.iter().position(|name| *name == group.level)
}
