use super::column::{Raw, field};
use crate::DataProblem;
use crate::rows::Field;
use rustc_hash::FxHashMap;

/// Texts as numbers, from 0 in the order of their first row until they are sorted.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) of_row: Vec<u32>,
    pub(super) texts: Vec<String>,
    by_text: FxHashMap<String, u32>,
    by_number: FxHashMap<i64, u32>,
}

/// A row without name.
pub(super) const NO_NAME: u32 = u32::MAX;

impl Names {
    pub(super) fn push(&mut self, raw: Raw<'_>, may_be_empty: bool) -> Result<(), DataProblem> {
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
    pub(super) fn sort(&mut self) {
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
