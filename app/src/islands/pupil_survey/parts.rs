//! Pieces that screens share. Their actions are boxed, so that the browser gets the code of each
//! once.

use super::TITLE;
use crate::{Language, language::text};
use leptos::prelude::*;
use survey_definitions::Words;

pub(super) fn button(
    class: &'static str,
    words: &'static str,
    action: Box<dyn Fn()>,
) -> impl IntoView {
    view! {
        <button type="button" class=class on:click=move |_| action()>
            {words}
        </button>
    }
}

/// The heading of a screen, where a screen reader begins.
pub(super) fn title(words: &'static str) -> impl IntoView {
    view! {
        <h1 id=TITLE tabindex="-1">
            {words}
        </h1>
    }
}

/// A text that can be read aloud.
pub(super) fn readable(words: &Words) -> impl IntoView + use<> {
    view! {
        <span data-read="" data-recording=words.recording.clone()>
            {words.text.clone()}
        </span>
    }
}

/// A drawing out of the page's own; the words beside it say the same.
pub(super) fn picture(name: Option<&String>) -> Option<impl IntoView + use<>> {
    let svg = format!("<svg viewBox=\"0 0 64 64\"><use href=\"#{}\"/></svg>", name?);
    Some(view! { <span class="picture" aria-hidden="true" inner_html=svg></span> })
}

/// Reads what stands around it aloud. The page's script does it, and the style sheet shows the
/// button only where something can be heard.
pub(super) fn hear(
    language: Language,
    class: &'static str,
    recorded: bool,
) -> impl IntoView + use<> {
    const SPEAKER: &str = "<svg viewBox=\"0 0 24 24\"><path d=\"M4 9v6h4l6 5V4L8 9zM17 8a5 5 0 0 1 \
         0 8M19 5a9 9 0 0 1 0 14\"/></svg>";
    view! {
        <button
            type="button"
            class=class
            class:recorded=recorded
            aria-pressed="false"
            aria-label=text!(language, pupil.read_aloud)
            inner_html=SPEAKER
        ></button>
    }
}
