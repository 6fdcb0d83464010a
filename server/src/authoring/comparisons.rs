//! A question compared with a value, as a condition.

use super::conditions::{Translator, literal, not, whole, whole_number};
use super::expression::{Comparison, Expression, What};
use super::questions::{Choice, Kind, Question};
use survey_definitions::Condition;

impl Translator<'_> {
    /// `asked` by `by` with the value of `value`.
    pub(super) fn compared(
        &mut self,
        asked: &Expression,
        by: Comparison,
        value: &Expression,
    ) -> Option<Condition> {
        if let What::Call { name, arguments } = &asked.what
            && name == "count-selected"
            && let [question] = arguments.as_slice()
        {
            return self.counted(question, by, value);
        }
        let question = self.question(asked)?;
        let text = literal(value).unwrap_or_default();
        match (&question.kind, by) {
            (_, Comparison::NotEqual) if text.is_empty() => Some(answered(question)),
            (_, Comparison::Equal) if text.is_empty() => {
                self.note(value.at, "that a question has no answer cannot be asked after")
            }
            (Kind::Many(_), _) => self.note(
                asked.at,
                "several choices can be taken here: use selected(${name}, 'value')",
            ),
            (Kind::Number { lowest, highest }, _) => {
                self.number(question, [*lowest, *highest], by, value)
            }
            (Kind::One(_), Comparison::Equal) => self.option(question, value.at, text),
            (Kind::One(_), Comparison::NotEqual) => {
                Some(not(self.option(question, value.at, text)?))
            }
            (Kind::One(choices), _) => self.by_size(question, choices, by, value),
        }
    }

    fn number(
        &mut self,
        question: &Question,
        [lowest, highest]: [i16; 2],
        by: Comparison,
        value: &Expression,
    ) -> Option<Condition> {
        let Some(number) = whole(value) else {
            return self.note(value.at, "a whole number is expected here");
        };
        if !(lowest..=highest).any(|answer| by.holds(answer.into(), number)) {
            let problem = format!("no answer from {lowest} to {highest} fits this");
            return self.note(value.at, problem);
        }
        let end = |number: i64| i16::try_from(number.clamp(0, i16::MAX.into())).ok();
        let item = question.id.clone();
        let range = |from, to| Some(Condition::Range { item: item.clone(), from, to });
        match by {
            Comparison::Less => range(None, end(number - 1)),
            Comparison::AtMost => range(None, end(number)),
            Comparison::Greater => range(end(number + 1), None),
            Comparison::AtLeast => range(end(number), None),
            Comparison::Equal => Some(Condition::Codes { item, codes: vec![end(number)?] }),
            Comparison::NotEqual if !(lowest.into()..=highest.into()).contains(&number) => {
                self.note(value.at, format!("the answer is never {number}"))
            }
            Comparison::NotEqual => Some(not(Condition::Codes { item, codes: vec![end(number)?] })),
        }
    }

    /// Choices whose values are numbers, compared by these.
    fn by_size(
        &mut self,
        question: &Question,
        choices: &[Choice],
        by: Comparison,
        value: &Expression,
    ) -> Option<Condition> {
        let Some(number) = whole(value) else {
            return self.note(value.at, "a whole number is expected here");
        };
        let values: Option<Vec<i64>> =
            choices.iter().map(|choice| whole_number(&choice.value)).collect();
        let Some(values) = values else {
            return self.note(value.at, "the choices of this question are words, not numbers");
        };
        let fits = choices.iter().zip(values).filter(|(_, size)| by.holds(*size, number));
        let codes: Vec<i16> = fits.map(|(choice, _)| choice.code).collect();
        if codes.is_empty() {
            return self.note(value.at, "no choice fits this");
        }
        Some(Condition::Codes { item: question.id.clone(), codes })
    }

    /// `count-selected(${name}) >= 2`.
    fn counted(
        &mut self,
        question: &Expression,
        by: Comparison,
        value: &Expression,
    ) -> Option<Condition> {
        let asked = self.question(question)?;
        let Kind::Many(choices) = &asked.kind else {
            return self.note(question.at, "count-selected() asks after several choices");
        };
        let least = match (by, whole(value)) {
            (Comparison::AtLeast, least) => least,
            (Comparison::Greater, below) => below.and_then(|below| below.checked_add(1)),
            _ => return self.note(value.at, "only \"at least so many\" is supported: >= or >"),
        };
        let possible = least.and_then(|least| usize::try_from(least).ok());
        let Some(count) = possible.filter(|least| (1..=choices.len()).contains(least)) else {
            return self.note(value.at, format!("a number up to {} is expected", choices.len()));
        };
        let each = choices.iter();
        let of = each.map(|one| Condition::Codes { item: asked.id.clone(), codes: vec![one.code] });
        Some(Condition::AtLeast { count: u32::try_from(count).ok()?, of: of.collect() })
    }
}

/// Whether there is any answer.
fn answered(question: &Question) -> Condition {
    let item = question.id.clone();
    match question.kind {
        Kind::Number { lowest, .. } => Condition::Range { item, from: Some(lowest), to: None },
        Kind::One(_) | Kind::Many(_) => {
            let codes = question.kind.options().iter().map(|choice| choice.code).collect();
            Condition::Codes { item, codes }
        }
    }
}
