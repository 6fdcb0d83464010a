//! The policy-width loop above the schools.
//!
//! Groups there are large, and a step from exact counts to bands of one point frees dozens of
//! counts: so the loop takes the plain way of the policy and coarsens, step by step, the smallest
//! shown group around whatever is known too well.

use super::flow::Flow;
use super::known::Known;
use super::moves::Move;
use super::problem::{Place, Problem, Shape};
use super::room::Room;
use super::state::State;
use crate::Policy;
use std::collections::BTreeSet;

/// The nation, regions and districts, with the schools as leaves.
pub(crate) struct Upper<'a> {
    pub(crate) problem: Problem,
    pub(crate) moves: &'a [Move],
    pub(crate) policy: &'a Policy,
}

impl Upper<'_> {
    /// Coarsens until nothing above the schools is known too well, and says for each kind of
    /// move and each school how far everything around the school lets it change. `schools` has
    /// the rooms of the schools, by kind of move, in the order of the leaves.
    pub(crate) fn solve(&mut self, schools: &[Vec<Room>]) -> Vec<Vec<Room>> {
        loop {
            let mut known = Known::nothing(&self.problem, self.policy);
            let mut outside = Vec::with_capacity(self.moves.len());
            for (index, one) in self.moves.iter().enumerate() {
                let leaf = |spot: usize| schools.get(spot)?.get(index).copied();
                let flow = Flow::of(&self.problem, *one, leaf);
                let around = flow.around(&self.problem, Room::FREE);
                known.add(*one, &flow, &around);
                outside.push(around.into_iter().take(schools.len()).collect());
            }
            let too_much = known.too_much();
            let steps: BTreeSet<Place> = too_much
                .into_iter()
                .filter(|place| place.spot >= schools.len())
                .filter_map(|place| self.to_coarsen(place))
                .collect();
            if steps.is_empty() {
                return outside;
            }
            for place in steps {
                self.coarsen(place);
            }
        }
    }

    /// Coarsens what is shown around a school that cannot keep the rules alone; false if nothing
    /// around it is shown.
    pub(crate) fn give_room(&mut self, school: usize) -> bool {
        let places = self.problem.places().filter(|place| place.spot == school);
        let around: BTreeSet<Place> =
            places.filter_map(|place| self.problem.shown_around(place)).collect();
        around.iter().for_each(|place| self.coarsen(*place));
        !around.is_empty()
    }

    fn coarsen(&mut self, place: Place) {
        if let Some(coarser) = self.problem.state(place).and_then(State::coarser) {
            self.problem.set(place, coarser);
        }
    }

    /// The smallest shown group around; for a part of a group also the group itself, and at last
    /// the tables of the group.
    fn to_coarsen(&self, place: Place) -> Option<Place> {
        let shown = |place: &Place| self.problem.state(*place).is_some_and(State::is_shown);
        let whole = Place { quantity: Shape::EVERYBODY, ..place };
        let tables =
            (0..self.problem.shape.quantities()).map(|quantity| Place { quantity, ..place });
        let here = std::iter::once(whole).chain(tables).filter(|other| *other != place);
        self.problem
            .shown_around(place)
            .or_else(|| here.chain([place]).find(shown))
            .or_else(|| self.problem.shown_around(whole))
    }
}
