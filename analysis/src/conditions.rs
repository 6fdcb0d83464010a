//! Conditions over columns of answers, in Kleene's three-valued logic.

use crate::ComputeError;
use crate::layout::{AnswerColumn, Layout};
use crate::places::{Places, Table};
use std::ops::Range;
use survey_definitions::{Condition, Survey};

/// What holds of a row. In this order `all` is the least and `any` the greatest.
pub(crate) const FALSE: u8 = 0;
pub(crate) const UNKNOWN: u8 = 1;
pub(crate) const TRUE: u8 = 2;

/// A [`Condition`] with columns in place of items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Test {
    /// What each place of one column says.
    Column {
        column: usize,
        truth: Table<u8>,
    },
    All(Vec<Test>),
    Any(Vec<Test>),
    AtLeast {
        count: u32,
        of: Vec<Test>,
    },
    /// Every column has the same code, not under `from`; each with its codes, 1 added, by place,
    /// and 0 for no valid answer.
    Same {
        columns: Vec<(usize, Table<u16>)>,
        from: u16,
    },
}

impl Test {
    /// `owner` is the indicator, for errors.
    pub(crate) fn of(
        survey: &Survey,
        layout: &Layout,
        owner: &str,
        condition: &Condition,
    ) -> Result<Self, ComputeError> {
        let all = |of: &[Condition]| -> Result<Vec<Self>, ComputeError> {
            of.iter().map(|one| Self::of(survey, layout, owner, one)).collect()
        };
        Ok(match condition {
            Condition::Codes { item, codes } => {
                codes_test(&layout.columns_of_item(survey, owner, item)?, codes)
            }
            Condition::All { of } => Self::All(all(of)?),
            Condition::Any { of } => Self::Any(all(of)?),
            Condition::AtLeast { count, of } => Self::AtLeast { count: *count, of: all(of)? },
            Condition::Same { items, from } => {
                let column = |item: &String| {
                    let (column, answers) = layout.column_of_item(survey, owner, item)?;
                    Ok((column, Table::new(answers, 0, from_one)))
                };
                let columns = items.iter().map(column).collect::<Result<_, ComputeError>>()?;
                Self::Same { columns, from: from_one(*from) }
            }
        })
    }

    /// What holds of each of some rows.
    pub(crate) fn truths(&self, answers: &[Places], rows: &Range<usize>) -> Vec<u8> {
        let of_all = |of: &'_ [Self]| -> Vec<Vec<u8>> {
            of.iter().map(|one| one.truths(answers, rows)).collect()
        };
        match self {
            Self::Column { column, truth } => match answers.get(*column) {
                Some(places) => places.look_up(rows.clone(), truth),
                None => vec![UNKNOWN; rows.len()],
            },
            Self::All(of) => combined(of_all(of), vec![TRUE; rows.len()], u8::min),
            Self::Any(of) => combined(of_all(of), vec![FALSE; rows.len()], u8::max),
            Self::AtLeast { count, of } => at_least(*count, &of_all(of), rows.len()),
            Self::Same { columns, from } => same(columns, *from, answers, rows),
        }
    }
}

/// One of `wanted` was answered, or is among what was chosen.
fn codes_test(columns: &[(usize, &AnswerColumn)], wanted: &[i16]) -> Test {
    let truth = |holds: bool| if holds { TRUE } else { FALSE };
    let test = |column: usize, answers: &AnswerColumn, holds: &dyn Fn(i16) -> bool| Test::Column {
        column,
        truth: Table::new(answers, UNKNOWN, |code| truth(holds(code))),
    };
    let options = columns.iter().filter_map(|(column, answers)| {
        let (code, _) = answers.option?;
        wanted.contains(&code).then(|| test(*column, answers, &|chosen| chosen == 1))
    });
    match columns {
        [(column, answers)] if answers.option.is_none() => {
            test(*column, answers, &|code| wanted.contains(&code))
        }
        // The first column says whether there is a valid answer, even if no option is wanted.
        [(column, answers), ..] => {
            Test::Any(std::iter::once(test(*column, answers, &|_| false)).chain(options).collect())
        }
        [] => Test::Any(Vec::new()),
    }
}

fn combined(all: Vec<Vec<u8>>, start: Vec<u8>, combine: impl Fn(u8, u8) -> u8) -> Vec<u8> {
    all.into_iter().fold(start, |mut sum, truths| {
        for (sum, truth) in sum.iter_mut().zip(truths) {
            *sum = combine(*sum, truth);
        }
        sum
    })
}

fn at_least(count: u32, all: &[Vec<u8>], rows: usize) -> Vec<u8> {
    let row = |row: usize| {
        let truths = all.iter().filter_map(|truths| truths.get(row));
        let [holding, possible] = truths.fold([0_u32, 0], |[holding, possible], truth| {
            [holding + u32::from(*truth == TRUE), possible + u32::from(*truth != FALSE)]
        });
        match (holding >= count, possible >= count) {
            (true, _) => TRUE,
            (false, true) => UNKNOWN,
            (false, false) => FALSE,
        }
    };
    (0..rows).map(row).collect()
}

/// Known to be false as soon as two answers differ or one is under `from`, whatever else is
/// missing.
fn same(
    columns: &[(usize, Table<u16>)],
    from: u16,
    answers: &[Places],
    rows: &Range<usize>,
) -> Vec<u8> {
    let (mut truths, mut first) = (vec![TRUE; rows.len()], vec![0_u16; rows.len()]);
    for (column, codes) in columns {
        let Some(places) = answers.get(*column) else { continue };
        let codes = places.look_up(rows.clone(), codes);
        for ((truth, first), code) in truths.iter_mut().zip(&mut first).zip(codes) {
            if code == 0 {
                *truth = (*truth).min(UNKNOWN);
            } else if code < from || (*first != 0 && *first != code) {
                *truth = FALSE;
            } else {
                *first = code;
            }
        }
    }
    truths
}

/// A code as a number from 1; no definition has a negative one.
fn from_one(code: i16) -> u16 {
    u16::try_from(code).unwrap_or_default() + 1
}
