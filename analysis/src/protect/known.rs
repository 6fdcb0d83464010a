//! What a reader could know of a problem, and where that is too much.

use super::flow::Flow;
use super::moves::Move;
use super::problem::Problem;
use super::room::{Change, Room};
use super::shape::{Place, Shape};
use super::state::State;
use crate::Policy;

/// How far each count of a problem can be changed by the kinds of moves taken in so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    reach: Vec<Reach>,
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
        further(&mut self.up, [inside.up, around.up]);
        further(&mut self.down, [inside.down, around.down]);
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

impl Known {
    pub(crate) fn nothing(&mut self, problem: &Problem<'_>) {
        self.reach.clear();
        self.reach.resize(problem.spots.len() * problem.shape.numbers(), Reach::NONE);
    }

    /// Takes in what one kind of move can change.
    pub(crate) fn add(&mut self, problem: &Problem<'_>, one: &Move, flow: &Flow) {
        let numbers = problem.shape.numbers();
        for ((inside, around), reach) in flow.rooms().zip(self.reach.chunks_exact_mut(numbers)) {
            if inside == Room::NONE {
                continue;
            }
            for touch in one.touches.iter().filter(|touch| touch.change != Change::NotCounting) {
                let Some(reach) = reach.get_mut(touch.number) else { continue };
                let ways =
                    if one.kind.keeps_valid() { &mut reach.answers } else { &mut reach.valid };
                match touch.turned {
                    true => ways.take(inside.turned(), around.turned()),
                    false => ways.take(inside, around),
                }
            }
        }
    }

    /// Of the groups from `first` on the places of which a reader would know too much.
    pub(crate) fn too_much(
        &self,
        problem: &Problem<'_>,
        first: usize,
        policy: &Policy,
    ) -> Vec<Place> {
        let places = problem.places_from(first);
        places.filter(|place| self.is_too_much(problem, *place, policy)).collect()
    }

    /// Privacy rule "policy width": a hidden cell leaves at least 3 counts possible, as far as the
    /// group is large enough to have so many; a shown one of a group under 1000 at least 2; and of
    /// no group under 10 it is known that all or none have the property.
    fn is_too_much(&self, problem: &Problem<'_>, place: Place, policy: &Policy) -> bool {
        let count = problem.count(place);
        let Some(spot) = problem.spots.get(place.spot) else { return false };
        if count.respondents == 0 || spot.same_as_inside {
            return false;
        }
        let reach = self.reach.get(problem.shape.at(place)).copied().unwrap_or(Reach::NONE);
        let up = reach.up(problem.shape.parts);
        let possible = 1 + u32::from(up) + u32::from(reach.down());
        let needed = match problem.state(place) {
            Some(State::Hidden(_)) => policy.hidden_counts.min(count.respondents + 1),
            Some(State::Shown(_)) if spot.same_as_hidden => policy.hidden_counts,
            Some(State::Shown(_)) if count.respondents < policy.exact_from => policy.shown_counts,
            Some(State::Shown(_)) | None => 1,
        };
        let whole = u64::from(count.valid) * problem.shape.unit.full;
        let all = count.valid > 0 && count.value == whole && alone(reach.answers.down) == 0;
        let none = count.value == 0 && up == 0;
        possible < needed
            || is_group(problem, place) && count.respondents < policy.threshold && (all || none)
    }
}

/// Whether a reader can single the pupils out at all: a group, or a difference of groups.
fn is_group(problem: &Problem<'_>, place: Place) -> bool {
    let by_sex = problem.spots.get(place.spot).is_some_and(|spot| spot.by_sex);
    place.quantity == Shape::EVERYBODY
        || problem.state(place).is_some()
        || by_sex && problem.shape.stratum(place.quantity).is_some()
}
