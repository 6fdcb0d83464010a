use super::state::State;

/// How often something can be done before it is felt, each way; never more than [`Room::ENOUGH`],
/// which is all that any rule asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Room {
    pub(crate) up: u8,
    pub(crate) down: u8,
}

/// The counts of one part of one measure, of some pupils of one group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Pupils with the property, or the sum of their scores.
    pub(crate) value: u64,
    pub(crate) valid: u32,
    /// Pupils who are done.
    pub(crate) respondents: u32,
}

/// What one step does to a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    /// In scores.
    pub(crate) value: i64,
    pub(crate) valid: i64,
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
    pub(crate) const FREE: Self = Self { up: Self::ENOUGH, down: Self::ENOUGH };
    pub(crate) const NONE: Self = Self { up: 0, down: 0 };

    pub(crate) fn min(self, other: Self) -> Self {
        Self { up: self.up.min(other.up), down: self.down.min(other.down) }
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        let sum = |one: u8, other: u8| one.saturating_add(other).min(Self::ENOUGH);
        Self { up: sum(self.up, other.up), down: sum(self.down, other.down) }
    }

    pub(crate) fn fits_in(self, other: Self) -> bool {
        self.up <= other.up && self.down <= other.down
    }

    pub(crate) fn turned(self) -> Self {
        Self { up: self.down, down: self.up }
    }
}

impl Count {
    /// How often the step can be made, forth and back, so that the count stays possible and what
    /// is published of it stays true.
    pub(crate) fn room(self, state: Option<State>, step: Step, unit: Unit) -> Room {
        let back = Step { value: -step.value, valid: -step.valid };
        Room { up: self.times(state, step, unit), down: self.times(state, back, unit) }
    }

    fn times(mut self, state: Option<State>, step: Step, unit: Unit) -> u8 {
        let band = match state {
            Some(State::Shown(column)) => column
                .band(self.value, u64::from(self.valid) * unit.full)
                .map(|band| (column, band)),
            Some(State::Hidden(_)) | None => None,
        };
        for times in 0..Room::ENOUGH {
            let moved = self.after(step, unit.full);
            let Some(moved) = moved.filter(|moved| moved.is_possible(unit.full)) else {
                return times;
            };
            if let Some((column, band)) = band {
                let wide_enough = step.valid == 0
                    || moved.may_be_shown(unit) && column.least_valid() <= moved.valid;
                if !wide_enough || !band.holds(moved.value, u64::from(moved.valid) * unit.full) {
                    return times;
                }
            }
            self = moved;
        }
        Room::ENOUGH
    }

    /// The count after a step. Of a mean a pupil more or less has the mean of the others, so that
    /// only the number of answers is felt.
    fn after(self, step: Step, full: u64) -> Option<Self> {
        let valid = u32::try_from(i64::from(self.valid) + step.valid).ok()?;
        let value = if full > 1 && step.valid != 0 {
            let others = u64::from(self.valid.max(1));
            (self.value * u64::from(valid)).checked_div(others)?
        } else {
            u64::try_from(i64::try_from(self.value).ok()? + step.value).ok()?
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
