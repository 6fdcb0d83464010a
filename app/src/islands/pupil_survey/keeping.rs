//! What the tab keeps of a pupil until the response is sealed, so that a reload costs no slip: the
//! token and how far the pupil has come, under the slip's code and with a deadline. The page's
//! first script deletes what is past it, before anything is shown.

use super::tablet::Tablet;
use crate::{Progress, browser};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use leptos::prelude::*;
use protocol::{KeepingKey, SlipCode, Token, Value};
use rand_core::OsRng;
use serde::{Deserialize, Serialize};

/// Longer than a pause in a lesson, shorter than until the next class.
const MINUTES: u64 = 45;

/// What lets this tablet send one response.
#[derive(Clone, Serialize, Deserialize)]
pub(super) enum Permit {
    /// Asked for and not yet answered: repeated to the byte, the request gets the same answer.
    Pending(Vec<u8>),
    Held(Value, Token),
}

#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) permit: Permit,
    pub(super) progress: Option<Progress>,
}

/// Whether somebody began here and did not send.
pub(super) fn has_unfinished(tablet: Tablet) -> bool {
    browser::kept(&name(tablet)).is_some()
}

/// What was kept under this slip; another slip finds nothing. From here on the tab keeps under it.
pub(super) fn open(tablet: Tablet, slip: &SlipCode) -> Option<Kept> {
    let (key, kept) = match kept(tablet, slip) {
        Some((key, kept)) => (key, Some(kept)),
        None => (KeepingKey::new(slip, &mut OsRng), None),
    };
    tablet.key.set_value(Some(key));
    kept
}

fn kept(tablet: Tablet, slip: &SlipCode) -> Option<(KeepingKey, Kept)> {
    let text = browser::kept(&name(tablet))?;
    let (_, sealed) = text.split_once('.')?;
    let (key, plain) = KeepingKey::open(slip, &URL_SAFE_NO_PAD.decode(sealed).ok()?)?;
    Some((key, postcard::from_bytes(&plain).ok()?))
}

/// Keeps the permit and, unless answers are to be forgotten, the progress.
pub(super) fn keep(tablet: Tablet, progress: Option<Progress>) {
    let Some(permit) = tablet.permit.get_value() else { return };
    let Some(key) = tablet.key.get_value() else { return };
    let plain = postcard::to_allocvec(&Kept { permit, progress }).ok();
    if let Some(sealed) = plain.and_then(|plain| key.seal(&mut OsRng, &plain)) {
        let deadline = browser::now() + MINUTES * 60_000;
        let text = format!("{deadline}.{}", URL_SAFE_NO_PAD.encode(sealed));
        browser::keep(&name(tablet), &text);
    }
}

pub(super) fn forget(tablet: Tablet) {
    browser::forget(&name(tablet));
}

/// The key of this class in the tab's storage; the page's first script knows how it begins.
fn name(tablet: Tablet) -> String {
    tablet.setup.with_value(|setup| format!("senim.kept.{}", setup.lesson.class_part))
}
