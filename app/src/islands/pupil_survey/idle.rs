//! A tablet that somebody left: answers do not lie open for the next one.

use super::{
    keeping,
    tablet::{Delivery, Look, Problem, Stage, Tablet},
};
use crate::{Language, browser, language::text};
use leptos::{leptos_dom::helpers::window_event_listener_untyped, prelude::*};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);
/// How long the warning stands, at most.
const WARNING: u64 = 60;

/// The ways in which somebody shows to be there. A screen reader clicks without a pointer.
const SIGNS: [&str; 5] = ["pointerdown", "keydown", "touchmove", "wheel", "click"];

pub(super) fn watch(tablet: Tablet) {
    let touched = StoredValue::new(browser::now());
    for sign in SIGNS {
        window_event_listener_untyped(sign, move |_| {
            touched.set_value(browser::now());
            tablet.idle.set(false);
        });
    }
    let limit = tablet.setup.with_value(|setup| u64::from(setup.idle_seconds));
    let still = move || browser::now().saturating_sub(touched.get_value()) / 1000;
    set_interval(
        move || match would_leave(tablet) {
            true => look_around(tablet, still(), limit),
            // Counted from when there is something to leave: the warning comes first.
            false => touched.set_value(browser::now()),
        },
        SECOND,
    );
}

/// By the wall clock: a tablet that slept for an hour deletes as soon as it wakes.
fn look_around(tablet: Tablet, still: u64, limit: u64) {
    if still >= limit + WARNING.min(limit) {
        tablet.idle.set(false);
        leave(tablet);
    } else if still >= limit {
        tablet.idle.set(true);
    }
}

/// Answers to delete, or in kiosk mode a page to return from.
fn would_leave(tablet: Tablet) -> bool {
    match tablet.stage.get_untracked() {
        Stage::Questions => true,
        Stage::Thanks | Stage::Failed(_) | Stage::ProofFailed | Stage::OtherKeys => {
            let unsaved = tablet.delivery.get_untracked() == Delivery::Unsaved;
            tablet.setup.with_value(|setup| setup.kiosk) && !unsaved
        }
        Stage::Preparing | Stage::Start | Stage::Checking | Stage::Sending => false,
    }
}

/// The answers are gone; the permit stays under the slip's code, so that whoever comes back begins
/// again with the same slip.
fn leave(tablet: Tablet) {
    if tablet.stage.get_untracked() != Stage::Questions {
        return browser::reload();
    }
    keeping::keep(tablet, None);
    tablet.let_go();
    tablet.look.set(Look::default());
    tablet.problem.set(Some(Problem::Idle));
    tablet.stage.set(Stage::Start);
}

/// Says so before it happens. Any touch or key will do.
pub(super) fn warning(tablet: Tablet, language: Language) -> impl IntoView + use<> {
    move || {
        tablet.idle.get().then(|| {
            let words = match tablet.stage.get_untracked() {
                Stage::Questions => text!(language, pupil.idle_text),
                _ => text!(language, pupil.idle_kiosk),
            };
            view! {
                <div class="over" role="alertdialog" aria-labelledby="idle-title" aria-modal="true">
                    <div class="card warm">
                        <h2 id="idle-title">{text!(language, pupil.idle_title)}</h2>
                        <p role="alert">{words}</p>
                        <button type="button" class="button">
                            {text!(language, pupil.idle_here)}
                        </button>
                    </div>
                </div>
            }
        })
    }
}
