//! The policy-width loop inside one school.
//!
//! Objective: the least information lost, in bits of [`State::bits`] summed over cells. The loop
//! is greedy: for one place after another that is known too well it coarsens the cells in the way
//! of one more count that lose the fewest bits, and at the end it takes back every step that is
//! no longer needed. So no single cell of the result could be shown more finely; it need not be
//! the least loss over all combinations (`optimum` measures the difference by trying them all).

use super::groups::SchoolGroups;
use super::known::Known;
use super::leaves::Leaves;
use super::moves::Moves;
use super::problem::Problem;
use super::room::Room;
use super::shape::Place;
use super::state::State;
use crate::{Policy, Reason};
use std::collections::BTreeSet;

/// A school and what the loop needs to work on it.
pub(crate) struct School<'a> {
    pub(super) problem: Problem<'a>,
    known: Known<'a>,
    judged: &'a [(usize, usize)],
    /// With how much room around it the school keeps the rules as it is.
    kept_with: Option<Vec<Room>>,
    /// By kind of move, how far the school can be changed, as far as somebody asked.
    rooms: Vec<Option<Room>>,
    /// What was coarsened this time, with its finest state.
    steps: Vec<(Place, State)>,
}

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
    ) -> Self {
        let leaves = Leaves::Pupils { languages: &groups.languages };
        let known = Known::new(moves, policy, leaves);
        let rooms = vec![None; moves.all.len()];
        Self { problem, known, judged: &groups.judged, kept_with: None, rooms, steps: Vec::new() }
    }

    /// How far the school can be changed by a kind of move, given by its position among all.
    pub(crate) fn room(&mut self, index: usize) -> Room {
        if let Some(known) = self.rooms.get(index).copied().flatten() {
            return known;
        }
        let root = self.problem.spots.len().saturating_sub(1);
        let flow = self.known.flow(&mut self.problem, index);
        let room = flow.map_or(Room::NONE, |(flow, mut ground)| flow.inside(&mut ground, root));
        if let Some(slot) = self.rooms.get_mut(index) {
            *slot = Some(room);
        }
        if self.is_distribution() {
            self.known.forget(index..=index);
        }
        room
    }

    /// What is known of its hundred kinds of moves would fill hundreds of megabytes for all
    /// schools of a nation: it is worked out again instead.
    fn is_distribution(&self) -> bool {
        self.problem.shape.parts > 1
    }

    pub(super) fn surround(&mut self, outside: Vec<Room>) {
        self.known.surround(outside);
    }

    /// Whether it keeps the rules as it is with so much room around it.
    pub(crate) fn keeps_with(&mut self, outside: Vec<Room>) -> bool {
        if self.kept_with_less(&outside) {
            return true;
        }
        self.surround(outside.clone());
        let keeps = self.keeps_the_rules();
        if keeps {
            self.settled(Some(outside));
        }
        keeps
    }

    /// Coarsens, with so much room around it, until the school keeps the rules.
    pub(crate) fn settle(&mut self, outside: Vec<Room>, last_resort: bool) -> Outcome {
        if self.kept_with_less(&outside) {
            return Outcome::Unchanged;
        }
        self.surround(outside.clone());
        let outcome = self.solve(last_resort);
        self.settled((outcome != Outcome::Stuck).then_some(outside));
        outcome
    }

    /// What held with as little room around holds with more.
    fn kept_with_less(&self, outside: &[Room]) -> bool {
        let less = self.kept_with.as_ref().map(|kept| kept.iter().zip(outside));
        less.is_some_and(|mut rooms| rooms.all(|(before, now)| before.fits_in(*now)))
    }

    fn settled(&mut self, kept_with: Option<Vec<Room>>) {
        self.kept_with = kept_with;
        if self.is_distribution() {
            self.known.forget(..);
        }
    }

    /// Where what is around is too little whatever the school shows, nothing is coarsened in vain,
    /// unless as a last resort.
    fn solve(&mut self, last_resort: bool) -> Outcome {
        self.steps.clear();
        let ranks = self.ranks();
        // Every place that was known too well, and those of them that nothing here can help.
        let (mut found, mut held) = (BTreeSet::new(), BTreeSet::new());
        // A coarser band is not always around the finer one: after the last place others may be
        // known too well.
        loop {
            let mut too_much = self.too_much(&held);
            if too_much.is_empty() {
                break;
            }
            found.extend(too_much.iter().copied());
            too_much.sort_by_key(|place| (ranks.get(place.spot), place.quantity, place.part));
            for place in too_much {
                if self.give(place, &ranks, last_resort) {
                    continue;
                }
                if !last_resort {
                    self.undo();
                    return Outcome::Stuck;
                }
                held.insert(place);
            }
        }
        if found.is_empty() {
            return Outcome::Unchanged;
        }
        if !held.is_empty() {
            return Outcome::Stuck;
        }
        // A single step was needed to the end.
        while self.steps.len() > 1 && self.take_back(&found) {}
        Outcome::Changed
    }

    pub(super) fn keeps_the_rules(&mut self) -> bool {
        !self.places().any(|place| self.is_too_much(place))
    }

    /// The places of which a reader could know too much.
    fn places(&self) -> impl Iterator<Item = Place> + use<'a> {
        let parts = self.problem.shape.parts;
        self.judged.iter().flat_map(move |(spot, quantity)| {
            (0..parts).map(|part| Place { spot: *spot, quantity: *quantity, part })
        })
    }

    fn is_too_much(&mut self, place: Place) -> bool {
        self.known.is_too_much(&mut self.problem, place)
    }

    pub(super) fn set(&mut self, place: Place, state: State) {
        self.problem.set(place, state);
        self.known.update(&self.problem, place);
        self.rooms.fill(None);
    }

    fn too_much(&mut self, held: &BTreeSet<Place>) -> Vec<Place> {
        self.places().filter(|place| !held.contains(place) && self.is_too_much(*place)).collect()
    }

    /// Coarsens until a place is not known too well any more, unless nothing in the school helps.
    fn give(&mut self, place: Place, ranks: &[usize], last_resort: bool) -> bool {
        while self.is_too_much(place) {
            match self.step(place, ranks, last_resort) {
                Some(step) => step.into_iter().for_each(|place| self.coarsen(place)),
                None => return false,
            }
        }
        true
    }

    /// What to coarsen next because of a place known too well; `None` where nothing in the school
    /// helps.
    fn step(&mut self, worst: Place, ranks: &[usize], last_resort: bool) -> Option<Vec<Place>> {
        let binding = self.known.binding(&mut self.problem, worst, ranks);
        let around = || self.problem.shown_around(worst).filter(|_| last_resort);
        binding.filter(|step| !step.is_empty()).or_else(|| around().map(|around| vec![around]))
    }

    fn coarsen(&mut self, place: Place) {
        let Some(before) = self.problem.state(place) else { return };
        let Some(after) = before.coarser() else { return };
        if self.steps.iter().all(|(other, _)| *other != place) {
            self.steps.push((place, before));
        }
        self.set(place, after);
    }

    /// Shows everything as before.
    fn undo(&mut self) {
        for (place, finest) in std::mem::take(&mut self.steps) {
            self.set(place, finest);
        }
    }

    /// Shows what was coarsened one step finer wherever nothing is known too well by it, last
    /// steps first; whether anything could be taken back.
    fn take_back(&mut self, found: &BTreeSet<Place>) -> bool {
        let mut taken = false;
        for index in (0..self.steps.len()).rev() {
            let Some((place, finest)) = self.steps.get(index).copied() else { continue };
            let Some(now) = self.problem.state(place).filter(|now| *now != finest) else {
                continue;
            };
            let finer = finer(now);
            self.set(place, finer);
            // Where something was known too well, it will be again, if anywhere.
            if !found.iter().any(|place| self.is_too_much(*place)) && self.keeps_the_rules() {
                taken = true;
            } else {
                self.set(place, now);
            }
        }
        taken
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
