//! What an attacker knows without any release.

use super::AttackError;
use super::groups::Shown;
use super::links::MANY;
use super::profile::Span;
use super::ties::{Tie, ties};
use crate::{ClassPlace, Structure};
use std::collections::{HashMap, HashSet};
use survey_definitions::Survey;

/// The structure, and for each wave how many are done in each class, as far as that is known.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    pub(super) structure: &'a Structure,
    pub(super) ties: Vec<Tie<String>>,
    done: Vec<HashMap<String, u32>>,
}

impl<'a> Known<'a> {
    /// Only the enrolment of each class.
    pub fn new(structure: &'a Structure) -> Self {
        Self { structure, ties: Vec::new(), done: Vec::new() }
    }

    /// Also what one indicator says about another: of those bullied often, everybody is bullied.
    #[must_use]
    pub fn with_definition(mut self, survey: &Survey) -> Self {
        self.ties = ties(survey);
        self
    }

    /// How many are done in classes of the next wave; the first call is about the first release.
    #[must_use]
    pub fn with_done(mut self, done: HashMap<String, u32>) -> Self {
        self.done.push(done);
        self
    }

    /// Reads the next wave's done counts: CSV with the columns `class,done`, in any order.
    ///
    /// # Errors
    /// The first line that is not a class of the structure and a number.
    pub fn read_done(self, text: &[u8]) -> Result<Self, AttackError> {
        let mut reader = csv::Reader::from_reader(text);
        let wrong = |line: u64, problem: String| AttackError::DoneLine { line, problem };
        let header = reader.headers().map_err(|error| wrong(1, error.to_string()))?.clone();
        let place = |name: &str| {
            let place = header.iter().position(|column| column == name);
            place.ok_or_else(|| wrong(1, format!("there is no column {name:?}")))
        };
        let (class, count) = (place("class")?, place("done")?);
        let classes: HashSet<&str> =
            self.structure.classes().iter().map(|place| place.class.as_str()).collect();
        let mut done = HashMap::new();
        for row in reader.records() {
            let row = row.map_err(|error| {
                wrong(error.position().map_or(0, csv::Position::line), error.to_string())
            })?;
            let line = row.position().map_or(0, csv::Position::line);
            let [class, count] = [class, count].map(|place| row.get(place).unwrap_or_default());
            if !classes.contains(class) {
                return Err(wrong(line, format!("{class:?} is not in the structure")));
            }
            let count =
                count.parse().map_err(|_| wrong(line, format!("{count:?} is not a number")))?;
            if done.insert(class.to_owned(), count).is_some() {
                return Err(wrong(line, format!("{class:?} is there twice")));
            }
        }
        Ok(self.with_done(done))
    }

    /// How many can be done in a class. A class may have more responses than enrolled, which is
    /// a reason to hide it.
    pub(super) fn done_in(&self, wave: usize, place: &ClassPlace, tables: &[Shown<'_>]) -> Span {
        let enrolled = i64::from(place.enrolment).min(MANY);
        let done = self.done.get(wave).and_then(|done| done.get(&place.class));
        let has_reason = |reason| tables.iter().any(|shown| shown.table.has_reason(reason));
        match done {
            Some(done) => [i64::from(*done).min(MANY); 2],
            None if has_reason("more_responses_than_enrolment") => {
                [enrolled + 1, 2 * enrolled + SMALL_CLASS]
            }
            // A reason that comes first may stand for both.
            None if has_reason("few_respondents") => [0, SMALL_CLASS],
            None => [0, enrolled],
        }
    }
}

/// More than any class of which it is said that few responded.
const SMALL_CLASS: i64 = 10;
