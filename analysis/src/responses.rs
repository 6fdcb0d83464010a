use crate::columns::shape;
use crate::layout::{AnswerColumn, DO_NOT_WANT_CODE, Layout};
use crate::rows::{Field, Row, Rows};
use crate::{Columns, DataMistakes, DataProblem, Structure};
use survey_definitions::{Answer, Answers, Response, Survey, option_bit};

/// Columns that grow response by response, so that no more than the columns is ever held.
pub struct ResponseRows {
    rows: Rows,
    items: Vec<ItemOptions>,
    number: u64,
}

/// What the answer to an item may be.
struct ItemOptions {
    id: String,
    /// The bits of its options; `None` for an item with one answer.
    options: Option<u32>,
}

impl Columns {
    /// Responses as the release job opens them, each with its class.
    ///
    /// # Errors
    /// Every response that does not fit; rows are positions, from 1.
    pub fn from_responses<Class: AsRef<str>>(
        survey: &Survey,
        structure: &Structure,
        responses: impl IntoIterator<Item = (Class, Response)>,
    ) -> Result<Self, DataMistakes> {
        let mut rows = ResponseRows::new(survey, structure)?;
        for (class, response) in responses {
            rows.push(class.as_ref(), &response);
        }
        rows.finish()
    }
}

impl ResponseRows {
    /// No response yet.
    ///
    /// # Errors
    /// The definition does not fit columns.
    pub fn new(survey: &Survey, structure: &Structure) -> Result<Self, DataMistakes> {
        let (layout, tree) = shape(survey, structure)?;
        let options = |index: usize| {
            let known = layout.columns_of(index).filter_map(|(_, column)| column.option);
            known.fold(None, |bits: Option<u32>, (code, _)| {
                Some(bits.unwrap_or(0) | option_bit(code))
            })
        };
        let items = survey.items.iter().enumerate();
        let items = items
            .map(|(index, item)| ItemOptions { id: item.id.clone(), options: options(index) })
            .collect();
        Ok(Self { rows: Rows::new(layout, tree), items, number: 0 })
    }

    /// Adds a response of a class.
    pub fn push(&mut self, class: &str, response: &Response) {
        self.number += 1;
        let number = self.number;
        match response {
            Response::Declined => {
                let row = Row { number, class, place: None, status: "declined" };
                self.rows.push(&row, |_| Field::Empty);
            }
            Response::Answered(answers) => {
                if self.fits(answers) {
                    let row = Row { number, class, place: None, status: "answered" };
                    let layout = self.rows.layout();
                    self.rows.push(&row, |column| field(&layout, answers, column));
                }
            }
        }
    }

    /// The columns.
    ///
    /// # Errors
    /// Every response that does not fit; rows are positions, from 1.
    pub fn finish(self) -> Result<Columns, DataMistakes> {
        self.rows.finish()
    }

    /// Whether there is an answer of the right kind for each item.
    fn fits(&mut self, answers: &Answers) -> bool {
        let mistakes = &mut self.rows.mistakes;
        let (expected, got) = (self.items.len(), answers.0.len());
        if expected != got {
            mistakes.add(Some(self.number), None, DataProblem::AnswerCount { expected, got });
            return false;
        }
        let mut fits = true;
        for (item, answer) in self.items.iter().zip(&answers.0) {
            let problem = match (answer, item.options) {
                (Answer::Many(_), None) | (Answer::Code(_), Some(_)) => DataProblem::WrongKind,
                (Answer::Many(bits), Some(known)) if bits & !known != 0 => {
                    DataProblem::UnknownCode { got: format!("bits {bits:x}") }
                }
                _ => continue,
            };
            mistakes.add(Some(self.number), Some(&item.id), problem);
            fits = false;
        }
        fits
    }
}

fn field<'a>(layout: &Layout, answers: &Answers, column: usize) -> Field<'a> {
    let Some(column) = layout.columns.get(column) else { return Field::Empty };
    match answers.0.get(column.item) {
        None | Some(Answer::NotReached) => Field::Empty,
        Some(Answer::DoNotWant) => Field::Number(DO_NOT_WANT_CODE.into()),
        // -1 as an answer would read as "does not want to say"; no definition has it as a code.
        Some(Answer::Code(DO_NOT_WANT_CODE)) => Field::Other("-1"),
        Some(Answer::Code(code)) => Field::Number((*code).into()),
        Some(Answer::Many(bits)) => Field::Number(chosen(column, *bits).into()),
    }
}

fn chosen(column: &AnswerColumn, bits: u32) -> bool {
    column.option.is_some_and(|(code, _)| bits & option_bit(code) != 0)
}
