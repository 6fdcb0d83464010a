use crate::columns::shape;
use crate::layout::{AnswerColumn, DO_NOT_WANT_CODE, Layout};
use crate::rows::{Field, Row, Rows};
use crate::{Columns, DataMistakes, DataProblem, Structure};
use survey_definitions::{Answer, Answers, Response, Survey, option_bit};

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
        let (layout, tree) = shape(survey, structure)?;
        let mut rows = Rows::new(layout.clone(), tree);
        for (number, (class, response)) in (1..).zip(responses) {
            let class = class.as_ref();
            match &response {
                Response::Declined => {
                    let row = Row { number, class, place: None, status: "declined" };
                    rows.push(&row, |_| Field::Empty);
                }
                Response::Answered(answers) => {
                    if fits(number, answers, survey, &layout, &mut rows.mistakes) {
                        let row = Row { number, class, place: None, status: "answered" };
                        rows.push(&row, |column| field(&layout, answers, column));
                    }
                }
            }
        }
        rows.finish()
    }
}

/// Whether there is an answer of the right kind for each item.
fn fits(
    number: u64,
    answers: &Answers,
    survey: &Survey,
    layout: &Layout,
    mistakes: &mut DataMistakes,
) -> bool {
    let (expected, got) = (survey.items.len(), answers.0.len());
    if expected != got {
        mistakes.add(Some(number), None, DataProblem::AnswerCount { expected, got });
        return false;
    }
    let mut fits = true;
    for (index, (item, answer)) in survey.items.iter().zip(&answers.0).enumerate() {
        let known = layout.columns_of(index).filter_map(|(_, column)| column.option);
        let known = known
            .fold(None, |bits: Option<u32>, (code, _)| Some(bits.unwrap_or(0) | option_bit(code)));
        let problem = match (answer, known) {
            (Answer::Many(_), None) | (Answer::Code(_), Some(_)) => DataProblem::WrongKind,
            (Answer::Many(bits), Some(known)) if bits & !known != 0 => {
                DataProblem::UnknownCode { got: format!("bits {bits:x}") }
            }
            _ => continue,
        };
        mistakes.add(Some(number), Some(&item.id), problem);
        fits = false;
    }
    fits
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
