use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::sync::Arc;

/// The time, as a parameter: tests choose it, and nothing near storage can ask for another.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The machine's clock.
    #[allow(clippy::disallowed_methods, reason = "the one place where the time comes in")]
    pub fn system() -> Self {
        Self(Arc::new(Timestamp::now))
    }

    /// Seconds since 1970, for deadlines of class sessions and staff sessions.
    pub fn seconds(&self) -> i64 {
        (self.0)().as_second()
    }

    /// Today in Kazakhstan, whose one time zone is UTC+5 since March 2024.
    pub fn today(&self) -> Date {
        (self.0)().to_zoned(kazakhstan()).date()
    }
}

/// `HH:MM` in Kazakhstan of a moment in seconds since 1970.
pub fn hour_and_minute(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .map(|at| at.to_zoned(kazakhstan()).strftime("%H:%M").to_string())
        .unwrap_or_default()
}

/// The day of a moment in seconds since 1970, as people write it.
pub fn day_of(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .map(|at| day(at.to_zoned(kazakhstan()).date()))
        .unwrap_or_default()
}

/// Day and time of a moment in seconds since 1970, so that text sorts by time.
pub fn moment(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .map(|at| at.to_zoned(kazakhstan()).strftime("%Y-%m-%d %H:%M:%S").to_string())
        .unwrap_or_default()
}

/// `DD.MM.YYYY HH:MM` in Kazakhstan of a moment in seconds since 1970.
pub fn day_and_time(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .map(|at| at.to_zoned(kazakhstan()).strftime("%d.%m.%Y %H:%M").to_string())
        .unwrap_or_default()
}

/// A day as people in Kazakhstan write it, in each of the languages.
pub fn day(date: Date) -> String {
    date.strftime("%d.%m.%Y").to_string()
}

fn kazakhstan() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(5))
}
