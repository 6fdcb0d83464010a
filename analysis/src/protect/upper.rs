//! The policy-width loop above the schools.
//!
//! Groups there are large, and a step from exact counts to bands of one point frees dozens of
//! counts: so the loop tries nothing out, but coarsens, step by step, that of the shown groups
//! around whatever is known too well whose band leaves the fewest counts.

use super::flow::Flow;
use super::known::Known;
use super::moves::Move;
use super::problem::{Place, Problem, Shape};
use super::room::{Room, Step};
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
        let mut flow = Flow::default();
        loop {
            let mut known = Known::nothing(&self.problem, self.policy);
            let mut outside = Vec::with_capacity(self.moves.len());
            for (index, one) in self.moves.iter().enumerate() {
                flow.up(&self.problem, *one, |spot| schools.get(spot)?.get(index).copied());
                flow.down(&self.problem, Room::FREE);
                known.add(*one, &flow);
                outside.push(flow.around(schools.len()));
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

    /// Coarsens what is shown around schools that cannot keep the rules alone; false if nothing
    /// around them is shown.
    pub(crate) fn give_room(&mut self, schools: &[usize]) -> bool {
        let places =
            self.problem.places().filter(|place| schools.binary_search(&place.spot).is_ok());
        let around: BTreeSet<Place> =
            places.filter_map(|place| self.tightest_around(place)).collect();
        around.iter().for_each(|place| self.coarsen(*place));
        !around.is_empty()
    }

    fn coarsen(&mut self, place: Place) {
        if let Some(coarser) = self.problem.state(place).and_then(State::coarser) {
            self.problem.set(place, coarser);
        }
    }

    /// Of what is shown around the place, or of other pupils of the same groups, that which
    /// leaves the fewest counts possible; at last the place itself.
    fn to_coarsen(&self, place: Place) -> Option<Place> {
        let everybody = Place { quantity: Shape::EVERYBODY, ..place };
        let tables =
            (0..self.problem.shape.quantities()).map(|quantity| Place { quantity, ..place });
        let here = tables.filter(|other| *other != place && self.is_shown(*other));
        let own = Some(place).filter(|place| self.is_shown(*place));
        let around = self.tightest_around(place).into_iter().chain(self.tightest_around(everybody));
        self.tightest(around.chain(here)).or(own)
    }

    fn tightest_around(&self, place: Place) -> Option<Place> {
        let around = std::iter::successors(self.problem.shown_around(place), |place| {
            self.problem.shown_around(*place)
        });
        self.tightest(around)
    }

    /// The place with the least room; the largest group of several. `None` where every place
    /// leaves more counts than any rule asks for: coarsening one would help nobody.
    fn tightest(&self, places: impl Iterator<Item = Place>) -> Option<Place> {
        let unit = self.problem.shape.unit;
        let step = Step { value: unit.step as i64, valid: 0 };
        let rooms = places.map(|place| {
            (self.problem.count(place).room(self.problem.state(place), step, unit), place)
        });
        rooms
            .filter(|(room, _)| *room != Room::FREE)
            .min_by_key(|(room, place)| (room.up + room.down, std::cmp::Reverse(place.spot)))
            .map(|(_, place)| place)
    }

    fn is_shown(&self, place: Place) -> bool {
        self.problem.state(place).is_some_and(State::is_shown)
    }
}
