//! A server that gives one tablet keys of its own knows the responses that come from it. So what it
//! tells a tablet of the class is compared, before a slip is sent, with what the slip's QR says and
//! with what this tablet was told first. All of it is public and names no pupil.

use super::tablet::Tablet;
use crate::{Setup, browser};
use leptos::prelude::WithValue;
use protocol::Fingerprint;

/// Longer than a wave and its intake. By the tablet's own calendar: an end that the server names
/// could be named too early. Not for ever, because the class part of a wave that was forgotten may
/// be drawn again for another class.
const DAYS: u64 = 100;
const DAY: u64 = 24 * 60 * 60 * 1000;

/// Whether these are the digits of what this tablet was told.
pub(super) fn are(tablet: Tablet, digits: &str) -> bool {
    tablet.setup.with_value(|setup| told(setup).is(digits))
}

/// Whether this tablet was told the same the first time, which is now if it remembers none. True
/// where it can remember nothing: then slips and eyes compare.
pub(super) fn are_as_before(tablet: Tablet) -> bool {
    tablet.setup.with_value(|setup| {
        // The page's first script knows how it begins and that a deadline stands before the dot.
        let name = format!("senim.keys.{}", setup.lesson.class_part);
        let told = told(setup);
        if let Some(before) = browser::remembered(&name) {
            return before.split_once('.').is_some_and(|(_, digits)| told.is(digits));
        }
        // Whole days: when the tablet was used is nobody's business.
        let deadline = (browser::now() / DAY + DAYS) * DAY;
        browser::remember(&name, &told.fragment(&deadline.to_string()));
        true
    })
}

fn told(setup: &Setup) -> Fingerprint {
    let lesson = &setup.lesson;
    Fingerprint::of_class(
        lesson.place,
        lesson.packed_length,
        &lesson.token_key,
        &lesson.release_key,
    )
}
