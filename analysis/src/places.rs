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

/// How many places a byte tells apart.
const NARROW: usize = 256;

impl Places {
    pub(crate) fn new(column: &AnswerColumn) -> Self {
        match column.places() <= NARROW {
            true => Self::Narrow(Vec::new()),
            false => Self::Wide(Vec::new()),
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
