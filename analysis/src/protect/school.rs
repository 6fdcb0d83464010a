//! The policy-width loop inside one school.
//!
//! Objective: the least information lost, in bits of [`State::bits`] summed over cells. The loop
//! is greedy: of the tightest cells near a place that is known too well it coarsens the one that
//! repairs most for each bit, and at the end it takes back every step that is no longer needed.
//! So no single cell of the result could be shown more finely; it need not be the least loss over
//! all combinations (`optimum` measures the difference by trying them all).

use super::groups::SchoolGroups;
use super::known::Known;
use super::leaves::Leaves;
use super::moves::Moves;
use super::problem::Problem;
use super::room::{Change, Room};
use super::shape::Place;
use super::state::State;
use crate::{Policy, Reason};

/// A school and what the loop needs to work on it.
pub(crate) struct School<'a> {
    pub(super) problem: Problem<'a>,
    languages: &'a [u8],
    moves: &'a Moves,
    policy: &'a Policy,
    outside: &'a [Room],
    known: Known<'a>,
    /// What was coarsened, with its finest state.
    steps: Vec<(Place, State)>,
}

/// How many cells are tried for a step: those that leave the fewest counts possible.
const TRIED: usize = 4;

/// What came of a loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Unchanged,
    Changed,
    /// The school alone cannot keep the rules: what is shown around it tells too much.
    Stuck,
}

impl<'a> School<'a> {
    /// `problem` is one of the groups of the school.
    pub(crate) fn new(
        problem: Problem<'a>,
        groups: &'a SchoolGroups,
        moves: &'a Moves,
        policy: &'a Policy,
        outside: &'a [Room],
    ) -> Self {
        let languages = groups.languages.as_slice();
        let known = Known::new(moves, policy, Leaves::Pupils { languages }, outside);
        Self { problem, languages, moves, policy, outside, known, steps: Vec::new() }
    }

    /// How far the school can be changed by each kind of move.
    pub(crate) fn rooms(&mut self) -> Vec<Room> {
        let root = self.problem.spots.len().saturating_sub(1);
        let rooms = (0..self.moves.all.len()).map(|index| {
            let flow = self.known.flow(&mut self.problem, index);
            flow.map_or(Room::NONE, |(flow, mut ground)| flow.inside(&mut ground, root))
        });
        rooms.collect()
    }

    /// What the loop made of the cells that it coarsened.
    pub(crate) fn coarsened(&self) -> impl Iterator<Item = (Place, State)> {
        self.steps.iter().filter_map(|(place, finest)| {
            let now = self.problem.state(*place)?;
            (now != *finest).then_some((*place, now))
        })
    }

    /// Coarsens until nothing is known too well. `outside` says for each kind of move how far
    /// everything around the school lets it change. Where that is too little whatever the school
    /// shows, nothing is coarsened in vain, unless as a last resort.
    pub(crate) fn solve(&mut self, last_resort: bool) -> Outcome {
        let mut too_much = self.too_much();
        if !too_much.is_empty() && !last_resort && self.is_held_from_outside(&too_much) {
            return Outcome::Stuck;
        }
        while !too_much.is_empty() {
            let step = self.best_step(&too_much);
            if step.is_empty() {
                return Outcome::Stuck;
            }
            for place in step {
                self.coarsen(place);
            }
            too_much = self.too_much();
        }
        if self.steps.is_empty() {
            return Outcome::Unchanged;
        }
        while self.take_back() {}
        Outcome::Changed
    }

    pub(super) fn keeps_the_rules(&mut self) -> bool {
        !self.problem.places().any(|place| self.is_too_much(place))
    }

    fn is_too_much(&mut self, place: Place) -> bool {
        self.known.is_too_much(&mut self.problem, place)
    }

    /// Whether one of the places would be known too well even if the school showed nothing.
    fn is_held_from_outside(&self, places: &[Place]) -> bool {
        let mut hidden = self.problem.clone();
        for place in hidden.places().filter(|place| self.problem.state(*place).is_some()) {
            hidden.set(place, State::Hidden(Reason::Withheld));
        }
        let leaves = Leaves::Pupils { languages: self.languages };
        let mut known = Known::new(self.moves, self.policy, leaves, self.outside);
        let mut held = places.iter().filter(|place| !self.problem.is_shown(**place));
        held.any(|place| known.is_too_much(&mut hidden, *place))
    }

    pub(super) fn set(&mut self, place: Place, state: State) {
        self.problem.set(place, state);
        self.known.update(&self.problem, place);
    }

    fn too_much(&mut self) -> Vec<Place> {
        self.problem.places().filter(|place| self.is_too_much(*place)).collect()
    }

