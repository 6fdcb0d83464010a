//! The policy-width loop above the schools.
//!
//! Groups there are large, and a step from exact counts to bands of one point frees dozens of
//! counts: so the loop tries nothing out, but coarsens, step by step, that of the shown groups
//! around whatever is known too well whose band leaves the fewest counts.

use super::groups::SchoolGroups;
use super::known::Known;
use super::leaves::Leaves;
use super::moves::Moves;
use super::problem::Problem;
use super::room::{Change, Room};
use super::shape::{Place, Shape};
use super::state::State;
use crate::Policy;
use std::collections::BTreeSet;
use std::ops::Range;

/// Says how far a school can be changed by a kind of move, given by its position among all.
pub(crate) type Ask<'a> = &'a mut (dyn FnMut(usize, usize) -> Room + Send);

/// The nation, regions and districts, with the schools as leaves.
pub(crate) struct Upper<'a> {
    pub(crate) problem: Problem<'a>,
    schools: &'a [SchoolGroups],
    moves: &'a Moves,
    policy: &'a Policy,
}

impl<'a> Upper<'a> {
    /// The first groups of the problem are the schools.
    pub(crate) fn new(
        problem: Problem<'a>,
        schools: &'a [SchoolGroups],
        moves: &'a Moves,
        policy: &'a Policy,
    ) -> Self {
        Self { problem, schools, moves, policy }
    }

    /// Coarsens until nothing above the schools is known too well, and says for each school how
    /// far everything around it lets it change by each kind of move that leaves the number of
    /// valid answers alone: the others are seldom asked for, and then many schools for each.
    pub(crate) fn solve(&mut self, ask: Ask<'_>) -> Vec<Vec<Room>> {
        let schools = self.schools.len();
        let mut known = known(self.schools, self.moves, self.policy, ask);
        let problem = &mut self.problem;
        loop {
            let places = problem.places_from(schools);
            let too_much: Vec<Place> =
                places.filter(|place| known.is_too_much(problem, *place)).collect();
            let steps: BTreeSet<Place> =
                too_much.into_iter().filter_map(|place| to_coarsen(problem, place)).collect();
            if steps.is_empty() {
                break;
            }
            for place in steps {
                coarsen(problem, place);
                known.update(problem, place);
            }
        }
        let mut around = vec![vec![Room::NONE; self.moves.all.len()]; schools];
        fill(&mut known, problem, 0..self.moves.keep_valid, around.iter_mut().enumerate());
        around
    }

    /// Fills in, for some schools, how far everything around them lets them change by the other
    /// kinds of moves.
    pub(crate) fn fill_valid<'r>(
        &mut self,
        ask: Ask<'_>,
        around: impl Iterator<Item = (usize, &'r mut Vec<Room>)>,
    ) {
        let mut known = known(self.schools, self.moves, self.policy, ask);
        let kinds = self.moves.keep_valid..self.moves.all.len();
        fill(&mut known, &mut self.problem, kinds, around);
    }

    /// Coarsens what is shown around schools that cannot keep the rules alone; false if nothing
    /// around them is shown.
    pub(crate) fn give_room(&mut self, schools: &[usize]) -> bool {
        let problem = &mut self.problem;
        let places = problem.places().filter(|place| schools.binary_search(&place.spot).is_ok());
        let around: BTreeSet<Place> =
            places.filter_map(|place| tightest_around(problem, place)).collect();
        around.iter().for_each(|place| coarsen(problem, *place));
        !around.is_empty()
    }
}

fn known<'k>(
    groups: &'k [SchoolGroups],
    moves: &'k Moves,
    policy: &'k Policy,
    ask: Ask<'k>,
) -> Known<'k> {
    let mut known = Known::new(moves, policy, Leaves::Schools { groups, ask });
    known.surround(vec![Room::FREE; moves.all.len()]);
    known
}

/// Of each school what is around it, for some kinds of moves.
fn fill<'r>(
    known: &mut Known<'_>,
    problem: &mut Problem<'_>,
    kinds: Range<usize>,
    around: impl Iterator<Item = (usize, &'r mut Vec<Room>)>,
) {
    for (school, rooms) in around {
        for kind in kinds.clone() {
            let flow = known.flow(problem, kind);
            let around = flow.map(|(flow, mut ground)| flow.around(&mut ground, school));
            if let (Some(slot), Some(around)) = (rooms.get_mut(kind), around) {
                *slot = around;
            }
        }
    }
}

fn coarsen(problem: &mut Problem<'_>, place: Place) {
    if let Some(coarser) = problem.state(place).and_then(State::coarser) {
        problem.set(place, coarser);
    }
}

/// Of what is shown around the place, or of other pupils of the same groups, that which leaves
/// the fewest counts possible; at last the place itself.
fn to_coarsen(problem: &mut Problem<'_>, place: Place) -> Option<Place> {
    let everybody = Place { quantity: Shape::EVERYBODY, ..place };
    let tables = (0..problem.shape.quantities()).map(|quantity| Place { quantity, ..place });
    let here = tables.filter(|other| *other != place && problem.is_shown(*other));
    let here: Vec<Place> = here.collect();
    let around = [place, everybody].map(|place| tightest_around(problem, place));
    let own = Some(place).filter(|place| problem.is_shown(*place));
    tightest(problem, around.into_iter().flatten().chain(here)).or(own)
}

fn tightest_around(problem: &mut Problem<'_>, place: Place) -> Option<Place> {
    let around =
        std::iter::successors(problem.shown_around(place), |place| problem.shown_around(*place));
    let around: Vec<Place> = around.collect();
    tightest(problem, around)
}

/// The place with the least room; the largest group of several. `None` where every place leaves
/// more counts than any rule asks for: coarsening one would help nobody.
fn tightest(problem: &mut Problem<'_>, places: impl IntoIterator<Item = Place>) -> Option<Place> {
    let rooms = places.into_iter().map(|place| (problem.room(place, Change::Answer), place));
    rooms
        .filter(|(room, _)| *room != Room::FREE)
        .min_by_key(|(room, place)| (room.up() + room.down(), std::cmp::Reverse(place.spot)))
        .map(|(_, place)| place)
}
