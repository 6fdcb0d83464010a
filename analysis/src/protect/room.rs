use super::state::State;
use crate::bands::{Band, Column};
use std::num::NonZeroU8;

/// How often something can be done before it is felt, each way; never more than [`Room::ENOUGH`],
/// which is all that any rule asks for. In one byte, of which none is zero: a nation keeps hundreds
/// of millions of these, and room for as many that are not known yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Room(NonZeroU8);

/// The counts of one part of one measure, of some pupils of one group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Pupils with the property, or the sum of their scores.
    pub(crate) value: u64,
    pub(crate) valid: u32,
    /// Pupils who are done.
    pub(crate) respondents: u32,
}

/// What a move does to a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// A valid answer counts that did not.
    Answer,
    /// There is one more valid answer, and it counts.
    Counting,
    /// There is one more valid answer, and it does not count.
    NotCounting,
}

/// How the measure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unit {
    /// The highest score of a pupil; 1 for shares.
    pub(crate) full: u64,
    /// What one answer more or less changes a score by; 1 for shares.
    pub(crate) step: u64,
    /// The least share of respondents who must have answered, in percent.
    pub(crate) answered_percent: u64,
    /// The fewest valid answers that are shown.
    pub(crate) least_valid: u32,
}

impl Room {
    pub(crate) const ENOUGH: u8 = 3;
    pub(crate) const FREE: Self = Self::new(Self::ENOUGH, Self::ENOUGH);
    pub(crate) const NONE: Self = Self::new(0, 0);

    /// Three bits each way, and one that is always set.
    const EACH: u32 = 3;
    const MASK: u8 = (1 << Self::EACH) - 1;
    const SET: u8 = 1 << (2 * Self::EACH);

    /// More than enough is enough.
    pub(crate) const fn new(up: u8, down: u8) -> Self {
        Self::up_to(Self::ENOUGH, up, down)
    }

    /// For sums from which something is taken again: `most` is 7 at most.
    pub(super) const fn up_to(most: u8, up: u8, down: u8) -> Self {
        let (up, down) = (capped(up, most), capped(down, most));
        match NonZeroU8::new(Self::SET | up << Self::EACH | down) {
            Some(byte) => Self(byte),
            None => Self(NonZeroU8::MIN),
        }
    }

    pub(crate) fn up(self) -> u8 {
        self.0.get() >> Self::EACH & Self::MASK
    }

    pub(crate) fn down(self) -> u8 {
        self.0.get() & Self::MASK
    }

    pub(crate) fn min(self, other: Self) -> Self {
        Self::new(self.up().min(other.up()), self.down().min(other.down()))
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self::new(self.up().saturating_add(other.up()), self.down().saturating_add(other.down()))
    }

    pub(crate) fn fits_in(self, other: Self) -> bool {
        self.up() <= other.up() && self.down() <= other.down()
    }

    pub(crate) fn turned(self) -> Self {
        Self::new(self.down(), self.up())
    }
}

const fn capped(times: u8, most: u8) -> u8 {
    if times < most { times } else { most }
}

impl Change {
    pub(crate) const KINDS: usize = 3;
}

impl Count {
    /// How often the change can be made, forth and back, so that the count stays possible and
    /// what is published of it stays true.
    pub(crate) fn room(self, state: Option<State>, change: Change, unit: Unit) -> Room {
        let shown = match state {
            Some(State::Shown(column)) => column
                .band(self.value, u64::from(self.valid) * unit.full)
                .map(|band| (column, band)),
            Some(State::Hidden(_)) | None => None,
        };
        let score = match change {
            Change::Answer => return self.answers(shown.map(|(_, band)| band), unit),
            Change::Counting => unit.step,
            Change::NotCounting => 0,
        };
        let times = |valid| self.times(shown, score, valid, unit);
        Room::new(times(1), times(-1))
    }

    /// The room of an answer that counts or does not, among as many valid ones.
    fn answers(self, band: Option<Band>, unit: Unit) -> Room {
        let whole = u64::from(self.valid) * unit.full;
        if self.valid > self.respondents || self.value > whole {
            return Room::NONE;
        }
        let (first, last) = band.map_or((0, whole), |band| band.values(whole));
        let steps = |way: u64| (way / unit.step).min(Room::ENOUGH.into()) as u8;
        Room::new(steps(last.saturating_sub(self.value)), steps(self.value.saturating_sub(first)))
    }

    /// How often one more valid answer (or one less, `valid` = -1) with this score is possible.
    fn times(mut self, shown: Option<(Column, Band)>, score: u64, valid: i8, unit: Unit) -> u8 {
        for times in 0..Room::ENOUGH {
            let moved = self.after(score, valid, unit.full);
            let Some(moved) = moved.filter(|moved| moved.is_possible(unit.full)) else {
                return times;
            };
            if let Some((column, band)) = shown {
                let wide_enough = moved.may_be_shown(unit) && column.least_valid() <= moved.valid;
                if !wide_enough || !band.holds(moved.value, u64::from(moved.valid) * unit.full) {
                    return times;
                }
            }
            self = moved;
        }
        Room::ENOUGH
    }

    /// The count with one valid answer more or less. Of a mean that pupil has the mean of the
    /// others, so that only the number of answers is felt.
    fn after(self, score: u64, more: i8, full: u64) -> Option<Self> {
        let valid = self.valid.checked_add_signed(more.into())?;
        let value = if full > 1 {
            let others = u64::from(self.valid.max(1));
            (self.value * u64::from(valid)).checked_div(others)?
        } else if more > 0 {
            self.value + score
        } else {
            self.value.checked_sub(score)?
        };
        Some(Self { value, valid, ..self })
    }

    fn is_possible(self, full: u64) -> bool {
        self.valid <= self.respondents && self.value <= u64::from(self.valid) * full
    }

    fn may_be_shown(self, unit: Unit) -> bool {
        self.valid >= unit.least_valid
            && u64::from(self.valid) * 100 >= u64::from(self.respondents) * unit.answered_percent
    }
}