    /// The step near a place known too well that leaves the fewest such places for each bit it
    /// costs; if none repairs anything, the next for the group around the place.
    fn best_step(&mut self, too_much: &[Place]) -> Vec<Place> {
        let ranks = self.ranks();
        let rank = |place: &Place| (ranks.get(place.spot).copied(), place.quantity, place.part);
        let Some(worst) = too_much.iter().min_by_key(|place| rank(place)).copied() else {
            return Vec::new();
        };
        let mut near = self.near(worst);
        near.sort_by_cached_key(|place| (self.tightness(*place), std::cmp::Reverse(rank(place))));
        near.truncate(TRIED);
        if self.problem.shape.parts > 1 {
            // A distribution has ten times as many cells to try.
            if let Some(cells) = self.known.binding(&mut self.problem, worst) {
                return cells;
            }
        } else {
            let mut best: Option<(f64, Place)> = None;
            for place in near.iter().copied() {
                let Some((before, after)) = self.step(place) else { continue };
                self.set(place, after);
                let left = self.too_much().len();
                self.set(place, before);
                let repaired = too_much.len() as f64 - left as f64;
                let worth = repaired / (before.bits() - after.bits());
                if repaired > 0.0 && best.is_none_or(|(most, ..)| worth > most) {
                    best = Some((worth, place));
                }
            }
            if let Some((_, place)) = best {
                return vec![place];
            }
        }
        self.problem.shown_around(worst).or_else(|| near.first().copied()).into_iter().collect()
    }

    fn coarsen(&mut self, place: Place) {
        let Some((before, after)) = self.step(place) else { return };
        if self.steps.iter().all(|(other, _)| *other != place) {
            self.steps.push((place, before));
        }
        self.set(place, after);
    }

    /// How many counts a shown cell leaves possible besides the true one.
    fn tightness(&mut self, place: Place) -> u8 {
        let Room { up, down } = self.problem.room(place, Change::Answer);
        up + down
    }

    fn step(&self, place: Place) -> Option<(State, State)> {
        let before = self.problem.state(place)?;
        Some((before, before.coarser()?))
    }

    /// The shown cells that bear on a place: of the groups around it, of the largest shown groups
    /// beside it, and its own.
    fn near(&self, worst: Place) -> Vec<Place> {
        let mut chain = vec![worst.spot];
        while let Some(parent) = chain.last().and_then(|spot| self.problem.spots.get(*spot)?.parent)
        {
            chain.push(parent);
        }
        let is_shown = |spot: usize| self.problem.is_shown(Place { spot, ..worst });
        let around = self.problem.shown_around(worst).map(|place| place.spot);
        let beside = (0..self.problem.spots.len()).filter(|spot| {
            let parent = self.problem.shown_around(Place { spot: *spot, ..worst });
            is_shown(*spot) && parent.map(|place| place.spot) == around
        });
        let mut spots: Vec<usize> = chain.into_iter().chain(beside).collect();
        spots.sort_unstable();
        spots.dedup();
        let here = self.problem.places().filter(|place| spots.binary_search(&place.spot).is_ok());
        here.filter(|place| self.problem.is_shown(*place)).collect()
    }

    /// Shows what was coarsened one step finer wherever nothing is known too well by it, last
    /// steps first; whether anything could be taken back.
    fn take_back(&mut self) -> bool {
        let mut found = false;
        for index in (0..self.steps.len()).rev() {
            let Some((place, finest)) = self.steps.get(index).copied() else { continue };
            let Some(now) = self.problem.state(place).filter(|now| *now != finest) else {
                continue;
            };
            let finer = finer(now);
            self.set(place, finer);
            if self.keeps_the_rules() {
                found = true;
            } else {
                self.set(place, now);
            }
        }
        found
    }

    /// An order of the groups by what they are and not by their names: two are equal only if they
    /// are twins in this measure.
    fn ranks(&self) -> Vec<usize> {
        let problem = &self.problem;
        let key = |spot: &usize| {
            let counts = problem.counts(*spot);
            let counts = counts.map(|count| (count.respondents, count.valid, count.value));
            (
                !problem.spots.get(*spot).is_some_and(|spot| spot.children.is_empty()),
                counts.collect::<Vec<_>>(),
            )
        };
        let mut order: Vec<usize> = (0..problem.spots.len()).collect();
        order.sort_by_cached_key(key);
        let mut ranks = vec![0; order.len()];
        for (rank, spot) in order.into_iter().enumerate() {
            if let Some(slot) = ranks.get_mut(spot) {
                *slot = rank;
            }
        }
        ranks
    }
}

/// One step back from what the loop made of a cell.
fn finer(state: State) -> State {
    match state {
        State::Shown(column) => column.finer().map_or(state, State::Shown),
        State::Hidden(Reason::Withheld) => State::Shown(crate::bands::Column::WIDEST),
        State::Hidden(_) => state,
    }
}
