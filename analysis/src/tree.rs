use crate::structure::form;
use crate::{ClassPlace, Level, Structure};
use std::collections::BTreeMap;
use survey_definitions::Form;

/// The groups that have a class of one form, by level and id: classes first, the nation last,
/// so that a parent always comes after its children.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    /// For each class of the structure its node; `None` for a class of another form.
    class_nodes: Vec<Option<u32>>,
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

impl Tree {
    pub(crate) fn of(structure: &Structure, wanted: Form) -> Self {
        let mut nodes: Vec<Node> = Vec::new();
        let mut class_nodes = vec![None; structure.classes().len()];
        let chosen = structure.classes().iter().enumerate();
        let chosen = chosen.filter(|(_, place)| form(&place.form) == Some(wanted));
        // For each group of the level below its node, and a class to find its parent by.
        let mut below: Vec<(usize, &ClassPlace)> = Vec::new();
        for (index, place) in chosen {
            if let Some(slot) = class_nodes.get_mut(index) {
                *slot = u32::try_from(nodes.len()).ok();
            }
            below.push((nodes.len(), place));
            nodes.push(node(Level::Class, &place.class, place.enrolment));
        }
        for level in [Level::School, Level::District, Level::Region, Level::Nation] {
            below = add_level(&mut nodes, level, &below);
        }
        Self { nodes, class_nodes, structure: structure.clone() }
    }

    /// The structure that the groups come from.
    pub(crate) fn structure(&self) -> &Structure {
        &self.structure
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

fn node(level: Level, id: &str, enrolment: u32) -> Node {
    Node { level, id: id.to_owned(), parent: None, children: Vec::new(), enrolment }
}

fn group_of(place: &ClassPlace, level: Level) -> &str {
    match level {
        Level::Class => &place.class,
        Level::School => &place.school,
        Level::District => &place.district,
        Level::Region => &place.region,
        Level::Nation => NATION,
    }
}

/// Adds the parents of the groups `below`, in the order of their ids.
fn add_level<'s>(
    nodes: &mut Vec<Node>,
    level: Level,
    below: &[(usize, &'s ClassPlace)],
) -> Vec<(usize, &'s ClassPlace)> {
    let mut families: BTreeMap<&str, (&'s ClassPlace, Vec<usize>)> = BTreeMap::new();
    for (child, place) in below {
        let family = families.entry(group_of(place, level));
        family.or_insert((place, Vec::new())).1.push(*child);
    }
    let mut added = Vec::with_capacity(families.len());
    for (id, (place, children)) in families {
        let index = nodes.len();
        for child in &children {
            if let Some(child) = nodes.get_mut(*child) {
                child.parent = Some(index);
            }
        }
        nodes.push(Node { children, ..node(level, id, 0) });
        added.push((index, place));
    }
    added
}
