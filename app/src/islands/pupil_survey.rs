//! The survey on a pupil's tablet, from the slip to the thanks.

mod entry;
mod files;
mod idle;
mod items;
mod keeping;
mod known_keys;
mod look;
mod parts;
mod questions;
mod sending;
mod start;
mod tablet;
mod thanks;

use crate::{Language, Setup, browser, language::text};
use leptos::{html::Div, mount::mount_to, prelude::*};
use std::any::Any;
use tablet::{Content, Stage, Tablet};
use web_sys::HtmlElement;

/// What has the focus after each change of screen.
const TITLE: &str = "screen-title";

/// Keeps a screen on the page until it is dropped.
type Shown = Box<dyn Any>;

/// Only the first view comes alive from the server's HTML. The screens are made in the browser, so
/// the code that would revive them, a third of the wasm, is not in it. `setup` is
/// [`Setup::to_attribute`].
#[island]
pub fn PupilSurvey(setup: String, language: Language) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    if let Some(setup) = Setup::from_attribute(&setup) {
        come_alive(Tablet::new(setup, language), place);
    }
    view! {
        <div class="survey" node_ref=place>
            {start::preparing(language)}
        </div>
    }
}

fn come_alive(tablet: Tablet, place: NodeRef<Div>) {
    Effect::new(move |_| {
        entry::arrive(tablet);
        idle::watch(tablet);
    });
    Effect::new(move |before: Option<Option<Shown>>| {
        if tablet.stage.get() == Stage::Preparing {
            return None;
        }
        let element = place.get()?;
        match before.flatten() {
            Some(before) => drop(before),
            None => element.set_inner_html(""),
        }
        Some(show(tablet, element.into()))
    });
    Effect::new(move |before: Option<(Stage, (usize, Content), Language)>| {
        let now = (tablet.stage.get(), tablet.screen.get(), tablet.language.get());
        if before.is_some_and(|before| before != now && before.0 != Stage::Preparing) {
            request_animation_frame(|| browser::focus(TITLE));
        }
        now
    });
    Effect::new(move |_| {
        let progress = tablet.taking.with(|taking| taking.as_ref().map(|t| t.progress().clone()));
        if progress.is_some() {
            keeping::keep(tablet, progress);
        }
    });
    Effect::new(move |_| look::apply(tablet.look.get()));
}

/// The whole screen anew when the stage, the page or the language changes; never for an answer,
/// which would take the focus away.
fn show(tablet: Tablet, place: HtmlElement) -> Shown {
    let language = tablet.language.get();
    match tablet.stage.get() {
        Stage::Preparing => Box::new(mount_to(place, move || start::preparing(language))),
        Stage::Start => Box::new(mount_to(place, move || start::start(tablet, language))),
        Stage::Checking => {
            Box::new(mount_to(place, move || waiting(text!(language, pupil.checking))))
        }
        Stage::OtherKeys | Stage::ProofFailed => {
            let words = match tablet.stage.get() {
                Stage::OtherKeys => text!(language, pupil.keys_text),
                _ => text!(language, pupil.proof_text),
            };
            Box::new(mount_to(place, move || start::other_keys(tablet, language, words)))
        }
        Stage::Questions => {
            tablet.screen.track();
            Box::new(mount_to(place, move || {
                view! {
                    {questions::page(tablet, language)}
                    {idle::warning(tablet, language)}
                }
            }))
        }
        Stage::Sending => {
            Box::new(mount_to(place, move || waiting(text!(language, pupil.sending))))
        }
        Stage::Failed(refusal) => {
            Box::new(mount_to(place, move || sending::failed(tablet, language, refusal)))
        }
        Stage::Thanks => Box::new(mount_to(place, move || {
            view! {
                {thanks::thanks(tablet, language)}
                {idle::warning(tablet, language)}
            }
        })),
    }
}

fn waiting(words: &'static str) -> impl IntoView {
    view! {
        <p class="waiting" id=TITLE tabindex="-1" role="status">
            {words}
        </p>
    }
}
