//! The policy-width loop above the schools.
//!
//! Groups there are large, and a step from exact counts to bands of one point frees dozens of
//! counts: so the loop tries nothing out, but coarsens, step by step, that of the shown groups
//! around whatever is known too well whose band leaves the fewest counts.

use super::flow::Flow;
use super::known::Known;
use super::moves::Move;
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
    moves: &'a [Move],
    policy: &'a Policy,
    /// The schools by what lies around them, and the languages spoken in each.
    around: Vec<Vec<usize>>,
    spoken: Vec<BTreeSet<u8>>,
    /// How far each school can be changed by each kind of move, as far as that was asked.
    rooms: Vec<Option<Vec<Room>>>,
}

/// What schools must be able to take together before the next one makes no difference to any of
/// them: enough, and enough without one of them.
const PLENTY: u16 = 2 * Room::ENOUGH as u16;

impl<'a> Upper<'a> {
    /// `schools` are the leaves of the problem with the languages of their classes.
    pub(crate) fn new(
        problem: Problem<'a>,
        spoken: Vec<BTreeSet<u8>>,
        moves: &'a [Move],
        policy: &'a Policy,
    ) -> Self {
        let mut around: Vec<Vec<usize>> = vec![Vec::new(); problem.spots.len()];
        for (school, spot) in problem.spots.iter().enumerate().take(spoken.len()) {
            if let Some(inside) = spot.parent.and_then(|parent| around.get_mut(parent)) {
                inside.push(school);
            }
        }
        let rooms = vec![None; spoken.len()];
        Self { problem, moves, policy, around, spoken, rooms }
    }

    /// Coarsens until nothing above the schools is known too well, and says for each kind of
    /// move and each school how far everything around the school lets it change. `rooms_of` says
    /// how far a school can be changed by each kind of move.
    pub(crate) fn solve(&mut self, rooms_of: impl Fn(usize) -> Vec<Room> + Sync) -> Vec<Vec<Room>> {
        self.ask(rooms_of);
        let schools = self.rooms.len();
        let (mut flow, mut known) = (Flow::default(), Known::default());
        loop {
            known.nothing(&self.problem);
            let mut outside = Vec::with_capacity(self.moves.len());
            for (index, one) in self.moves.iter().enumerate() {
                let room = |school: usize| self.rooms.get(school)?.as_ref()?.get(index).copied();
                flow.up(&mut self.problem, one, |spot| {
                    (spot < schools).then(|| room(spot).unwrap_or(Room::NONE))
                });
                flow.down(&self.problem, Room::FREE);
                known.add(&self.problem, one, &flow);
                outside.push(flow.around(schools));
            }
            let too_much = known.too_much(&self.problem, schools, self.policy);
            let steps: BTreeSet<Place> =
                too_much.into_iter().filter_map(|place| self.to_coarsen(place)).collect();
            if steps.is_empty() {
                return outside;
            }
            for place in steps {
                self.coarsen(place);
            }
        }
    }

    /// A school shows something else now.
    pub(crate) fn forget(&mut self, school: usize) {
        if let Some(rooms) = self.rooms.get_mut(school) {
            *rooms = None;
        }
    }

    /// Asks schools for their rooms until those that were not asked make no difference. A few
    /// schools of a district can take nearly every move between them.
    fn ask(&mut self, rooms_of: impl Fn(usize) -> Vec<Room> + Sync) {
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
        rooms_of: impl Fn(usize) -> Vec<Room>,
    ) -> Vec<(usize, Vec<Room>)> {
        let mut together = vec![[0_u16; 2]; self.moves.len()];
        let rooms = |school: &usize| self.rooms.get(*school)?.as_ref();
        schools.iter().filter_map(rooms).for_each(|rooms| add(&mut together, rooms));
        let mut asked = Vec::new();
        for school in schools.iter().filter(|school| rooms(school).is_none()) {
            let Some(spoken) = self.spoken.get(*school) else { continue };
            let mut left = self
                .moves
                .iter()
                .zip(&together)
                .filter(|(_, together)| together.iter().any(|together| *together < PLENTY));
            if left.any(|(one, _)| spoken.contains(&one.language)) {
                let rooms = rooms_of(*school);
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
