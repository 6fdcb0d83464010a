//! An expression as a [`Condition`], or everything in it that is none.
//!
//! Answers are codes of scales, so a comparison becomes the codes, or the range, for which it
//! holds. `!=` and `not(...)` of a question without an answer are unknown here, and an item is
//! asked only when its condition is known to hold; other programs take no answer as "not that".

use super::expression::{Comparison, Expression, What, Wrong};
use super::questions::{Kind, Named, Question, Questions};
use survey_definitions::Condition;

const KNOWN: &str = "and, or, not(), comparisons, selected(), count-selected() and checklist()";

/// Translates one expression.
pub(super) struct Translator<'a> {
    questions: &'a Questions,
    pub(super) wrong: Vec<Wrong>,
}

impl<'a> Translator<'a> {
    pub(super) fn new(questions: &'a Questions) -> Self {
        Self { questions, wrong: Vec::new() }
    }

    /// `None` when something is wrong with it; what, was noted or was told before.
    pub(super) fn condition(&mut self, expression: &Expression) -> Option<Condition> {
        match &expression.what {
            What::And(parts) => Some(all(self.parts(parts)?)),
            What::Or(parts) => Some(any(self.parts(parts)?)),
            What::Group(inner) => self.condition(inner),
            What::Compare(left, by, right) => self.comparison(left, *by, right),
            What::Call { name, arguments } => self.call(expression.at, name, arguments),
            _ => self.note(expression.at, "a comparison, selected(...) or not(...) is expected"),
        }
    }

    pub(super) fn note<T>(&mut self, at: usize, problem: impl Into<String>) -> Option<T> {
        self.wrong.push(Wrong::new(at, problem));
        None
    }

    /// Each with whether it stands in parentheses. Goes on after a mistake.
    fn parts(&mut self, parts: &[Expression]) -> Option<Vec<(bool, Condition)>> {
        let conditions = self.conditions(parts)?;
        let grouped = parts.iter().map(|part| matches!(part.what, What::Group(_)));
        Some(grouped.zip(conditions).collect())
    }

    fn conditions(&mut self, parts: &[Expression]) -> Option<Vec<Condition>> {
        let parts: Vec<_> = parts.iter().map(|part| self.condition(part)).collect();
        parts.into_iter().collect()
    }

    fn call(&mut self, at: usize, name: &str, arguments: &[Expression]) -> Option<Condition> {
        match (name, arguments) {
            ("not", [inner]) => Some(not(self.condition(inner)?)),
            ("selected", [question, value]) => self.selected(question, value),
            ("not-selected", [question, value]) => Some(not(self.selected(question, value)?)),
            ("any-of", [question, Expression { what: What::List(values), .. }]) => {
                let each = values.iter().map(|value| self.selected(question, value));
                let each: Vec<_> = each.collect();
                Some(any(each.into_iter().map(|one| Some((false, one?))).collect::<Option<_>>()?))
            }
            ("checklist", [least, most, of @ ..]) if !of.is_empty() => {
                self.checklist(least, most, of)
            }
            ("not" | "selected" | "checklist", _) => {
                self.note(at, format!("{name}() is given too little or too much"))
            }
            ("true" | "false", _) => self.note(at, format!("{name}() says nothing of an answer")),
            _ => self.unsupported(at, name),
        }
    }

    fn unsupported<T>(&mut self, at: usize, name: &str) -> Option<T> {
        self.note(at, format!("{name}() is not supported here; what is: {KNOWN}"))
    }

    fn selected(&mut self, question: &Expression, value: &Expression) -> Option<Condition> {
        let asked = self.question(question)?;
        let Some(text) = literal(value) else {
            return self.note(value.at, "the value of a choice in quotes is expected here");
        };
        if let Kind::Number { .. } = asked.kind {
            return self.note(question.at, "selected() asks after a choice, this is a number");
        }
        self.option(asked, value.at, text)
    }

    /// At least so many of several hold: `checklist(2, -1, ...)`.
    fn checklist(
        &mut self,
        least: &Expression,
        most: &Expression,
        of: &[Expression],
    ) -> Option<Condition> {
        if whole(most) != Some(-1) {
            return self
                .note(most.at, "-1 is expected here: only \"at least so many\" is supported");
        }
        let count = whole(least).and_then(|count| u32::try_from(count).ok());
        let count = match count.filter(|count| (1..=of.len()).contains(&(*count as usize))) {
            Some(count) => Some(count),
            None => self.note(least.at, format!("a number from 1 to {} is expected", of.len())),
        };
        let of = self.conditions(of);
        Some(Condition::AtLeast { count: count?, of: of? })
    }

