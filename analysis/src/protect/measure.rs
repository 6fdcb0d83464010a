//! One measure, from its counts to what is shown of it in every group.

use super::moves::{Move, moves};
use super::numbers::AllNumbers;
use super::problem::{Place, Problem, Shape, Spot};
use super::room::Room;
use super::rules::Rules;
use super::school::{Outcome, School};
use super::slices::{STRATA_BY_SEX, Slice, Slices};
use super::state::State;
use super::upper::Upper;
use crate::measure_source::MeasureSource;
use crate::tree::Tree;
use crate::{Level, Policy};
use rayon::prelude::*;

/// Everything about one measure.
pub(crate) struct Measure<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) policy: &'a Policy,
    pub(crate) slices: &'a Slices,
    /// For each school its groups, the school last.
    pub(crate) schools: &'a [Vec<usize>],
    pub(crate) source: &'a MeasureSource,
    pub(crate) numbers: &'a AllNumbers,
}

/// What is to be shown, by quantity, part and group.
pub(crate) type States = Vec<Vec<Vec<Option<State>>>>;

impl Measure<'_> {
    /// What may be shown by the fixed rules.
    pub(crate) fn by_rules(&self) -> States {
        let shape = self.numbers.shape;
        let mut states =
            vec![vec![vec![None; self.tree.nodes.len()]; shape.parts]; shape.quantities()];
        let mut fill = |quantity: usize, slice: &Slice| {
            let Some(numbers) = self.numbers.numbers.get(quantity) else { return };
            for (part, values) in numbers.parts.iter().enumerate() {
                let rules = Rules {
                    tree: self.tree,
                    policy: self.policy,
                    measure: self.source,
                    slice,
                    valid: &numbers.valid,
                    values,
                };
                if let Some(slot) = states.get_mut(quantity).and_then(|parts| parts.get_mut(part)) {
                    *slot = rules.states();
                }
            }
        };
        fill(Shape::EVERYBODY, &self.slices.everybody);
        for (sex, slice) in self.slices.sexes.iter().enumerate() {
            fill(1 + sex, slice);
        }
        for (language, slice) in self.slices.languages.iter().enumerate() {
            self.numbers.language(language).into_iter().for_each(|quantity| fill(quantity, slice));
        }
        states
    }

    /// Coarsens and hides until nobody can know too much: school by school, then above, again
    /// until nothing changes any more.
    pub(crate) fn settle(&self, states: &mut States) {
        let shape = self.numbers.shape;
        let languages = self.slices.names.len().max(1) as u8;
        let moves = moves(shape.strata as u8, languages, shape.parts as u8);
        let problem =
            |nodes: &Vec<usize>| self.problem(nodes, Shape { languages: 0, ..shape }, states);
        let mut schools: Vec<School<'_>> = self
            .schools
            .par_iter()
            .map(|nodes| School::new(problem(nodes), &moves, self.policy))
            .collect();
        let mut upper = self.upper(&moves, states);
        let mut rooms: Vec<Vec<Room>> = schools.par_iter_mut().map(School::room).collect();
        let mut kept: Vec<Vec<Room>> = vec![Vec::new(); schools.len()];
        let mut last_resort = false;
        loop {
            let outside = upper.solve(&rooms);
            let around = |school: usize| -> Vec<Room> {
                outside.iter().filter_map(|rooms| rooms.get(school).copied()).collect()
            };
            let outcomes: Vec<Outcome> = schools
                .par_iter_mut()
                .zip(&mut rooms)
                .zip(&mut kept)
                .enumerate()
                .map(|(index, ((school, room), kept))| {
                    let around = around(index);
                    // What held with as little room around holds with more.
                    if kept.len() == around.len()
                        && kept.iter().zip(&around).all(|(before, now)| before.fits_in(*now))
                    {
                        return Outcome::Unchanged;
                    }
                    let outcome = school.solve(&around, last_resort);
                    if outcome != Outcome::Unchanged {
                        *room = school.room();
                    }
                    *kept = if outcome == Outcome::Stuck { Vec::new() } else { around };
                    outcome
                })
                .collect();
            let stuck: Vec<usize> = (0..outcomes.len())
                .filter(|school| outcomes.get(*school) == Some(&Outcome::Stuck))
                .collect();
            let given = upper.give_room(&stuck);
            if !given && !outcomes.contains(&Outcome::Changed) {
                if stuck.is_empty() || last_resort {
                    break;
                }
                last_resort = true;
            }
        }
        for school in &schools {
            write_back(&school.problem, states, 0);
        }
        write_back(&upper.problem, states, self.schools.len());
    }

    /// The groups of a school.
    fn problem(&self, nodes: &[usize], shape: Shape, states: &States) -> Problem {
        let spots = nodes.iter().map(|node| self.spot(*node, nodes)).collect();
        let mut problem = Problem { shape, spots, counts: Vec::new(), states: Vec::new() };
        for place in problem.places() {
            let node = nodes.get(place.spot).copied().unwrap_or_default();
            let Place { quantity, part, .. } = place;
            problem.counts.push(self.numbers.count(self.slices, quantity, part, node));
            problem.states.push(state(states, quantity, part, node));
        }
        problem
    }

    /// The schools as leaves, of which only the room is known, and the groups above them.
    fn upper<'m>(&'m self, moves: &'m [Move], states: &States) -> Upper<'m> {
        let first = self.tree.nodes.partition_point(|node| node.level < Level::School);
        let nodes: Vec<usize> = (first..self.tree.nodes.len()).collect();
        let mut problem = self.problem(&nodes, self.numbers.shape, states);
        let numbers = problem.shape.quantities() * problem.shape.parts;
        for state in problem.states.iter_mut().take(self.schools.len() * numbers) {
            *state = None;
        }
        for spot in problem.spots.iter_mut().take(self.schools.len()) {
            spot.leaf = true;
        }
        Upper { problem, moves, policy: self.policy }
    }

    fn spot(&self, node: usize, nodes: &[usize]) -> Spot {
        let parent = self.tree.nodes.get(node).and_then(|node| node.parent);
        let exists = self.slices.sexes.first().and_then(|slice| slice.exists.get(node));
        Spot {
            node,
            parent: parent.and_then(|parent| nodes.binary_search(&parent).ok()),
            leaf: self.tree.nodes.get(node).is_some_and(|node| node.children.is_empty()),
            language: self.slices.of_class.get(node).copied().unwrap_or_default(),
            by_sex: exists == Some(&true) && self.numbers.shape.strata == STRATA_BY_SEX,
            same_as_inside: self.same_as_inside(node),
            same_as_hidden: self.same_as_hidden(node),
        }
    }

    fn same_as_inside(&self, node: usize) -> bool {
        let inside = self.tree.nodes.get(node).into_iter().flat_map(|node| &node.children);
        inside
            .map(|inside| self.respondents(*inside))
            .any(|inside| inside > 0 && inside == self.respondents(node))
    }

    fn same_as_hidden(&self, node: usize) -> bool {
        let parent = |node: &usize| self.tree.nodes.get(*node).and_then(|node| node.parent);
        std::iter::successors(parent(&node), parent)
            .take_while(|around| self.respondents(*around) == self.respondents(node))
            .any(|around| self.tree.nodes.get(around).is_some_and(|one| one.level > Level::School))
    }

    fn respondents(&self, node: usize) -> u32 {
        self.slices.everybody.facts.get(node).map_or(0, |facts| facts.respondents)
    }
}

fn state(states: &States, quantity: usize, part: usize, node: usize) -> Option<State> {
    states.get(quantity)?.get(part)?.get(node).copied().flatten()
}

/// What the loop decided, from the spot `first` on.
fn write_back(problem: &Problem, states: &mut States, first: usize) {
    for place in problem.places().filter(|place| place.spot >= first) {
        let Some(node) = problem.spots.get(place.spot).map(|spot| spot.node) else { continue };
        let slot = states.get_mut(place.quantity).and_then(|parts| parts.get_mut(place.part));
        if let Some(slot) = slot.and_then(|nodes| nodes.get_mut(node)) {
            *slot = problem.state(place);
        }
    }
}
