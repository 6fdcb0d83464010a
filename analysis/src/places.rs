use crate::layout::{AnswerColumn, CODES};
use std::ops::Range;

/// The answers of one column: for each row the place of its answer, [`crate::layout::NOT_REACHED`],
/// [`crate::layout::DO_NOT_WANT`], or from [`CODES`] on that of its code. As narrow as it can be.
#[derive(Debug, Clone)]
pub(crate) enum Places {
    Narrow(Vec<u8>),
    Wide(Vec<u16>),
}

/// What to make of each place of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table<T> {
    narrow: Box<[T; NARROW]>,
    /// Of a wide column every entry; else empty.
    wide: Vec<T>,
}

/// A table of bytes as changes from place to place: the processor compares many places at once
/// and looks up only one, so that a few changes take less time than a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Steps {
    first: u8,
    /// From this place on so much is added, around the end of a byte.
    changes: Vec<(u8, u8)>,
    table: Table<u8>,
}

/// So many changes still take less time than a table.
const MOST_CHANGES: usize = 12;

/// How many places a byte tells apart.
const NARROW: usize = 256;

impl Places {
    pub(crate) fn new(column: &AnswerColumn) -> Self {
        match column.places() <= NARROW {
            true => Self::Narrow(Vec::new()),
            false => Self::Wide(Vec::new()),
        }
    }

    /// The number of rows.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Narrow(places) => places.len(),
            Self::Wide(places) => places.len(),
        }
    }

    /// Adds a row; the place is one of the column.
    pub(crate) fn push(&mut self, place: u16) {
        match self {
            // Places of a narrow column fit, so what is lost here cannot be one.
            Self::Narrow(places) => places.push(u8::try_from(place).unwrap_or_default()),
            Self::Wide(places) => places.push(place),
        }
    }

    pub(crate) fn get(&self, row: usize) -> Option<usize> {
        match self {
            Self::Narrow(places) => places.get(row).map(|place| usize::from(*place)),
            Self::Wide(places) => places.get(row).map(|place| usize::from(*place)),
        }
    }

    /// Puts the rows in the order of `rows`.
    pub(crate) fn arrange(&mut self, rows: &[u32]) {
        match self {
            Self::Narrow(places) => *places = arranged(places, rows),
            Self::Wide(places) => *places = arranged(places, rows),
        }
    }

    /// What a table makes of some rows.
    pub(crate) fn look_up<T: Copy>(&self, rows: Range<usize>, table: &Table<T>) -> Vec<T> {
        match self {
            Self::Narrow(places) => {
                let places = places.get(rows).unwrap_or_default();
                places.iter().map(|place| table.narrow[usize::from(*place)]).collect()
            }
            Self::Wide(places) => {
                let places = places.get(rows).unwrap_or_default();
                places.iter().filter_map(|place| table.get(usize::from(*place))).collect()
            }
        }
    }
}

/// Adds `change` where the place is `from` or later: without a branch, many at once.
fn step(found: &mut [u8], places: &[u8], from: u8, change: u8) {
    for (found, place) in found.iter_mut().zip(places) {
        let mask = u8::from(*place >= from).wrapping_neg();
        *found = found.wrapping_add(change & mask);
    }
}

impl Steps {
    /// `missing` for what is no valid answer, `of` for each code.
    pub(crate) fn new(column: &AnswerColumn, missing: u8, of: impl Fn(i16) -> u8) -> Self {
        let table = Table::new(column, missing, of);
        let entries: Vec<u8> = (0..column.places()).filter_map(|place| table.get(place)).collect();
        let pairs = (1..).zip(entries.array_windows());
        let changes = pairs.filter(|(_, [before, after])| before != after);
        let changes = changes.filter_map(|(place, [before, after])| {
            Some((u8::try_from(place).ok()?, after.wrapping_sub(*before)))
        });
        let changes = changes.take(MOST_CHANGES + 1).collect();
        Self { first: entries.first().copied().unwrap_or(missing), changes, table }
    }

    pub(crate) fn get(&self, place: usize) -> Option<u8> {
        self.table.get(place)
    }

    /// What it makes of some rows.
    pub(crate) fn look_up(&self, places: &Places, rows: Range<usize>) -> Vec<u8> {
        match places {
            Places::Narrow(places) if self.changes.len() <= MOST_CHANGES => {
                let places = places.get(rows).unwrap_or_default();
                let mut found = vec![self.first; places.len()];
                for (from, change) in &self.changes {
                    step(&mut found, places, *from, *change);
                }
                found
            }
            _ => places.look_up(rows, &self.table),
        }
    }
}

fn arranged<T: Copy + Default>(places: &[T], rows: &[u32]) -> Vec<T> {
    rows.iter().map(|row| places.get(*row as usize).copied().unwrap_or_default()).collect()
}

impl<T: Copy> Table<T> {
    /// `missing` for what is no valid answer, `of` for each code.
    pub(crate) fn new(column: &AnswerColumn, missing: T, of: impl Fn(i16) -> T) -> Self {
        Self::by_place(column, |place| {
            let code = place.checked_sub(CODES).and_then(|place| column.codes.get(place));
            code.map_or(missing, |code| of(*code))
        })
    }

    pub(crate) fn by_place(column: &AnswerColumn, entry: impl Fn(usize) -> T) -> Self {
        let wide = if column.places() > NARROW { column.places() } else { 0 };
        Self { narrow: Box::new(std::array::from_fn(&entry)), wide: (0..wide).map(entry).collect() }
    }

    pub(crate) fn get(&self, place: usize) -> Option<T> {
        self.narrow.get(place).or_else(|| self.wide.get(place)).copied()
    }
}
