use crate::{Item, ResponseScale, ScaleKind, Survey};

/// One pupil's answer to one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    pub fn empty(survey: &Survey) -> Self {
        Self(vec![Answer::NotReached; survey.items.len()])
    }

    /// Whether these can be answers to `survey`.
    ///
    /// # Errors
    /// The first answer that does not fit its item.
    pub fn check(&self, survey: &Survey) -> Result<(), AnswerError> {
        let (expected, got) = (survey.items.len(), self.0.len());
        if expected != got {
            return Err(AnswerError::Count { expected, got });
        }
        survey
            .items
            .iter()
            .zip(&self.0)
            .try_for_each(|(item, answer)| answer.check(item, survey.scale_of(item)))
    }
}

impl Answer {
    fn check(self, item: &Item, scale: Option<&ResponseScale>) -> Result<(), AnswerError> {
        let many = scale.is_some_and(|scale| matches!(scale.kind, ScaleKind::Many { .. }));
        match (self, scale) {
            (Self::NotReached | Self::DoNotWant, _) => Ok(()),
            (Self::Code(code), Some(scale)) if !many => check_one(code, item, scale),
            (Self::Many(bits), Some(scale)) if many => check_many(bits, item, scale),
            _ => Err(AnswerError::WrongKind { item: item.id.clone() }),
        }
    }
}

fn check_one(code: i16, item: &Item, scale: &ResponseScale) -> Result<(), AnswerError> {
    if scale.has_code(code) {
        Ok(())
    } else {
        Err(AnswerError::UnknownCode { item: item.id.clone(), code: code.into() })
    }
}

fn check_many(bits: u32, item: &Item, scale: &ResponseScale) -> Result<(), AnswerError> {
    let item = item.id.clone();
    let unknown = bits & !scale.bits();
    let none = scale.none_bit();
    if bits == 0 {
        Err(AnswerError::NothingChosen { item })
    } else if unknown != 0 {
        let code = i32::try_from(unknown.trailing_zeros()).unwrap_or(i32::MAX);
        Err(AnswerError::UnknownCode { item, code })
    } else if bits & none != 0 && bits != none {
        Err(AnswerError::NoneWithOther { item })
    } else {
        Ok(())
    }
}
