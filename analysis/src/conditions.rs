//! Conditions over columns of answers, in Kleene's three-valued logic.

use crate::ComputeError;
use crate::layout::{AnswerColumn, CODES, Layout, unfit};
use crate::places::{Places, Steps};
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
        truth: Steps,
    },
    Not(Box<Test>),
    All(Vec<Test>),
    Any(Vec<Test>),
    AtLeast {
        count: u32,
        of: Vec<Test>,
    },
    /// Every column has the same place, not under `from`; all have the same codes.
    Same {
        columns: Vec<usize>,
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
            Condition::Range { item, from, to } => {
                let column = layout.column_of_item(survey, owner, item)?;
                let within =
                    |code| from.is_none_or(|from| code >= from) && to.is_none_or(|to| code <= to);
                column_test(column, within)
            }
            Condition::Not { of } => Self::Not(Box::new(Self::of(survey, layout, owner, of)?)),
            Condition::All { of } => Self::All(all(of)?),
            Condition::Any { of } => Self::Any(all(of)?),
            Condition::AtLeast { count, of } => Self::AtLeast { count: *count, of: all(of)? },
            Condition::Same { items, from } => same_test(survey, layout, owner, items, *from)?,
        })
    }

    /// What holds of each of some rows.
    pub(crate) fn truths(&self, answers: &[Places], rows: &Range<usize>) -> Vec<u8> {
        let of_all = |of: &'_ [Self]| -> Vec<Vec<u8>> {
            of.iter().map(|one| one.truths(answers, rows)).collect()
        };
        match self {
            Self::Column { column, truth } => match answers.get(*column) {
                Some(places) => truth.look_up(places, rows.clone()),
                None => vec![UNKNOWN; rows.len()],
            },
            Self::Not(of) => of.truths(answers, rows).into_iter().map(|one| TRUE - one).collect(),
            Self::All(of) => combined(of_all(of), vec![TRUE; rows.len()], u8::min),
            Self::Any(of) => combined(of_all(of), vec![FALSE; rows.len()], u8::max),
            Self::AtLeast { count, of } => at_least(*count, &of_all(of), rows.len()),
            Self::Same { columns, from } => same(columns, *from, answers, rows),
        }
    }
}

/// One of `wanted` was answered, or is among what was chosen.
fn codes_test(columns: &[(usize, &AnswerColumn)], wanted: &[i16]) -> Test {
    let options = columns.iter().filter_map(|(column, answers)| {
        let (code, _) = answers.option?;
        wanted.contains(&code).then(|| column_test((*column, answers), |chosen| chosen == 1))
    });
    match columns {
        [(column, answers)] if answers.option.is_none() => {
            column_test((*column, answers), |code| wanted.contains(&code))
        }
        // The first column says whether there is a valid answer, even if no option is wanted.
        [(column, answers), ..] => {
            let valid = column_test((*column, answers), |_| false);
            Test::Any(std::iter::once(valid).chain(options).collect())
        }
        [] => Test::Any(Vec::new()),
    }
}

fn column_test((column, answers): (usize, &AnswerColumn), holds: impl Fn(i16) -> bool) -> Test {
    let truth = |code| match holds(code) {
        _ if answers.missing.contains(&code) => UNKNOWN,
        true => TRUE,
        false => FALSE,
    };
    Test::Column { column, truth: Steps::new(answers, UNKNOWN, truth) }
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

fn same_test(
    survey: &Survey,
    layout: &Layout,
    owner: &str,
    items: &[String],
    from: i16,
) -> Result<Test, ComputeError> {
    let columns = items.iter().map(|item| layout.column_of_item(survey, owner, item));
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    let codes = columns.first().map_or(&[][..], |(_, first)| &first.codes);
    if columns.iter().any(|(_, column)| column.codes != codes) {
        return Err(unfit(owner, "compares items with different codes"));
    }
    let from = CODES + codes.partition_point(|code| *code < from);
    let from = u16::try_from(from).unwrap_or(u16::MAX);
    Ok(Test::Same { columns: columns.into_iter().map(|(column, _)| column).collect(), from })
}

/// Known to be false as soon as two answers differ or one is under `from`, whatever else is
/// missing.
fn same(columns: &[usize], from: u16, answers: &[Places], rows: &Range<usize>) -> Vec<u8> {
    let mut seen = vec![Seen { lowest: u16::MAX, highest: 0, missing: false }; rows.len()];
    for column in columns {
        match answers.get(*column) {
            Some(Places::Narrow(places)) => see(places.get(rows.clone()), &mut seen),
            Some(Places::Wide(places)) => see(places.get(rows.clone()), &mut seen),
            None => {}
        }
    }
    let truth = |seen: Seen| match seen {
        Seen { lowest: u16::MAX, missing, .. } if missing => UNKNOWN,
        Seen { lowest: u16::MAX, .. } => TRUE,
        Seen { lowest, highest, .. } if lowest < from || lowest != highest => FALSE,
        Seen { missing: true, .. } => UNKNOWN,
        Seen { missing: false, .. } => TRUE,
    };
    seen.into_iter().map(truth).collect()
}

/// The valid places of a row.
#[derive(Clone, Copy)]
struct Seen {
    lowest: u16,
    highest: u16,
    missing: bool,
}

fn see<T: Copy + Into<u16>>(places: Option<&[T]>, seen: &mut [Seen]) {
    for (place, seen) in places.unwrap_or_default().iter().zip(seen) {
        let place: u16 = (*place).into();
        let valid = usize::from(place) >= CODES;
        seen.missing |= !valid;
        seen.lowest = seen.lowest.min(if valid { place } else { u16::MAX });
        seen.highest = seen.highest.max(place);
    }
}