    /// The question that a part of an expression names.
    pub(super) fn question(&mut self, part: &Expression) -> Option<&'a Question> {
        let name = match &part.what {
            What::Question(name) => name,
            What::This => {
                return self.note(part.at, "\".\" is this question, which has no answer yet");
            }
            What::Call { name, .. } => return self.unsupported(part.at, name),
            _ => return self.note(part.at, "a question, ${name}, is expected here"),
        };
        match self.questions.get(name) {
            Some(Named::Question(question)) => Some(question),
            Some(Named::Told) => None,
            Some(Named::NoAnswer) => {
                self.note(part.at, format!("{name:?} has no answer that is kept"))
            }
            None => self.note(part.at, format!("there is no question {name:?}")),
        }
    }

    pub(super) fn option(
        &mut self,
        question: &Question,
        at: usize,
        value: &str,
    ) -> Option<Condition> {
        match question.kind.code(value) {
            Some(code) => Some(Condition::Codes { item: question.id.clone(), codes: vec![code] }),
            None => self.note(at, format!("{value:?} is no choice of this question")),
        }
    }

    fn comparison(
        &mut self,
        left: &Expression,
        by: Comparison,
        right: &Expression,
    ) -> Option<Condition> {
        match (literal(left), literal(right)) {
            (None, None) => {
                let problem = "an answer is compared with a value, not with another answer";
                self.note(right.at, problem)
            }
            (Some(_), Some(_)) => self.note(left.at, "two values are compared: name a question"),
            (None, Some(_)) => self.compared(left, by, right),
            (Some(_), None) => self.compared(right, by.flipped(), left),
        }
    }
}

pub(super) fn not(of: Condition) -> Condition {
    Condition::Not { of: Box::new(of) }
}

/// What a value is written as.
pub(super) fn literal(part: &Expression) -> Option<&str> {
    match &part.what {
        What::Text(text) | What::Number(text) => Some(text),
        _ => None,
    }
}

/// A value as a whole number; `'3'` in quotes is one, as in XPath.
pub(super) fn whole(part: &Expression) -> Option<i64> {
    whole_number(literal(part)?)
}

pub(super) fn whole_number(text: &str) -> Option<i64> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    fraction.chars().all(|digit| digit == '0').then(|| whole.parse().ok()).flatten()
}

/// One of several holds. Choices of one question in a row are one condition.
fn any(parts: Vec<(bool, Condition)>) -> Condition {
    let mut joined: Vec<(bool, Condition)> = Vec::new();
    for (grouped, part) in parts {
        match (joined.last_mut(), &part) {
            (
                Some((false, Condition::Codes { item, codes })),
                Condition::Codes { item: other, codes: more },
            ) if !grouped && item == other && more.iter().all(|code| !codes.contains(code)) => {
                codes.extend(more);
            }
            _ => joined.push((grouped, part)),
        }
    }
    one_or(joined, |of| Condition::Any { of })
}

/// All hold. Both ends of a range in a row are one condition.
fn all(parts: Vec<(bool, Condition)>) -> Condition {
    let mut joined: Vec<(bool, Condition)> = Vec::new();
    for (grouped, part) in parts {
        match (joined.last_mut(), &part) {
            (
                Some((false, Condition::Range { item, from, to })),
                Condition::Range { item: other, from: more_from, to: more_to },
            ) if !grouped
                && item == other
                && (from.is_none() || more_from.is_none())
                && (to.is_none() || more_to.is_none()) =>
            {
                *from = from.or(*more_from);
                *to = to.or(*more_to);
            }
            _ => joined.push((grouped, part)),
        }
    }
    one_or(joined, |of| Condition::All { of })
}

fn one_or(
    mut parts: Vec<(bool, Condition)>,
    several: impl FnOnce(Vec<Condition>) -> Condition,
) -> Condition {
    match (parts.len(), parts.pop()) {
        (1, Some((_, only))) => only,
        (_, last) => several(parts.into_iter().chain(last).map(|(_, part)| part).collect()),
    }
}
