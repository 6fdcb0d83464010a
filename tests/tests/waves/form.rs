//! The form of a new wave, as a browser without scripts sends it.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use reqwest::Method;
use tests::{Reply, Visitor};

pub(crate) const BOUNDARY: &str = "between-the-parts-of-a-form";

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
        ("first_day", day(-1).as_str()),
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

pub(crate) async fn send(visitor: &Visitor, path: &str, fields: &[(&str, String)]) -> Reply {
    let part = |(name, value): &(&str, String)| {
        let file = if name.starts_with("key_") { "; filename=\"a file\"" } else { "" };
        format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n"
        )
    };
    let body: String = fields.iter().map(part).collect();
    let body = format!("{body}--{BOUNDARY}--\r\n");
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let request = visitor.request(Method::POST, path);
    Reply::to(request.header("content-type", kind).body(body)).await
}
