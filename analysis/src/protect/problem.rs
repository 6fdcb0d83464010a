//! One measure over a few groups: a school with its classes, or everything above the schools.

use super::moves::{Move, Touch};
use super::room::{Change, Count, Room, Unit};
use super::shape::{Place, Shape, Spot};
use super::state::State;

/// The counts of some groups, and what is to be shown of them.
#[derive(Debug, Clone)]
pub(crate) struct Problem<'a> {
    pub(crate) shape: Shape,
    pub(crate) spots: &'a [Spot],
    cells: Vec<Cell>,
}

/// One count and what is to be shown of it.
#[derive(Debug, Clone, Copy)]
struct Cell {
    count: Count,
    /// `None` where nothing is published and nothing said to be hidden.
    state: Option<State>,
    /// How often each change can be made; worked out when it is asked for, since a nation has
    /// hundreds of millions of questions about tens of millions of counts.
    rooms: [Option<Room>; Change::KINDS],
}

impl<'a> Problem<'a> {
    /// `cell` says what there is at each place.
    pub(crate) fn new(
        shape: Shape,
        spots: &'a [Spot],
        cell: impl Fn(Place) -> (Count, Option<State>),
    ) -> Self {
        let rooms = [None; Change::KINDS];
        let places = shape.places(0..spots.len());
        let cells = places.map(cell).map(|(count, state)| Cell { count, state, rooms });
        Self { shape, spots, cells: cells.collect() }
    }

    pub(crate) fn count(&self, place: Place) -> Count {
        self.cells.get(self.shape.at(place)).map(|cell| cell.count).unwrap_or_default()
    }

    pub(crate) fn state(&self, place: Place) -> Option<State> {
        self.cells.get(self.shape.at(place)).and_then(|cell| cell.state)
    }

    pub(crate) fn is_shown(&self, place: Place) -> bool {
        self.state(place).is_some_and(State::is_shown)
    }

    pub(crate) fn set(&mut self, place: Place, state: State) {
        if let Some(cell) = self.cells.get_mut(self.shape.at(place)) {
            *cell = Cell { state: Some(state), rooms: [None; Change::KINDS], ..*cell };
        }
    }

    /// Every place, by spot.
    pub(crate) fn places(&self) -> impl Iterator<Item = Place> + use<> {
        self.places_from(0)
    }

    /// The places from a spot on.
    pub(crate) fn places_from(&self, first: usize) -> impl Iterator<Item = Place> + use<> {
        self.shape.places(first..self.spots.len())
    }

    /// The counts of a group, in the order of [`Shape::number`].
    pub(crate) fn counts(&self, spot: usize) -> impl Iterator<Item = Count> {
        let numbers = self.shape.numbers();
        let cells = self.cells.get(spot * numbers..(spot + 1) * numbers).unwrap_or_default();
        cells.iter().map(|cell| cell.count)
    }

    /// The smallest shown group strictly around a place.
    pub(crate) fn shown_around(&self, mut place: Place) -> Option<Place> {
        loop {
            place.spot = self.spots.get(place.spot)?.parent?;
            if self.is_shown(place) {
                return Some(place);
            }
        }
    }

    /// How often a change can be made before the cell shows it.
    pub(crate) fn room(&mut self, place: Place, change: Change) -> Room {
        let unit = self.shape.unit;
        let cell = self.cells.get_mut(self.shape.at(place));
        cell.map_or(Room::NONE, |cell| cell.room(change, unit))
    }

    /// How often a move can be made within one group, as far as its own cells say.
    pub(crate) fn own_room(&mut self, spot: usize, one: &Move) -> Room {
        self.least_room(spot, one, |_, cell| cell.state.is_some_and(State::is_shown))
    }

    /// How often a move can be made in a class: as often as there are pupils who can change.
    /// There is no table of a stratum of a class, so that only the counts themselves set limits.
    pub(crate) fn pupils(&mut self, spot: usize, one: &Move) -> Room {
        self.least_room(spot, one, |touch, _| touch.of_stratum)
    }

    fn least_room(
        &mut self,
        spot: usize,
        one: &Move,
        counts: impl Fn(&Touch, &Cell) -> bool,
    ) -> Room {
        let (numbers, unit) = (self.shape.numbers(), self.shape.unit);
        let mut least = Room::FREE;
        let Some(cells) = self.cells.get_mut(spot * numbers..(spot + 1) * numbers) else {
            return least;
        };
        for touch in &one.touches {
            let Some(cell) = cells.get_mut(touch.number) else { continue };
            if counts(touch, cell) {
                let room = cell.room(touch.change, unit);
                least = least.min(if touch.turned { room.turned() } else { room });
            }
        }
        least
    }
}

impl Cell {
    fn room(&mut self, change: Change, unit: Unit) -> Room {
        let (count, state) = (self.count, self.state);
        match self.rooms.get_mut(change as usize) {
            Some(known) => *known.get_or_insert_with(|| count.room(state, change, unit)),
            None => Room::NONE,
        }
    }
}
