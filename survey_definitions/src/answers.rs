use crate::AnswerLayout;
use crate::answer_layout::{AnswerItem, Domain};
use serde::{Deserialize, Serialize};

/// One pupil's answer to one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// The pupil did not come to this item.
    NotReached,
    /// "I do not want to answer."
    DoNotWant,
    /// The code of one option, or a number.
    Code(i16),
    /// Options of a `many` scale: bit `code` is set for each one chosen; never zero.
    Many(u32),
}

/// One pupil's answers, in the item order of the definition, one for each item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers(pub Vec<Answer>);

/// What a tablet sends: answers, or the wish not to take part, which looks the same outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Response {
    Answered(Answers),
    Declined,
}

/// Why answers do not fit a definition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    #[error("{got} answers for {expected} items")]
    Count { expected: usize, got: usize },
    #[error("item {item}: {code} is not a code of its scale")]
    UnknownCode { item: String, code: i32 },
    #[error("item {item}: takes one option, got several or the other way round")]
    WrongKind { item: String },
    #[error("item {item}: no option is chosen")]
    NothingChosen { item: String },
    #[error("item {item}: \"none of these\" together with another option")]
    NoneWithOther { item: String },
}

impl Answers {
    /// No item reached yet.
    pub fn empty(layout: &AnswerLayout) -> Self {
        Self(vec![Answer::NotReached; layout.items.len()])
    }

    /// Whether these can be answers to a survey.
    ///
    /// # Errors
    /// The first answer that does not fit its item.
    pub fn check(&self, layout: &AnswerLayout) -> Result<(), AnswerError> {
        let (expected, got) = (layout.items.len(), self.0.len());
        if expected != got {
            return Err(AnswerError::Count { expected, got });
        }
        layout.items.iter().zip(&self.0).try_for_each(|(item, answer)| answer.check(item))
    }
}

impl Answer {
    fn check(self, item: &AnswerItem) -> Result<(), AnswerError> {
        let known = |fits: bool, code: i16| match fits {
            true => Ok(()),
            false => Err(AnswerError::UnknownCode { item: item.id.clone(), code: code.into() }),
        };
        match (self, &item.domain) {
            (Self::NotReached | Self::DoNotWant, _) => Ok(()),
            (Self::Code(code), Domain::One(codes)) => known(codes.contains(&code), code),
            (Self::Code(code), Domain::Number { lowest, highest }) => {
                known((*lowest..=*highest).contains(&code), code)
            }
            (Self::Many(chosen), Domain::Many { bits, none }) => {
                check_many(chosen, *bits, *none, &item.id)
            }
            (Self::Code(_), Domain::Many { .. }) | (Self::Many(_), _) => {
                Err(AnswerError::WrongKind { item: item.id.clone() })
            }
        }
    }
}

fn check_many(chosen: u32, bits: u32, none: u32, item: &str) -> Result<(), AnswerError> {
    let item = item.to_owned();
    let unknown = chosen & !bits;
    if chosen == 0 {
        Err(AnswerError::NothingChosen { item })
    } else if unknown != 0 {
        let code = i32::try_from(unknown.trailing_zeros()).unwrap_or(i32::MAX);
        Err(AnswerError::UnknownCode { item, code })
    } else if chosen & none != 0 && chosen.count_ones() > 1 {
        Err(AnswerError::NoneWithOther { item })
    } else {
        Ok(())
    }
}
