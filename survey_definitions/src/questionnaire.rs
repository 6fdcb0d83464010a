use crate::answer_layout::{AnswerItem, Domain};
use crate::{AnswerLayout, Form, Words, option_bit};
use serde::{Deserialize, Serialize};

/// A survey in one language as a tablet needs it: what is shown and what can be answered, and
/// nothing that only people who read the definition or its results want to know. Everything but
/// the words is the same in every language. Made by [`crate::Survey::questionnaire`], read with
/// serde alone: the server has checked it. No field is left out when it is written, because
/// formats without field names must read it, too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Questionnaire {
    pub id: String,
    pub version: u32,
    pub form: Form,
    pub scales: Vec<LeanScale>,
    pub items: Vec<LeanItem>,
    pub pages: Vec<LeanPage>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeanItem {
    pub id: String,
    /// The index of its scale.
    pub scale: usize,
    pub words: Words,
}

/// What can be answered on a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LeanScale {
    One(Vec<LeanChoice>),
    Many(Vec<LeanChoice>),
    Number { lowest: i16, highest: i16, lowest_words: Words, highest_words: Words },
}

/// One option, of a scale or of a neutral task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeanChoice {
    pub code: i16,
    /// Excludes every other option.
    pub none: bool,
    pub picture: Option<String>,
    pub words: Words,
}

/// One screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LeanPage {
    Reading {
        title: Words,
        parts: Vec<LeanPart>,
    },
    /// Indices of items.
    Items(Vec<usize>),
    /// The index of an item that not everybody is asked; then the tests of answers on screens
    /// before, for [`is_asked`]. Where it is not asked, a neutral task is shown in its place. One
    /// list of numbers, because a tablet would load code for every type more.
    ItemWhen(Vec<usize>),
}

/// Numbers of one test: the index of an item; options as the bits of [`crate::Answer::Many`]; and
/// 1 when the answer must name none of them, plus 2 when this is the last test of its group.
pub(crate) const TEST: usize = 3;
pub(crate) const NOT: usize = 1;
pub(crate) const LAST: usize = 2;

/// Whether every group of the tests behind a [`LeanPage::ItemWhen`] has one that holds. `chosen`
/// gives the options of a valid answer as bits, and 0 without one: then no test of it holds.
pub fn is_asked(tests: &[usize], chosen: impl Fn(usize) -> u32) -> bool {
    let mut holds = false;
    for test in tests.chunks_exact(TEST) {
        if let [item, bits, kind] = *test {
            let chosen = chosen(item) as usize;
            holds |= chosen != 0 && (chosen & bits == 0) == (kind & NOT != 0);
            if kind & LAST != 0 && !std::mem::take(&mut holds) {
                return false;
            }
        }
    }
    true
}

/// One paragraph of a reading page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeanPart {
    pub picture: Option<String>,
    pub words: Words,
}

impl Questionnaire {
    /// The scale of the item at an index.
    pub fn scale_of(&self, item: usize) -> Option<&LeanScale> {
        self.items.get(item).and_then(|item| self.scales.get(item.scale))
    }

    /// The options of the item at an index that exclude every other, as bits.
    pub fn none_bits(&self, item: usize) -> u32 {
        match self.scale_of(item).map(Domain::from) {
            Some(Domain::Many { none, .. }) => none,
            _ => 0,
        }
    }

    /// What checking and packing need to know; the same as of the survey.
    pub fn answer_layout(&self) -> AnswerLayout {
        let item = |(index, item): (usize, &LeanItem)| AnswerItem {
            id: item.id.clone(),
            domain: self.scale_of(index).map_or(Domain::NOTHING, Domain::from),
        };
        let items = self.items.iter().enumerate().map(item).collect();
        AnswerLayout { id: self.id.clone(), version: self.version, items }
    }
}

impl LeanChoice {
    /// The option's bit in [`crate::Answer::Many`]; zero for a code that has none.
    pub fn bit(&self) -> u32 {
        option_bit(self.code)
    }
}

impl From<&LeanScale> for Domain {
    fn from(scale: &LeanScale) -> Self {
        match scale {
            LeanScale::One(options) => Self::One(options.iter().map(|one| one.code).collect()),
            LeanScale::Many(options) => Self::many(options.iter().map(|one| (one.bit(), one.none))),
            LeanScale::Number { lowest, highest, .. } => {
                Self::Number { lowest: *lowest, highest: *highest }
            }
        }
    }
}
