//! What the tab keeps of a pupil until the response is stored, so that a reload costs no slip: the
//! token, under the slip's code; and a sealed response that the network has not taken yet.

use super::tablet::Tablet;
use crate::browser;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use leptos::prelude::*;
use protocol::{ResponseRequest, SlipCode, Token, Value, keep_under, kept_under};
use rand_core::OsRng;
use serde::{Deserialize, Serialize};

const TOKEN: &str = "token";
const SEALED: &str = "sealed";

#[derive(Serialize, Deserialize)]
pub(super) enum Kept {
    /// Asked for and not yet answered: repeated to the byte, the request gets the same answer.
    Pending(Vec<u8>),
    Permit(Value, Token),
}

/// Whether somebody began here and did not send.
pub(super) fn has_unfinished(tablet: Tablet) -> bool {
    browser::kept(&key(tablet, TOKEN)).is_some()
}

/// What was kept under this slip; another slip finds nothing.
pub(super) fn kept(tablet: Tablet, slip: &SlipCode) -> Option<Kept> {
    let text = browser::kept(&key(tablet, TOKEN))?;
    let plain = kept_under(slip, &URL_SAFE_NO_PAD.decode(text).ok()?)?;
    serde_json::from_slice(&plain).ok()
}

/// Keeps this and forgets what was kept before.
pub(super) fn keep(tablet: Tablet, slip: &SlipCode, kept: &Kept) {
    let plain = serde_json::to_vec(kept).ok();
    if let Some(kept) = plain.and_then(|plain| keep_under(slip, &mut OsRng, &plain)) {
        browser::keep(&key(tablet, TOKEN), &URL_SAFE_NO_PAD.encode(kept));
    }
}

pub(super) fn forget(tablet: Tablet) {
    browser::forget(&key(tablet, TOKEN));
}

/// The sealed responses that are not known to be stored.
pub(super) fn sealed(tablet: Tablet) -> Vec<ResponseRequest> {
    let kept = browser::kept(&key(tablet, SEALED));
    kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default()
}

pub(super) fn add_sealed(tablet: Tablet, request: &ResponseRequest) {
    let mut all = sealed(tablet);
    all.push(request.clone());
    keep_sealed(tablet, &all);
}

pub(super) fn remove_sealed(tablet: Tablet, request: &ResponseRequest) {
    let mut all = sealed(tablet);
    all.retain(|one| one != request);
    keep_sealed(tablet, &all);
}

fn keep_sealed(tablet: Tablet, all: &[ResponseRequest]) {
    let key = key(tablet, SEALED);
    match serde_json::to_string(all) {
        Ok(text) if !all.is_empty() => drop(browser::keep(&key, &text)),
        _ => browser::forget(&key),
    }
}

/// The key of this class in the tab's storage.
fn key(tablet: Tablet, what: &str) -> String {
    tablet.lesson.with_value(|lesson| format!("senim.{what}.{}", lesson.class_part))
}
