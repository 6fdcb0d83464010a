//! One measure, from its counts to what is shown of it in every group.

use super::groups::{Groups, SchoolGroups};
use super::moves::Moves;
use super::numbers::AllNumbers;
use super::problem::Problem;
use super::room::Room;
use super::rules::Rules;
use super::school::{Outcome, School};
use super::shape::{Place, Shape};
use super::slices::{Slice, Slices};
use super::state::State;
use super::upper::Upper;
use crate::Policy;
use crate::measure_source::MeasureSource;
use crate::tree::Tree;
use rayon::prelude::*;

/// Everything about one measure.
pub(crate) struct Measure<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) policy: &'a Policy,
    pub(crate) slices: &'a Slices,
    pub(crate) groups: &'a Groups,
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
        let in_school = Shape { languages: 0, ..shape };
        let languages = self.slices.names.len().max(1) as u8;
        let (moves, moves_in_school) =
            (Moves::of(shape, languages), Moves::of(in_school, languages));
        let groups = self.groups.schools.as_slice();
        let mut schools: Vec<School<'_>> = groups
            .par_iter()
            .map(|groups| {
                let problem = self.problem(groups, in_school, states);
                School::new(problem, groups, &moves_in_school, self.policy)
            })
            .collect();
        let mut upper = self.upper(&moves, states);
        let mut last_resort = false;
        loop {
            let mut outside = upper.solve(&mut |school, index| room(&mut schools, school, index));
            // Nearly every school keeps the rules as if nobody could stop or begin to answer.
            let keeps: Vec<bool> = schools
                .par_iter_mut()
                .zip(&outside)
                .map(|(school, outside)| school.keeps_with(outside.clone()))
                .collect();
            let others = outside.iter_mut().enumerate();
            let others = others.filter(|(school, _)| keeps.get(*school) == Some(&false));
            upper.fill_valid(&mut |school, index| room(&mut schools, school, index), others);
            let outcomes: Vec<Outcome> = schools
                .par_iter_mut()
                .zip(outside)
                .zip(keeps)
                .map(|((school, outside), keeps)| match keeps {
                    true => Outcome::Unchanged,
                    false => school.settle(outside, last_resort),
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
        write_back(&upper.problem, states, schools.len());
    }

    fn problem<'s>(&self, school: &'s SchoolGroups, shape: Shape, states: &States) -> Problem<'s> {
        let spots = school.spots.as_slice();
        Problem::new(shape, spots, |place| {
            let node = spots.get(place.spot).map_or(0, |spot| spot.node);
            let Place { quantity, part, .. } = place;
            let count = self.numbers.count(self.slices, quantity, part, node);
            (count, state(states, quantity, part, node))
        })
    }

    /// The schools as leaves, of which only the room is known, and the groups above them.
    fn upper<'m>(&'m self, moves: &'m Moves, states: &States) -> Upper<'m> {
        let Groups { schools, upper: spots } = self.groups;
        let problem = Problem::new(self.numbers.shape, spots, |place| {
            let node = spots.get(place.spot).map_or(0, |spot| spot.node);
            let Place { spot, quantity, part } = place;
            let count = self.numbers.count(self.slices, quantity, part, node);
            let above = spot >= schools.len();
            (count, above.then(|| state(states, quantity, part, node)).flatten())
        });
        Upper::new(problem, schools, moves, self.policy)
    }
}

fn room(schools: &mut [School<'_>], school: usize, index: usize) -> Room {
    schools.get_mut(school).map_or(Room::NONE, |school| school.room(index))
}

fn state(states: &States, quantity: usize, part: usize, node: usize) -> Option<State> {
    states.get(quantity)?.get(part)?.get(node).copied().flatten()
}

/// What the loop decided, from a group of the problem on.
fn write_back(problem: &Problem<'_>, states: &mut States, first: usize) {
    for place in problem.places_from(first) {
        let Some(spot) = problem.spots.get(place.spot) else { continue };
        let slot = states.get_mut(place.quantity).and_then(|parts| parts.get_mut(place.part));
        if let Some(slot) = slot.and_then(|nodes| nodes.get_mut(spot.node)) {
            *slot = problem.state(place);
        }
    }
}
