//! What a reader could know of a problem, and where that is too much.

use super::flow::Flow;
use super::moves::Move;
use super::problem::{Place, Problem, Shape};
use super::room::Room;
use super::state::State;
use crate::Policy;

/// How far each count can be changed by some kind of move.
#[derive(Debug, Clone)]
pub(crate) struct Known<'a> {
    problem: &'a Problem,
    policy: &'a Policy,
    reach: Vec<Reach>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Reach {
    up: u8,
    down: u8,
    /// By moves that leave the valid answers as many.
    down_of_valid: u8,
}

impl<'a> Known<'a> {
    pub(crate) fn nothing(problem: &'a Problem, policy: &'a Policy) -> Self {
        let reach = vec![Reach::default(); problem.counts.len()];
        Self { problem, policy, reach }
    }

    /// Takes in what one kind of move can change.
    pub(crate) fn add(&mut self, one: Move, flow: &Flow, around: &[Room]) {
        let shape = self.problem.shape;
        let steps: Vec<Option<i64>> = (0..shape.parts)
            .map(|part| one.step(part as u8, 1).map(|step| step.value).filter(|value| *value != 0))
            .collect();
        for (spot, room) in flow.reach(around).enumerate() {
            if room == Room::NONE {
                continue;
            }
            for (quantity, turned) in one.quantities().into_iter().flatten() {
                let Some(quantity) = shape.index(quantity) else { continue };
                for (part, step) in steps.iter().enumerate() {
                    let Some(step) = step else { continue };
                    let room = if turned == (*step > 0) { room.turned() } else { room };
                    self.take(Place { spot, quantity, part }, room, one.keeps_valid());
                }
            }
        }
    }

    fn take(&mut self, place: Place, room: Room, keeps_valid: bool) {
        if let Some(reach) = self.reach.get_mut(self.problem.shape.at(place)) {
            reach.up = reach.up.max(room.up);
            reach.down = reach.down.max(room.down);
            if keeps_valid {
                reach.down_of_valid = reach.down_of_valid.max(room.down);
            }
        }
    }

    /// The places of which a reader would know too much.
    pub(crate) fn too_much(&self) -> Vec<Place> {
        self.problem.places().filter(|place| self.is_too_much(*place)).collect()
    }

    /// Privacy rule "policy width": a hidden cell leaves at least 3 counts possible, as far as the
    /// group is large enough to have so many; a shown one of a group under 1000 at least 2; and of
    /// no group under 10 it is known that all or none have the property.
    fn is_too_much(&self, place: Place) -> bool {
        let (problem, policy) = (self.problem, self.policy);
        let count = problem.count(place);
        if count.respondents == 0 {
            return false;
        }
        let reach = self.reach.get(problem.shape.at(place)).copied().unwrap_or_default();
        let possible = 1 + u32::from(reach.up) + u32::from(reach.down);
        let needed = match problem.state(place) {
            // One answer has two possible counts, however many a reader may think there are.
            Some(State::Hidden(_)) => policy.hidden_counts.min(count.valid.max(1) + 1),
            Some(State::Shown(_)) if count.respondents < policy.exact_from => policy.shown_counts,
            Some(State::Shown(_)) | None => 1,
        };
        let whole = u64::from(count.valid) * problem.shape.unit.full;
        let all = count.valid > 0 && count.value == whole && reach.down_of_valid == 0;
        let none = count.value == 0 && reach.up == 0;
        possible < needed
            || self.is_group(place) && count.respondents < policy.threshold && (all || none)
    }

    /// Whether a reader can single the pupils out at all: a group, or a difference of groups.
    fn is_group(&self, place: Place) -> bool {
        let spot = self.problem.spots.get(place.spot);
        place.quantity == Shape::EVERYBODY
            || self.problem.state(place).is_some()
            || spot.is_some_and(|spot| spot.by_sex)
                && self.problem.shape.stratum(place.quantity).is_some()
    }
}
