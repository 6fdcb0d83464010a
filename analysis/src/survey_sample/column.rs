use super::names::Names;
use crate::DataProblem;
use crate::layout::{AnswerColumn, NOT_REACHED};
use crate::places::Places;
use crate::rows::{Field, place};

/// A field as a source has it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Raw<'a> {
    Empty,
    Whole(i64),
    Real(f64),
    Text(&'a str),
    /// Bytes that are no text.
    Other,
}

/// A column of a file, growing row by row.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: String,
    kind: Kind,
}

/// What a column is read for, with what was read.
#[derive(Debug)]
pub(super) enum Kind {
    /// Numbers of `at_least` or more.
    Numbers { values: Vec<f64>, at_least: f64, expected: &'static str },
    /// Names of strata, clusters, classes.
    Names { names: Names, may_be_empty: bool },
    /// The answers of a column of the layout.
    Answers { at: usize, column: AnswerColumn, places: Places },
}

impl Column {
    pub(super) fn new(name: &str, kind: Kind) -> Self {
        Self { name: name.to_owned(), kind }
    }

    /// Whether it is of this name and read in the same way.
    pub(super) fn is(&self, name: &str, kind: &Kind) -> bool {
        let same = match (&self.kind, kind) {
            (Kind::Numbers { at_least, .. }, Kind::Numbers { at_least: other, .. }) => {
                at_least == other
            }
            (Kind::Names { may_be_empty, .. }, Kind::Names { may_be_empty: other, .. }) => {
                may_be_empty == other
            }
            (Kind::Answers { at, .. }, Kind::Answers { at: other, .. }) => at == other,
            _ => false,
        };
        same && self.name == name
    }

    /// Adds a row, one without value where the field cannot be used.
    pub(super) fn push(&mut self, raw: Raw<'_>) -> Result<(), DataProblem> {
        match &mut self.kind {
            Kind::Numbers { values, at_least, expected } => {
                let number = number(raw, *at_least, expected);
                values.push(*number.as_ref().unwrap_or(&f64::NAN));
                number.map(drop)
            }
            Kind::Names { names, may_be_empty } => names.push(raw, *may_be_empty),
            Kind::Answers { column, places, .. } => {
                let place = match raw {
                    Raw::Empty => Ok(NOT_REACHED),
                    Raw::Whole(whole) => place(column, Field::Number(whole)),
                    Raw::Real(real) => {
                        place(column, field(real).unwrap_or(Field::Other("a fraction")))
                    }
                    Raw::Text(text) => place(column, whole(text).unwrap_or(Field::Other(text))),
                    Raw::Other => Err(DataProblem::NotUtf8),
                };
                places.push(*place.as_ref().unwrap_or(&NOT_REACHED) as u16);
                place.map(drop)
            }
        }
    }

    pub(super) fn rows(&self) -> usize {
        match &self.kind {
            Kind::Numbers { values, .. } => values.len(),
            Kind::Names { names, .. } => names.of_row.len(),
            Kind::Answers { places, .. } => places.len(),
        }
    }

    /// The place of the answer in the last row.
    pub(super) fn last(&self) -> Option<(usize, &AnswerColumn)> {
        let (_, column, places) = self.answers()?;
        Some((places.get(places.len().checked_sub(1)?)?, column))
    }

    pub(super) fn numbers(&self) -> Option<&[f64]> {
        match &self.kind {
            Kind::Numbers { values, .. } => Some(values),
            _ => None,
        }
    }

    pub(super) fn names(&self) -> Option<&Names> {
        match &self.kind {
            Kind::Names { names, .. } => Some(names),
            _ => None,
        }
    }

    /// Its position in the layout with its answers.
    pub(super) fn answers(&self) -> Option<(usize, &AnswerColumn, &Places)> {
        match &self.kind {
            Kind::Answers { at, column, places } => Some((*at, column, places)),
            _ => None,
        }
    }

    /// Numbers names in their own order, so that no order of rows changes anything.
    pub(super) fn sort(&mut self) {
        if let Kind::Names { names, .. } = &mut self.kind {
            names.sort();
        }
    }
}

impl Kind {
    pub(super) fn weight() -> Self {
        Self::Numbers { values: Vec::new(), at_least: 0.0, expected: "a number of 0 or more" }
    }

    pub(super) fn population() -> Self {
        Self::Numbers { values: Vec::new(), at_least: 1.0, expected: "a number of 1 or more" }
    }

    pub(super) fn name() -> Self {
        Self::Names { names: Names::default(), may_be_empty: false }
    }

    pub(super) fn class() -> Self {
        Self::Names { names: Names::default(), may_be_empty: true }
    }

    pub(super) fn answer(at: usize, column: &AnswerColumn) -> Self {
        Self::Answers { at, column: column.clone(), places: Places::new(column) }
    }
}

fn number(raw: Raw<'_>, at_least: f64, expected: &'static str) -> Result<f64, DataProblem> {
    let not = |got: String| DataProblem::NotANumber { got, expected };
    let number = match raw {
        Raw::Empty => return Err(DataProblem::Empty),
        Raw::Whole(whole) => whole as f64,
        Raw::Real(real) => real,
        Raw::Text(text) => text.trim().parse().map_err(|_| not(text.to_owned()))?,
        Raw::Other => return Err(DataProblem::NotUtf8),
    };
    match number.is_finite() && number >= at_least {
        true => Ok(number),
        false => Err(not(number.to_string())),
    }
}

/// A whole number as text, be it written with a point as some programs do.
fn whole(text: &str) -> Option<Field<'static>> {
    let whole = text.parse().ok().map(Field::Number);
    whole.or_else(|| field(text.parse().ok()?))
}

/// A real number that is whole or missing.
pub(super) fn field(real: f64) -> Option<Field<'static>> {
    match real {
        real if real.is_nan() => Some(Field::Empty),
        // Whole numbers beyond this are not told apart by a real one.
        real if real.fract() == 0.0 && real.abs() < 2_f64.powi(53) => {
            Some(Field::Number(real as i64))
        }
        _ => None,
    }
}
