//! How large the letters are and how strong the contrast; forgotten with the pupil.

use super::tablet::{Look, Tablet};
use crate::{Language, browser, language::text};
use leptos::prelude::*;

const SIZES: [&str; 3] = ["A", "A+", "A++"];

pub(super) fn settings(tablet: Tablet, language: Language) -> impl IntoView + use<> {
    let look = tablet.look;
    let sizes = (0..).zip(SIZES).map(|(size, label)| {
        let chosen = move || look.with(|look| look.size == size);
        choice(label, Box::new(chosen), Box::new(move || look.update(|look| look.size = size)))
    });
    let contrast = choice(
        text!(language, pupil.contrast),
        Box::new(move || look.with(|look| look.contrast)),
        Box::new(move || look.update(|look| look.contrast = !look.contrast)),
    );
    view! {
        <details class="look">
            <summary>{text!(language, pupil.look)}</summary>
            <div class="choose-language" role="group" aria-label=text!(language, pupil.look)>
                {sizes.collect_view()}
                {contrast}
            </div>
        </details>
    }
}

fn choice(
    label: &'static str,
    chosen: Box<dyn Fn() -> bool + Send + Sync>,
    choose: Box<dyn Fn()>,
) -> impl IntoView {
    let pressed = move || chosen().to_string();
    view! {
        <button type="button" class="language" aria-pressed=pressed on:click=move |_| choose()>
            {label}
        </button>
    }
}

/// The style sheet does the rest.
pub(super) fn apply(look: Look) {
    browser::mark("data-size", &look.size.to_string());
    browser::mark("data-contrast", if look.contrast { "more" } else { "" });
}
