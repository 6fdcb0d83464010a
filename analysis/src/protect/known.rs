//! What a reader could know of a problem, and where that is too much.

use super::flow::{Flow, Ground};
use super::leaves::Leaves;
use super::moves::Moves;
use super::problem::Problem;
use super::room::Room;
use super::shape::{Place, Shape};
use super::state::State;
use crate::Policy;
use std::slice::SliceIndex;

/// Answers what a reader could know of a problem's places. What was worked out once is kept and
/// brought up to date when a cell changes: a loop asks thousands of times.
pub(crate) struct Known<'a> {
    pub(super) moves: &'a Moves,
    policy: &'a Policy,
    leaves: Leaves<'a>,
    /// By kind of move, how far all around the problem lets it change.
    outside: Vec<Room>,
    /// By kind of move, as far as they were asked for.
    flows: Vec<Option<Flow>>,
}

/// How far one count can be changed.
#[derive(Debug, Clone, Copy)]
struct Reach {
    /// By moves that leave the valid answers as many.
    answers: Ways,
    /// By moves that change their number.
    valid: Ways,
}

/// How far one kind of move can go each way: for what is inside the group, and for what is around.
#[derive(Debug, Clone, Copy)]
struct Ways {
    up: [u8; 2],
    down: [u8; 2],
}

impl Ways {
    const NONE: Self = Self { up: [0; 2], down: [0; 2] };

    /// Takes in another kind of move, where it goes further.
    fn take(&mut self, inside: Room, around: Room) {
        let further = |old: &mut [u8; 2], new: [u8; 2]| {
            if (alone(new), new) > (alone(*old), *old) {
                *old = new;
            }
        };
        further(&mut self.up, [inside.up(), around.up()]);
        further(&mut self.down, [inside.down(), around.down()]);
    }
}

impl Reach {
    const NONE: Self = Self { answers: Ways::NONE, valid: Ways::NONE };

    /// Who gives another answer and who gives one at all are two pupils, so both kinds add up
    /// inside; what is around bears as many of a mixture as it bears of each, because bands are
    /// linear in counts and answers. Not in a distribution, where the other answers of the two
    /// may be different parts.
    fn up(self, parts: usize) -> u8 {
        let ([answers, around], [valid, around_valid]) = (self.answers.up, self.valid.up);
        let together = match parts {
            1 => (answers + valid).min(around).min(around_valid),
            _ => 0,
        };
        together.max(alone(self.answers.up)).max(alone(self.valid.up))
    }

    /// Both kinds take the same pupils.
    fn down(self) -> u8 {
        alone(self.answers.down).max(alone(self.valid.down))
    }
}

fn alone([inside, around]: [u8; 2]) -> u8 {
    inside.min(around)
}

impl<'a> Known<'a> {
    pub(crate) fn new(moves: &'a Moves, policy: &'a Policy, leaves: Leaves<'a>) -> Self {
        Self { moves, policy, leaves, outside: Vec::new(), flows: vec![None; moves.all.len()] }
    }

    /// Takes in, by kind of move, how far all around the problem lets it change.
    pub(crate) fn surround(&mut self, outside: Vec<Room>) {
        self.outside = outside;
        self.flows.iter_mut().flatten().for_each(Flow::forget_around);
    }

    /// Lets go of what was worked out of some kinds of moves.
    pub(crate) fn forget(
        &mut self,
        moves: impl SliceIndex<[Option<Flow>], Output = [Option<Flow>]>,
    ) {
        if let Some(flows) = self.flows.get_mut(moves) {
            flows.fill(None);
        }
    }

    /// What is known of a kind of move, and what it is worked out from; `None` if nobody here can
    /// make it.
    pub(crate) fn flow<'g, 'p>(
        &'g mut self,
        problem: &'g mut Problem<'p>,
        index: usize,
    ) -> Option<(&'g mut Flow, Ground<'g, 'p, 'a>)> {
        let one = self.moves.all.get(index).filter(|one| self.leaves.make(one))?;
        let flow = self.flows.get_mut(index)?.get_or_insert_with(|| Flow::unknown(problem));
        let outside = self.outside.get(index).copied().unwrap_or(Room::NONE);
        Some((flow, Ground { problem, leaves: &mut self.leaves, one, index, outside }))
    }

    /// Takes in that the state of a cell has changed.
    pub(crate) fn update(&mut self, problem: &Problem<'_>, place: Place) {
        let number = problem.shape.number(place.quantity, place.part);
        for (one, flow) in self.moves.all.iter().zip(&mut self.flows) {
            let Some(flow) = flow else { continue };
            if one.touches.iter().any(|touch| touch.number == number) {
                flow.forget(problem, place.spot);
            }
        }
    }

    /// How far one count can be changed at least: no more moves are looked at once they are
    /// `enough`.
    fn reach(
        &mut self,
        problem: &mut Problem<'_>,
        place: Place,
        enough: impl Fn(Reach) -> bool,
    ) -> Reach {
        let mut reach = Reach::NONE;
        let number = problem.shape.number(place.quantity, place.part);
        let moves = self.moves;
        for touching in moves.touching(number).flatten() {
            let Some((flow, mut ground)) = self.flow(problem, touching.index) else {
                continue;
            };
            let inside = flow.inside(&mut ground, place.spot);
            if inside == Room::NONE {
                continue;
            }
            let around = flow.around(&mut ground, place.spot);
            let one = ground.one;
            let ways = if one.kind.keeps_valid() { &mut reach.answers } else { &mut reach.valid };
            match touching.turned {
                true => ways.take(inside.turned(), around.turned()),
                false => ways.take(inside, around),
            }
            if enough(reach) {
                break;
            }
        }
        reach
    }

    /// Privacy rule "policy width": a hidden cell leaves at least 3 counts possible, as far as the
    /// group is large enough to have so many; a shown one of a group under 1000 at least 2; and of
    /// no group under 10 it is known that all or none have the property.
    pub(crate) fn is_too_much(&mut self, problem: &mut Problem<'_>, place: Place) -> bool {
        let policy = self.policy;
        let count = problem.count(place);
        let Some(spot) = problem.spots.get(place.spot) else { return false };
        if count.respondents == 0 || spot.same_as_inside {
            return false;
        }
        let needed = match problem.state(place) {
            Some(State::Hidden(_)) => policy.hidden_counts.min(count.respondents + 1),
            Some(State::Shown(_)) if spot.same_as_hidden => policy.hidden_counts,
            Some(State::Shown(_)) if count.respondents < policy.exact_from => policy.shown_counts,
            Some(State::Shown(_)) | None => 1,
        };
        let whole = u64::from(count.valid) * problem.shape.unit.full;
        let few = is_group(problem, place) && count.respondents < policy.threshold;
        let none = few && count.value == 0;
        let all = few && count.valid > 0 && count.value == whole;
        let parts = problem.shape.parts;
        let enough = |reach: Reach| {
            let (up, down) = (reach.up(parts), reach.down());
            1 + u32::from(up) + u32::from(down) >= needed
                && !(all && alone(reach.answers.down) == 0)
                && !(none && up == 0)
        };
        !enough(Reach::NONE) && !enough(self.reach(problem, place, enough))
    }
}

/// Whether a reader can single the pupils out at all: a group, or a difference of groups.
fn is_group(problem: &Problem<'_>, place: Place) -> bool {
    let by_sex = problem.spots.get(place.spot).is_some_and(|spot| spot.by_sex);
    place.quantity == Shape::EVERYBODY
        || problem.state(place).is_some()
        || by_sex && problem.shape.stratum(place.quantity).is_some()
}
