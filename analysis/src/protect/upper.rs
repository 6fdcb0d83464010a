//! The policy-width loop above the schools.
//!
//! Groups there are large, and a step from exact counts to bands of one point frees dozens of
//! counts: so the loop tries nothing out, but coarsens, step by step, that of the shown groups
//! around whatever is known too well whose band leaves the fewest counts.

use super::flow::Flow;
use super::groups::SchoolGroups;
use super::known::{Known, Leaves};
use super::moves::Moves;
use super::problem::Problem;
use super::room::Room;
use super::shape::{Place, Shape};
use super::state::State;
use crate::Policy;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// The nation, regions and districts, with the schools as leaves.
pub(crate) struct Upper<'a> {
    pub(crate) problem: Problem<'a>,
    schools: &'a [SchoolGroups],
    moves: &'a Moves,
    policy: &'a Policy,
    /// The schools by what lies around them.
    around: Vec<Vec<usize>>,
    /// How far each school can be changed by each kind of move, as far as that was asked.
    rooms: Vec<Option<Vec<Room>>>,
}

/// What schools must be able to take together before the next one makes no difference to any of
/// them: enough, and enough without one of them.
const PLENTY: u16 = 2 * Room::ENOUGH as u16;

impl<'a> Upper<'a> {
    /// The leaves of the problem are the schools.
    pub(crate) fn new(
        problem: Problem<'a>,
        schools: &'a [SchoolGroups],
        moves: &'a Moves,
        policy: &'a Policy,
    ) -> Self {
        let mut around: Vec<Vec<usize>> = vec![Vec::new(); problem.spots.len()];
        for (school, spot) in problem.spots.iter().enumerate().take(schools.len()) {
            if let Some(inside) = spot.parent.and_then(|parent| around.get_mut(parent)) {
                inside.push(school);
            }
        }
        Self { problem, schools, moves, policy, around, rooms: vec![None; schools.len()] }
    }

    /// Coarsens until nothing above the schools is known too well, and says for each school how
    /// far everything around it lets it change by each kind of move. `rooms_of` says how far a
    /// school itself can be changed.
    pub(crate) fn solve(
        &mut self,
        rooms_of: impl Fn(&'a SchoolGroups) -> Vec<Room> + Sync,
    ) -> Vec<Vec<Room>> {
        self.ask(rooms_of);
        let outside = vec![Room::FREE; self.moves.all.len()];
        let leaves = Leaves::Schools(self.rooms.clone());
        let mut known = Known::new(self.moves, self.policy, leaves);
        loop {
            let places = self.problem.places_from(self.schools.len());
            let too_much: Vec<Place> = places
                .filter(|place| known.is_too_much(&mut self.problem, *place, &outside))
                .collect();
            let steps: BTreeSet<Place> =
                too_much.into_iter().filter_map(|place| self.to_coarsen(place)).collect();
            if steps.is_empty() {
                break;
            }
            for place in steps {
                self.coarsen(place);
                known.update(&mut self.problem, place);
            }
        }
        let flows: Vec<Flow> = (0..outside.len())
            .filter_map(|index| known.flow(&mut self.problem, index).cloned())
            .collect();
        let around = |school: usize| {
            flows.iter().map(|flow| flow.around(&self.problem, school, Room::FREE)).collect()
        };
        (0..self.schools.len()).map(around).collect()
    }

    /// A school shows something else now.
    pub(crate) fn forget(&mut self, school: usize) {
        if let Some(rooms) = self.rooms.get_mut(school) {
            *rooms = None;
        }
    }

    /// Asks schools for their rooms until those that were not asked make no difference. A few
    /// schools of a district can take nearly every move between them.
    fn ask(&mut self, rooms_of: impl Fn(&'a SchoolGroups) -> Vec<Room> + Sync) {
        let asked: Vec<Vec<(usize, Vec<Room>)>> =
            self.around.par_iter().map(|schools| self.to_ask(schools, &rooms_of)).collect();
        for (school, rooms) in asked.into_iter().flatten() {
            if let Some(slot) = self.rooms.get_mut(school) {
                *slot = Some(rooms);
            }
        }
    }

    /// Of the schools of one district those that must be asked, with their answers.
    fn to_ask(
        &self,
        schools: &[usize],
        rooms_of: impl Fn(&'a SchoolGroups) -> Vec<Room>,
    ) -> Vec<(usize, Vec<Room>)> {
        let mut together = vec![[0_u16; 2]; self.moves.all.len()];
        let rooms = |school: &usize| self.rooms.get(*school)?.as_ref();
        schools.iter().filter_map(rooms).for_each(|rooms| add(&mut together, rooms));
        let mut asked = Vec::new();
        for school in schools.iter().filter(|school| rooms(school).is_none()) {
            let Some(groups) = self.schools.get(*school) else { continue };
            let mut left = self
                .moves
                .all
                .iter()
                .zip(&together)
                .filter(|(_, together)| together.iter().any(|together| *together < PLENTY));
            if left.any(|(one, _)| groups.languages.contains(&one.language)) {
                let rooms = rooms_of(groups);
                add(&mut together, &rooms);
                asked.push((*school, rooms));
            }
        }
        asked
    }

    /// Coarsens what is shown around schools that cannot keep the rules alone; false if nothing
    /// around them is shown.
    pub(crate) fn give_room(&mut self, schools: &[usize]) -> bool {
        let places: Vec<Place> = self
            .problem
            .places()
            .filter(|place| schools.binary_search(&place.spot).is_ok())
            .collect();
        let around: BTreeSet<Place> =
            places.into_iter().filter_map(|place| self.tightest_around(place)).collect();
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
    fn to_coarsen(&mut self, place: Place) -> Option<Place> {
        let everybody = Place { quantity: Shape::EVERYBODY, ..place };
        let tables =
            (0..self.problem.shape.quantities()).map(|quantity| Place { quantity, ..place });
        let here = tables.filter(|other| *other != place && self.problem.is_shown(*other));
        let here: Vec<Place> = here.collect();
        let around = [place, everybody].map(|place| self.tightest_around(place));
        let near = around.into_iter().flatten().chain(here).collect();
        let own = Some(place).filter(|place| self.problem.is_shown(*place));
        self.tightest(near).or(own)
    }

    fn tightest_around(&mut self, place: Place) -> Option<Place> {
        let around = std::iter::successors(self.problem.shown_around(place), |place| {
            self.problem.shown_around(*place)
        });
        let around: Vec<Place> = around.collect();
        self.tightest(around)
    }

    /// The place with the least room; the largest group of several. `None` where every place
    /// leaves more counts than any rule asks for: coarsening one would help nobody.
    fn tightest(&mut self, places: Vec<Place>) -> Option<Place> {
        let rooms = places.into_iter().map(|place| (self.problem.answers(place), place));
        rooms
            .filter(|(room, _)| *room != Room::FREE)
            .min_by_key(|(room, place)| (room.up + room.down, std::cmp::Reverse(place.spot)))
            .map(|(_, place)| place)
    }
}

fn add(together: &mut [[u16; 2]], rooms: &[Room]) {
    for ([up, down], room) in together.iter_mut().zip(rooms) {
        *up = up.saturating_add(room.up.into());
        *down = down.saturating_add(room.down.into());
    }
}
