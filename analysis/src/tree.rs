use crate::structure::form;
use crate::{ClassPlace, Level, Structure};
use std::collections::{BTreeMap, HashMap};
use std::ops::{AddAssign, Range};
use survey_definitions::Form;

/// The groups that have a class of one form, by level and id: classes first, the nation last,
/// so that a parent always comes after its children.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    /// For each class of the structure its node; `None` for a class of another form.
    class_nodes: Vec<Option<u32>>,
    /// For each node its parent; the last has none and is its own. Close together, unlike the
    /// nodes, for whoever sums upward.
    parents: Vec<u32>,
    structure: Structure,
}

/// One group.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) level: Level,
    pub(crate) id: String,
    pub(crate) parent: Option<usize>,
    /// Ascending; empty for a class.
    pub(crate) children: Vec<usize>,
    /// Of a class; 0 for others.
    pub(crate) enrolment: u32,
}

/// The only group of the highest level.
const NATION: &str = "nation";

/// Grades that are shown together where single grades are too small: ages that HBSC reports
/// together (11, 13, 15 and older), and the whole junior form.
const BANDS: [(u8, u8); 4] = [(2, 4), (5, 6), (7, 9), (10, 12)];

impl Tree {
    pub(crate) fn of(structure: &Structure, wanted: Form) -> Self {
        let mut nodes: Vec<Node> = Vec::new();
        let mut class_nodes = vec![None; structure.classes().len()];
        let chosen = structure.classes().iter().enumerate();
        let chosen = chosen.filter(|(_, place)| form(&place.form) == Some(wanted));
        // For each group that has no parent yet its node, and a class to find its parent by.
        let mut below: Vec<(usize, &ClassPlace)> = Vec::new();
        for (index, place) in chosen {
            if let Some(slot) = class_nodes.get_mut(index) {
                *slot = u32::try_from(nodes.len()).ok();
            }
            below.push((nodes.len(), place));
            nodes.push(node(Level::Class, place.class.clone(), place.enrolment));
        }
        let sizes = sizes(&below);
        for level in Level::ALL.into_iter().filter(|level| *level > Level::Class) {
            below = add_level(&mut nodes, level, below, &sizes);
        }
        let parents = nodes.iter().enumerate().map(|(index, node)| node.parent.unwrap_or(index));
        let parents = parents.filter_map(|parent| u32::try_from(parent).ok()).collect();
        Self { nodes, class_nodes, parents, structure: structure.clone() }
    }

    /// The structure that the groups come from.
    pub(crate) fn structure(&self) -> &Structure {
        &self.structure
    }

    /// How many nodes are classes; they come first.
    pub(crate) fn classes(&self) -> usize {
        self.nodes.partition_point(|node| node.level == Level::Class)
    }

    /// The nodes of the schools.
    pub(crate) fn schools(&self) -> Range<usize> {
        let before = |wanted: Level| self.nodes.partition_point(|node| node.level < wanted);
        before(Level::School)..before(Level::District)
    }

    /// The school of each class, as a position in [`Self::schools`].
    pub(crate) fn schools_of_classes(&self) -> Vec<usize> {
        let first = self.schools().start;
        let mut schools: Vec<usize> = (0..self.nodes.len()).collect();
        // Downward: a parent comes after all its children.
        for node in (0..first.min(schools.len())).rev() {
            let parent = self.parents.get(node).and_then(|parent| schools.get(*parent as usize));
            if let (Some(school), Some(slot)) = (parent.copied(), schools.get_mut(node)) {
                *slot = school;
            }
        }
        schools.truncate(self.classes());
        schools.into_iter().map(|school| school.saturating_sub(first)).collect()
    }

    /// Adds to every node the values of its children, so that a group has the sum of its
    /// classes.
    pub(crate) fn sum_upward<T: Copy + AddAssign>(&self, values: &mut [T]) {
        for (node, parent) in self.parents.iter().enumerate() {
            let parent = *parent as usize;
            if parent == node {
                continue;
            }
            let Some(value) = values.get(node).copied() else { return };
            if let Some(sum) = values.get_mut(parent) {
                *sum += value;
            }
        }
    }

