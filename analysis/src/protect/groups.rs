//! The groups of a country, cut up for the loop: each school by itself, and everything above.

use super::shape::Spot;
use super::slices::Slices;
use crate::Level;
use crate::tree::Tree;
use std::collections::BTreeSet;

/// The same for every measure.
pub(crate) struct Groups {
    pub(crate) schools: Vec<SchoolGroups>,
    /// The schools, in the same order, as leaves; then the groups above them.
    pub(crate) upper: Vec<Spot>,
}

pub(crate) struct SchoolGroups {
    /// The school last.
    pub(crate) spots: Vec<Spot>,
    /// The languages of its classes.
    pub(crate) languages: Vec<u8>,
    /// Groups and quantities of which a reader could learn something, whatever the measure.
    pub(crate) judged: Vec<(usize, usize)>,
}

impl Groups {
    pub(crate) fn of(tree: &Tree, slices: &Slices) -> Self {
        let spots = |nodes: Vec<usize>| -> Vec<Spot> {
            nodes.iter().map(|node| spot(tree, slices, *node, &nodes)).collect()
        };
        let school = |nodes| {
            let spots = spots(nodes);
            let classes = spots.iter().filter(|spot| spot.children.is_empty());
            let languages: BTreeSet<u8> = classes.map(|class| class.language).collect();
            let judged = judged(&spots, slices);
            SchoolGroups { spots, languages: languages.into_iter().collect(), judged }
        };
        Self {
            schools: nodes_by_school(tree).into_iter().map(school).collect(),
            upper: spots((tree.schools().start..tree.nodes.len()).collect()),
        }
    }
}

/// Of everybody in a group, and of every stratum where there is a table by sex; not of nobody, and
/// not twice of the same pupils.
fn judged(spots: &[Spot], slices: &Slices) -> Vec<(usize, usize)> {
    let spots = spots
        .iter()
        .enumerate()
        .filter(|(_, spot)| !spot.same_as_inside && slices.respondents(spot.node) > 0);
    let strata = slices.strata.len();
    let quantities = |by_sex: bool| if by_sex { 0..=strata } else { 0..=0 };
    spots
        .flat_map(|(index, spot)| quantities(spot.by_sex).map(move |quantity| (index, quantity)))
        .collect()
}

/// One group among those of a problem.
fn spot(tree: &Tree, slices: &Slices, node: usize, nodes: &[usize]) -> Spot {
    let here = tree.nodes.get(node);
    let by_sex = slices.sexes.first().and_then(|slice| slice.exists.get(node));
    let at = |node: usize| nodes.binary_search(&node).ok();
    let children = here.into_iter().flat_map(|here| &here.children);
    Spot {
        node,
        parent: here.and_then(|here| here.parent).and_then(at),
        children: children.filter_map(|child| at(*child)).collect(),
        language: slices.of_class.get(node).copied().unwrap_or_default(),
        by_sex: by_sex == Some(&true),
        same_as_inside: same_as_inside(tree, slices, node),
        same_as_hidden: same_as_hidden(tree, slices, node),
    }
}

fn same_as_inside(tree: &Tree, slices: &Slices, node: usize) -> bool {
    let mut inside = tree.nodes.get(node).into_iter().flat_map(|node| &node.children);
    let all = slices.respondents(node);
    all > 0 && inside.any(|inside| slices.respondents(*inside) == all)
}

fn same_as_hidden(tree: &Tree, slices: &Slices, node: usize) -> bool {
    let parent = |node: &usize| tree.nodes.get(*node).and_then(|node| node.parent);
    std::iter::successors(parent(&node), parent)
        .take_while(|around| slices.respondents(*around) == slices.respondents(node))
        .any(|around| tree.nodes.get(around).is_some_and(|one| one.level > Level::School))
}

/// For each school its groups, the school last.
fn nodes_by_school(tree: &Tree) -> Vec<Vec<usize>> {
    let range = tree.schools();
    let mut schools = vec![Vec::new(); range.len()];
    let mut school_of: Vec<usize> = (0..range.end).collect();
    for node in (0..range.start).rev() {
        let parent = tree.nodes.get(node).and_then(|node| node.parent);
        let school = parent.and_then(|parent| school_of.get(parent).copied());
        if let (Some(school), Some(slot)) = (school, school_of.get_mut(node)) {
            *slot = school;
        }
    }
    for (node, school) in school_of.into_iter().enumerate() {
        if let Some(nodes) = school.checked_sub(range.start).and_then(|at| schools.get_mut(at)) {
            nodes.push(node);
        }
    }
    schools
}
