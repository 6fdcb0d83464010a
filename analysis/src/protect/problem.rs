//! One measure over a few groups: a school with its classes, or everything above the schools.

use super::moves::{Move, MoveKind, Quantity};
use super::room::{Count, Room, Unit};
use super::state::State;

/// How the numbers of a problem are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Parts of the measure; 1 unless it is a distribution.
    pub(crate) parts: usize,
    /// Girls, boys and who did not say, or everybody.
    pub(crate) strata: usize,
    /// Languages with tables of their own.
    pub(crate) languages: usize,
    pub(crate) unit: Unit,
}

/// A group of a problem. Children come before their parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    /// In the whole tree.
    pub(crate) node: usize,
    pub(crate) parent: Option<usize>,
    /// Whether nothing smaller of the problem lies in it.
    pub(crate) leaf: bool,
    /// Of a class.
    pub(crate) language: u8,
    /// Whether there is a table by sex.
    pub(crate) by_sex: bool,
    /// Whether one group inside it has all its respondents: then it is that group.
    pub(crate) same_as_inside: bool,
    /// Whether a group above the schools has no other respondents: that one is hidden, and what
    /// is shown of this one must not tell more of it than a hidden group may tell.
    pub(crate) same_as_hidden: bool,
}

/// The counts of some groups, and what is to be shown of them.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) shape: Shape,
    pub(crate) spots: Vec<Spot>,
    pub(crate) counts: Vec<Count>,
    /// `None` where nothing is published and nothing said to be hidden.
    pub(crate) states: Vec<Option<State>>,
}

/// A cell of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) spot: usize,
    /// See [`Shape::index`].
    pub(crate) quantity: usize,
    pub(crate) part: usize,
}

impl Shape {
    pub(crate) const EVERYBODY: usize = 0;

    pub(crate) fn quantities(self) -> usize {
        1 + self.strata + self.languages
    }

    /// Everybody, then the strata, then the languages.
    pub(crate) fn index(self, quantity: Quantity) -> Option<usize> {
        match quantity {
            Quantity::Everybody => Some(Self::EVERYBODY),
            Quantity::Stratum(stratum) => Some(1 + usize::from(stratum)),
            Quantity::Language(language) if usize::from(language) < self.languages => {
                Some(1 + self.strata + usize::from(language))
            }
            Quantity::Language(_) => None,
        }
    }

    /// Which stratum a quantity is.
    pub(crate) fn stratum(self, quantity: usize) -> Option<usize> {
        quantity.checked_sub(1).filter(|stratum| *stratum < self.strata)
    }

    pub(crate) fn at(self, place: Place) -> usize {
        (place.spot * self.quantities() + place.quantity) * self.parts + place.part
    }
}

impl Problem {
    pub(crate) fn count(&self, place: Place) -> Count {
        self.counts.get(self.shape.at(place)).copied().unwrap_or_default()
    }

    pub(crate) fn state(&self, place: Place) -> Option<State> {
        self.states.get(self.shape.at(place)).copied().flatten()
    }

    pub(crate) fn set(&mut self, place: Place, state: State) {
        if let Some(slot) = self.states.get_mut(self.shape.at(place)) {
            *slot = Some(state);
        }
    }

    /// Every place, by spot.
    pub(crate) fn places(&self) -> impl Iterator<Item = Place> + use<> {
        let Shape { parts, .. } = self.shape;
        let (spots, quantities) = (self.spots.len(), self.shape.quantities());
        (0..spots).flat_map(move |spot| {
            (0..quantities).flat_map(move |quantity| {
                (0..parts).map(move |part| Place { spot, quantity, part })
            })
        })
    }

    /// The smallest shown group strictly around a place.
    pub(crate) fn shown_around(&self, mut place: Place) -> Option<Place> {
        loop {
            place.spot = self.spots.get(place.spot)?.parent?;
            if self.state(place).is_some_and(State::is_shown) {
                return Some(place);
            }
        }
    }

    /// How often a move can be made within one group, as far as its own cells say.
    pub(crate) fn own_room(&self, spot: usize, one: Move) -> Room {
        let mut room = Room::FREE;
        for (quantity, turned) in one.quantities().into_iter().flatten() {
            let Some(quantity) = self.shape.index(quantity) else { continue };
            for part in 0..self.shape.parts {
                let place = Place { spot, quantity, part };
                let state = self.state(place);
                if state.is_some_and(State::is_shown) {
                    room = room.min(self.cell_room(place, one, turned));
                }
            }
        }
        room
    }

    fn cell_room(&self, place: Place, one: Move, turned: bool) -> Room {
        let unit = self.shape.unit;
        let Some(step) = one.step(place.part as u8, unit.step as i64) else { return Room::FREE };
        let room = self.count(place).room(self.state(place), step, unit);
        if turned { room.turned() } else { room }
    }

    /// How often a move can be made in a class: as often as there are pupils who can change.
    pub(crate) fn pupils(&self, spot: usize, one: Move) -> Room {
        let of = |stratum: u8, turned: bool| {
            let quantity = self.shape.index(Quantity::Stratum(stratum)).unwrap_or_default();
            let rooms = (0..self.shape.parts).map(|part| {
                let place = Place { spot, quantity, part };
                let unit = self.shape.unit;
                let step = one.step(part as u8, unit.step as i64);
                step.map_or(Room::FREE, |step| self.count(place).room(None, step, unit))
            });
            let room = rooms.fold(Room::FREE, Room::min);
            if turned { room.turned() } else { room }
        };
        match one.kind {
            MoveKind::Answer { stratum, .. } | MoveKind::Valid { stratum, .. } => {
                of(stratum, false)
            }
            MoveKind::Swap { more, less, .. } => of(more, false).min(of(less, true)),
        }
    }
}
