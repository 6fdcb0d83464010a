use crate::{Language, language::text};

/// Where a mistake is, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaveField {
    Name,
    FirstDay,
    LastDay,
    Scope,
    Grades,
    Key,
}

/// Why a wave cannot be made of what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaveMistake {
    NameMissing,
    NameTooLong(usize),
    Scope,
    FirstDay,
    LastDay,
    DaysOrder,
    /// The last day is past.
    Past,
    NoGrade,
    NoClasses,
    KeyMissing,
    KeyShape,
    KeyMistyped,
    /// It is the key itself, or a share, and not its public half.
    KeySecret,
    KeyUnusable,
    /// So many classes are in another open wave.
    Overlap(usize),
    /// So many classes are in two waves of the school year already.
    TooOften(usize),
}

/// Characters of a name at most.
pub const LONGEST_WAVE_NAME: usize = 80;

impl WaveField {
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Scope => "scope",
            Self::FirstDay => "first_day",
            Self::LastDay => "last_day",
            Self::Grades => "grades",
            Self::Key => "key",
        }
    }
}

impl WaveMistake {
    pub fn field(&self) -> WaveField {
        match self {
            Self::NameMissing | Self::NameTooLong(_) => WaveField::Name,
            Self::Scope => WaveField::Scope,
            Self::FirstDay => WaveField::FirstDay,
            Self::LastDay | Self::DaysOrder | Self::Past => WaveField::LastDay,
            Self::NoGrade | Self::NoClasses | Self::Overlap(_) | Self::TooOften(_) => {
                WaveField::Grades
            }
            Self::KeyMissing
            | Self::KeyShape
            | Self::KeyMistyped
            | Self::KeySecret
            | Self::KeyUnusable => WaveField::Key,
        }
    }

    /// What is wrong and what to do.
    pub fn words(&self, language: Language) -> String {
        let words = match self {
            Self::NameTooLong(length) => {
                let limit = LONGEST_WAVE_NAME;
                return text!(language, waves.name_long, length = *length, limit = limit);
            }
            Self::Overlap(count) => return text!(language, waves.overlap, count = *count),
            Self::TooOften(count) => return text!(language, waves.too_often, count = *count),
            Self::NameMissing => text!(language, waves.name_missing),
            Self::Scope => text!(language, waves.scope_wrong),
            Self::FirstDay => text!(language, waves.first_day_wrong),
            Self::LastDay => text!(language, waves.last_day_wrong),
            Self::DaysOrder => text!(language, waves.days_order),
            Self::Past => text!(language, waves.days_past),
            Self::NoGrade => text!(language, waves.no_grade),
            Self::NoClasses => text!(language, waves.no_classes),
            Self::KeyMissing => text!(language, waves.key_missing),
            Self::KeyShape => text!(language, waves.key_shape),
            Self::KeyMistyped => text!(language, waves.key_mistyped),
            Self::KeySecret => text!(language, waves.key_secret),
            Self::KeyUnusable => text!(language, waves.key_unusable),
        };
        words.to_owned()
    }
}
