//! Waves through their forms.

use crate::target::{Country, day};
use tests::{Reply, Visitor};

/// A wave in draft for grade 8, in which no class was when the country's own wave opened.
pub async fn make(country: &Country, role: &str, visitor: &Visitor) -> Reply {
    let scope = match role {
        "coordinator" => format!("school:{}", country.own.school),
        _ => "nation:".to_owned(),
    };
    let (first, last) = (day(-1), day(20));
    let fields = [
        ("name", "x"),
        ("scope", &scope),
        ("first_day", &first),
        ("last_day", &last),
        ("key", &country.wave.public_key),
        ("grade_8", "senim_pupil_senior.1"),
        ("pilot", "yes"),
        ("step", "create"),
    ];
    let fields = fields.map(|(name, value)| (name, None, value.as_bytes()));
    visitor.send_form("/waves/new", &fields).await
}

/// Of the country's own wave.
pub async fn release(country: &Country, visitor: &Visitor, path: &str) -> Reply {
    let key = std::fs::read(&country.wave.release_key).unwrap();
    let fields = [("key_file", Some("key"), key.as_slice()), ("passphrase", None, b"")];
    visitor.send_form(path, &fields).await
}
