use crate::ScaleKind;

/// What can be answered to each item: all that checking and packing answers need of a
/// definition. A [`crate::Survey`] and its [`crate::Questionnaire`] have the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerLayout {
    pub(crate) id: String,
    pub(crate) version: u32,
    pub(crate) items: Vec<AnswerItem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AnswerItem {
    pub(crate) id: String,
    pub(crate) domain: Domain,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Domain {
    /// One of these codes.
    One(Vec<i16>),
    /// Any of these bits; each of the `none` bits only alone.
    Many {
        bits: u32,
        none: u32,
    },
    Number {
        lowest: i16,
        highest: i16,
    },
}

/// The bit of an option in [`crate::Answer::Many`]; zero for a code that has none.
pub fn option_bit(code: i16) -> u32 {
    u32::try_from(code).ok().and_then(|code| 1_u32.checked_shl(code)).unwrap_or(0)
}

impl Domain {
    /// Nothing can be answered. Only a survey that was not parsed has an item without a scale.
    pub(crate) const NOTHING: Self = Self::One(Vec::new());

    /// From the bit of each option and whether it excludes the others.
    pub(crate) fn many(options: impl Iterator<Item = (u32, bool)>) -> Self {
        let (mut bits, mut none) = (0, 0);
        for (bit, is_none) in options {
            bits |= bit;
            none |= if is_none { bit } else { 0 };
        }
        Self::Many { bits, none }
    }
}

impl From<&ScaleKind> for Domain {
    fn from(scale: &ScaleKind) -> Self {
        match scale {
            ScaleKind::One { options } => {
                Self::One(options.iter().map(|option| option.code).collect())
            }
            ScaleKind::Many { options } => {
                Self::many(options.iter().map(|option| (option.bit(), option.none)))
            }
            ScaleKind::Number { lowest, highest, .. } => {
                Self::Number { lowest: *lowest, highest: *highest }
            }
        }
    }
}