    /// The position of a class in the structure.
    pub(crate) fn class(&self, id: &str) -> Option<(usize, &ClassPlace)> {
        let classes = self.structure.classes();
        let index = classes.binary_search_by(|place| place.class.as_str().cmp(id)).ok()?;
        Some((index, classes.get(index)?))
    }

    /// The node of a class by its position in the structure.
    pub(crate) fn class_node(&self, class: usize) -> Option<u32> {
        self.class_nodes.get(class).copied().flatten()
    }

    /// The class of a node.
    pub(crate) fn place(&self, node: usize) -> Option<&ClassPlace> {
        let id = &self.nodes.get(node)?.id;
        self.class(id).map(|(_, place)| place)
    }
}

fn node(level: Level, id: String, enrolment: u32) -> Node {
    Node { level, id, parent: None, children: Vec::new(), enrolment }
}

/// The id of the group of a level that a class lies in; `None` if its grade is not known.
fn group_of(place: &ClassPlace, level: Level) -> Option<String> {
    let grade = || place.grade.parse::<u8>().ok();
    Some(match level {
        Level::Class => place.class.clone(),
        Level::Grade => format!("{}/{}", place.school, grade()?),
        Level::Band => {
            let grade = grade()?;
            let mut bands = BANDS.into_iter();
            let (low, high) = bands.find(|(low, high)| (*low..=*high).contains(&grade))?;
            format!("{}/{low}-{high}", place.school)
        }
        Level::School => place.school.clone(),
        Level::District => place.district.clone(),
        Level::Region => place.region.clone(),
        Level::Nation => NATION.to_owned(),
    })
}

/// How many classes each grade, band of grades and school has.
fn sizes(classes: &[(usize, &ClassPlace)]) -> HashMap<(Level, String), u32> {
    let mut sizes = HashMap::new();
    for (_, place) in classes {
        for level in [Level::Grade, Level::Band, Level::School] {
            if let Some(id) = group_of(place, level) {
                *sizes.entry((level, id)).or_default() += 1;
            }
        }
    }
    sizes
}

/// The id of the group of a level that a class is counted in; `None` where the level is left
/// out, because the group would be its only class, its only grade or its whole school.
fn counted_in(
    place: &ClassPlace,
    level: Level,
    sizes: &HashMap<(Level, String), u32>,
) -> Option<String> {
    let size = |level| Some(*sizes.get(&(level, group_of(place, level)?))?);
    let distinct = match level {
        Level::Grade => size(level) > Some(1) && size(level) < size(Level::School),
        Level::Band => size(level) > size(Level::Grade) && size(level) < size(Level::School),
        _ => true,
    };
    group_of(place, level).filter(|_| distinct)
}

/// Adds the parents of the groups `below`, in the order of their ids, and returns the groups
/// that have no parent yet: these, and those that skip the level.
fn add_level<'s>(
    nodes: &mut Vec<Node>,
    level: Level,
    below: Vec<(usize, &'s ClassPlace)>,
    sizes: &HashMap<(Level, String), u32>,
) -> Vec<(usize, &'s ClassPlace)> {
    let mut families: BTreeMap<String, (&'s ClassPlace, Vec<usize>)> = BTreeMap::new();
    let mut above = Vec::new();
    for (child, place) in below {
        match counted_in(place, level, sizes) {
            Some(id) => families.entry(id).or_insert((place, Vec::new())).1.push(child),
            None => above.push((child, place)),
        }
    }
    for (id, (place, children)) in families {
        let index = nodes.len();
        for child in &children {
            if let Some(child) = nodes.get_mut(*child) {
                child.parent = Some(index);
            }
        }
        nodes.push(Node { children, ..node(level, id, 0) });
        above.push((index, place));
    }
    above.sort_unstable_by_key(|(node, _)| *node);
    above
}
