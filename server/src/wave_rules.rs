//! What keeps classes out of another wave.

use crate::storage::memberships::{self, Membership};
use crate::storage::{Storage, StorageError};
use jiff::civil::{Date, date};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Waves of one school year in which a class may be: two releases can be held against each other,
/// and more would give single answers away (the design's rules for releases).
const WAVES_A_YEAR: usize = 2;
const FIRST_MONTH: i8 = 9;

/// Why a wave can be neither made nor opened for so many of its classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    #[error("{0} of the wave's classes are in another open wave; wait until that one is closed")]
    Overlap(usize),
    #[error("{0} classes are in two waves of this school year already, and more are not released")]
    TooOften(usize),
}

/// What keeps these classes out of a wave that begins on this day.
pub async fn obstacle(
    storage: &Storage,
    classes: &HashSet<Uuid>,
    first_day: Date,
) -> Result<Option<Obstacle>, StorageError> {
    let (first, last) = school_year(first_day);
    let mut open = HashSet::new();
    let mut of_year: HashMap<Uuid, usize> = HashMap::new();
    for Membership { class, is_open, first_day } in
        memberships::begun_or_open(storage, first, last).await?
    {
        if !classes.contains(&class) {
            continue;
        }
        if is_open {
            open.insert(class);
        }
        if (first..=last).contains(&first_day) {
            *of_year.entry(class).or_default() += 1;
        }
    }
    let too_often = of_year.values().filter(|waves| **waves >= WAVES_A_YEAR).count();
    Ok(match (open.len(), too_often) {
        (0, 0) => None,
        (0, too_often) => Some(Obstacle::TooOften(too_often)),
        (open, _) => Some(Obstacle::Overlap(open)),
    })
}

impl From<Obstacle> for app::WaveMistake {
    fn from(obstacle: Obstacle) -> Self {
        match obstacle {
            Obstacle::Overlap(classes) => Self::Overlap(classes),
            Obstacle::TooOften(classes) => Self::TooOften(classes),
        }
    }
}

/// The first of September before a day, and the last day of August after it.
pub fn school_year(day: Date) -> (Date, Date) {
    let begun = if day.month() >= FIRST_MONTH { day.year() } else { day.year().saturating_sub(1) };
    (date(begun, FIRST_MONTH, 1), date(begun.saturating_add(1), FIRST_MONTH - 1, 31))
}
