use crate::DataProblem;
use crate::layout::{AnswerColumn, NOT_REACHED};
use crate::places::Places;
use crate::rows::{Field, place};
use rustc_hash::FxHashMap;

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
pub(super) struct Column {
    pub(super) name: String,
    kind: Kind,
}

/// What a column is read for, with what was read.
pub(super) enum Kind {
    /// Numbers of `at_least` or more.
    Numbers { values: Vec<f64>, at_least: f64, expected: &'static str },
    /// Names of strata, clusters, classes.
    Names { names: Names, may_be_empty: bool },
    /// The answers of a column of the layout.
    Answers { at: usize, column: AnswerColumn, places: Places },
}

/// Texts as numbers, from 0 in the order of their first row until they are sorted.
#[derive(Default)]
pub(super) struct Names {
    pub(super) of_row: Vec<u32>,
    pub(super) texts: Vec<String>,
    by_text: FxHashMap<String, u32>,
    by_number: FxHashMap<i64, u32>,
}

/// A row without name.
pub(super) const NO_NAME: u32 = u32::MAX;

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

impl Names {
    fn push(&mut self, raw: Raw<'_>, may_be_empty: bool) -> Result<(), DataProblem> {
        let found = match raw {
            Raw::Empty if may_be_empty => Ok(NO_NAME),
            Raw::Empty => Err(DataProblem::Empty),
            Raw::Other => Err(DataProblem::NotUtf8),
            Raw::Text(text) => Ok(self.of_text(text)),
            Raw::Real(real) => match field(real) {
                Some(Field::Number(whole)) => Ok(self.of_number(whole)),
                _ => Ok(self.of_text(&real.to_string())),
            },
            Raw::Whole(whole) => Ok(self.of_number(whole)),
        };
        self.of_row.push(*found.as_ref().unwrap_or(&NO_NAME));
        found.map(drop)
    }

    fn of_text(&mut self, text: &str) -> u32 {
        // Files mostly hold a cluster together.
        if let Some(last) = self.of_row.last()
            && self.texts.get(*last as usize).is_some_and(|before| before == text)
        {
            return *last;
        }
        if let Some(known) = self.by_text.get(text) {
            return *known;
        }
        let number = self.texts.len() as u32;
        self.texts.push(text.to_owned());
        self.by_text.insert(text.to_owned(), number);
        number
    }

    fn of_number(&mut self, whole: i64) -> u32 {
        if let Some(known) = self.by_number.get(&whole) {
            return *known;
        }
        let number = self.of_text(&whole.to_string());
        self.by_number.insert(whole, number);
        number
    }

    /// Whole numbers by size, then texts.
    fn sort(&mut self) {
        let mut order: Vec<u32> = (0..self.texts.len() as u32).collect();
        let key = |number: &u32| {
            let text = self.texts.get(*number as usize).map_or("", String::as_str);
            let whole = text.parse::<i64>();
            (whole.is_err(), whole.unwrap_or_default(), text)
        };
        order.sort_unstable_by(|one, other| key(one).cmp(&key(other)));
        let mut places = vec![0; order.len()];
        for (place, number) in (0..).zip(&order) {
            places.get_mut(*number as usize).into_iter().for_each(|slot| *slot = place);
        }
        for number in &mut self.of_row {
            *number = places.get(*number as usize).copied().unwrap_or(NO_NAME);
        }
        let text = |number: &u32| self.texts.get(*number as usize).cloned().unwrap_or_default();
        self.texts = order.iter().map(text).collect();
        (self.by_text, self.by_number) = Default::default();
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
fn field(real: f64) -> Option<Field<'static>> {
    match real {
        real if real.is_nan() => Some(Field::Empty),
        // Whole numbers beyond this are not told apart by a real one.
        real if real.fract() == 0.0 && real.abs() < 2_f64.powi(53) => {
            Some(Field::Number(real as i64))
        }
        _ => None,
    }
}
