//! What keeps classes out of another wave.

use crate::storage::wave_classes::{self, Membership};
use crate::storage::{Storage, StorageError};
use jiff::civil::{Date, date};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Waves of one school year in which a class may be: two releases can be held against each other,
/// and more would give single answers away (the design's rules for releases).
const WAVES_A_YEAR: usize = 2;
const FIRST_MONTH: i8 = 9;

/// Classes that cannot be in a new wave.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Conflicts {
    /// In another open wave.
    pub open: usize,
    /// In two waves of the school year already.
    pub too_often: usize,
}

/// What keeps these classes out of a wave that begins on this day.
pub async fn conflicts(
    storage: &Storage,
    classes: &HashSet<Uuid>,
    first_day: Date,
) -> Result<Conflicts, StorageError> {
    let (first, last) = school_year(first_day);
    let mut open = HashSet::new();
    let mut of_year: HashMap<Uuid, usize> = HashMap::new();
    for Membership { class, is_open, first_day } in
        wave_classes::memberships(storage, first, last).await?
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
    Ok(Conflicts { open: open.len(), too_often })
}

/// The first of September before a day, and the last day of August after it.
pub fn school_year(day: Date) -> (Date, Date) {
    let begun = if day.month() >= FIRST_MONTH { day.year() } else { day.year().saturating_sub(1) };
    (date(begun, FIRST_MONTH, 1), date(begun.saturating_add(1), FIRST_MONTH - 1, 31))
}
