//! The school holidays: `school_calendar.json`, or the operator's own file in its place. The
//! ministry sets them by order each year; what is shipped is approximate, ends with the summer of
//! 2027 and has of the school year before it only the summer holidays, whose days hardly change. So
//! the operator gives the order's own days each year, and pages name the calendar that they used.

use app::Wording;
use jiff::civil::Date;
use jiff::{Span, Unit};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

const SHIPPED: &str = include_str!("../school_calendar.json");
/// Questions ask about "the past couple of months"; a holiday from this length on takes too much
/// of them away. Of the holidays in Kazakhstan only the summer's is as long.
const LONG_DAYS: i32 = 14;
/// How long after a long holiday answers would still be about it.
const AFTER_WEEKS: i64 = 6;

/// The holidays that are known, and how pages call the list.
#[derive(Debug, Clone)]
pub struct SchoolCalendar(Arc<File>);

/// Days without school, the first and the last included.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    pub first_day: Date,
    pub last_day: Date,
    pub name: Wording,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: Wording,
    holidays: Vec<Holiday>,
}

/// Why a calendar cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SchoolCalendarError {
    #[error("{}: {error}", path.display())]
    File { path: PathBuf, error: io::Error },
    #[error("{place} does not hold school holidays: {error}")]
    Form { place: String, error: serde_json::Error },
    #[error("{place}, holidays[{at}]: it ends ({last}) before it begins ({first})")]
    Days { place: String, at: usize, first: Date, last: Date },
}

impl SchoolCalendar {
    /// The holidays in the file, or those in this program.
    pub fn load(file: Option<&Path>) -> Result<Self, SchoolCalendarError> {
        let (place, text) = match file {
            None => ("school_calendar.json in this program".to_owned(), SHIPPED.to_owned()),
            Some(path) => {
                let text = fs::read_to_string(path)
                    .map_err(|error| SchoolCalendarError::File { path: path.to_owned(), error })?;
                (path.display().to_string(), text)
            }
        };
        let calendar: File = match serde_json::from_str(&text) {
            Ok(calendar) => calendar,
            Err(error) => return Err(SchoolCalendarError::Form { place, error }),
        };
        if let Some((at, one)) =
            calendar.holidays.iter().enumerate().find(|(_, one)| one.last_day < one.first_day)
        {
            let (first, last) = (one.first_day, one.last_day);
            return Err(SchoolCalendarError::Days { place, at, first, last });
        }
        Ok(Self(Arc::new(calendar)))
    }

    pub fn title(&self) -> &Wording {
        &self.0.title
    }

    /// Whether a day is later than every holiday that is known: then nothing can be said of it.
    pub fn ends_before(&self, day: Date) -> bool {
        self.0.holidays.iter().all(|holiday| holiday.last_day < day)
    }

    /// The long holiday in which a day lies or that ended less than six weeks before it.
    pub fn long_holiday_before(&self, day: Date) -> Option<&Holiday> {
        self.0.holidays.iter().find(|holiday| {
            let until = holiday.last_day.checked_add(Span::new().weeks(AFTER_WEEKS));
            holiday.is_long() && holiday.first_day <= day && until.is_ok_and(|until| day <= until)
        })
    }
}

impl Holiday {
    fn is_long(&self) -> bool {
        let span = self.first_day.until((Unit::Day, self.last_day));
        span.is_ok_and(|span| span.get_days() + 1 >= LONG_DAYS)
    }
}
