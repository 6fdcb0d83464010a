//! The survey on a pupil's tablet, from the slip to the thanks.

mod entry;
mod items;
mod questions;
mod sending;
mod start;
mod tablet;
mod thanks;

use crate::{Language, browser, language::text};
use leptos::prelude::*;
use protocol::Lesson;
use tablet::{Stage, Tablet};

/// What has the focus after each change of screen.
const TITLE: &str = "screen-title";

#[island]
pub fn PupilSurvey(
    lesson: Lesson,
    languages: Vec<Language>,
    language: Language,
) -> impl IntoView {
    let tablet = Tablet::new(lesson, languages, language);
    Effect::new(move |_| entry::arrive(tablet));
    Effect::new(move |before: Option<(Stage, usize)>| {
        let now = (tablet.stage.get(), tablet.screen.get());
        if before.is_some_and(|before| before != now && before.0 != Stage::Preparing) {
            request_animation_frame(|| browser::focus(TITLE));
        }
        now
    });
    view! { <div class="survey">{move || screen(tablet)}</div> }
}

/// The whole screen anew when the stage, the page or the language changes; never for an answer,
/// which would take the focus away.
fn screen(tablet: Tablet) -> AnyView {
    let language = tablet.language.get();
    match tablet.stage.get() {
        Stage::Preparing => start::preparing(language),
        Stage::Start => start::start(tablet, language),
        Stage::Checking => waiting(text!(language, pupil.checking)),
        Stage::ProofFailed => start::proof_failed(language),
        Stage::Questions => {
            tablet.screen.track();
            questions::page(tablet, language)
        }
        Stage::Sending => waiting(text!(language, pupil.sending)),
        Stage::Waiting => sending::waiting_for_network(tablet, language),
        Stage::Failed(refusal) => sending::failed(language, refusal),
        Stage::Thanks => thanks::thanks(language),
    }
}

fn waiting(words: &'static str) -> AnyView {
    view! {
        <p class="waiting" id=TITLE tabindex="-1" role="status">
            {words}
        </p>
    }
    .into_any()
}
