//! The form of a new wave, as a browser without scripts sends it.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use tests::{Reply, Visitor};

/// Day of today plus so many.
pub(crate) fn day(days: i64) -> String {
    let at = Timestamp::now() + SignedDuration::from_hours(24 * days);
    at.to_zoned(TimeZone::UTC).date().to_string()
}

/// A form that makes a wave for grade 6.
pub(crate) fn wave(name: &str, scope: &str, key: &str) -> Vec<(&'static str, String)> {
    [
        ("id", ""),
        ("name", name),
        ("scope", scope),
        ("first_day", day(-2).as_str()),
        ("last_day", day(20).as_str()),
        ("key", key),
        ("grade_6", "senim_pupil_senior.1"),
        ("pilot", "yes"),
        ("step", "create"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

/// The same with another value for one field.
pub(crate) fn with(
    mut fields: Vec<(&'static str, String)>,
    name: &'static str,
    value: &str,
) -> Vec<(&'static str, String)> {
    fields.retain(|(other, _)| *other != name);
    fields.push((name, value.to_owned()));
    fields
}

/// A field whose name begins with `key_` is a file.
pub(crate) async fn send(visitor: &Visitor, path: &str, fields: &[(&str, String)]) -> Reply {
    let fields: Vec<(&str, Option<&str>, &[u8])> = fields
        .iter()
        .map(|(name, value)| {
            (*name, name.starts_with("key_").then_some("a file"), value.as_bytes())
        })
        .collect();
    visitor.send_form(path, &fields).await
}
