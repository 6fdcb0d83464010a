//! The questions that an expression may ask after.

use std::collections::HashMap;

/// What can be answered to a question, by the values that the other format writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    One(Vec<Choice>),
    Many(Vec<Choice>),
    Number { lowest: i16, highest: i16 },
}

/// An option: the value that the other format writes, and its code here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) code: i16,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    /// The id of the item.
    pub(super) id: String,
    pub(super) kind: Kind,
}

/// What stands under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    Question(Question),
    /// Something was wrong with it, and that was told.
    Told,
    /// It is there, but has no answer that Senim keeps.
    NoAnswer,
}

/// Everything that an expression can name.
#[derive(Debug, Default)]
pub(super) struct Questions(HashMap<String, Named>);

impl Questions {
    /// `false` when there was one of this name.
    pub(super) fn add(&mut self, name: &str, named: Named) -> bool {
        self.0.insert(name.to_owned(), named).is_none()
    }

    pub(super) fn get(&self, name: &str) -> Option<&Named> {
        self.0.get(name)
    }
}

impl Kind {
    /// The options of a choice; none of a number.
    pub(super) fn options(&self) -> &[Choice] {
        match self {
            Self::One(options) | Self::Many(options) => options,
            Self::Number { .. } => &[],
        }
    }

    pub(super) fn code(&self, value: &str) -> Option<i16> {
        self.options().iter().find(|option| option.value == value).map(|option| option.code)
    }
}
