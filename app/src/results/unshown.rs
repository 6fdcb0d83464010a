//! What may not be shown at all, with the reason.

use super::UnitResults;
use crate::{Language, figures::reason_words, language::text};
use analysis::Level;
use leptos::prelude::*;

pub(super) fn unshown(language: Language, results: &UnitResults) -> Option<impl IntoView + use<>> {
    let reasons = results.unshown.iter().map(|(reason, labels)| {
        let labels = labels.iter().map(|label| view! { <li>{label.clone()}</li> }).collect_view();
        view! {
            <p>"✕ " {reason_words(language, *reason)}</p>
            <ul>{labels}</ul>
        }
    });
    let reasons = reasons.collect_view();
    let title = match results.own.level {
        Level::Class => text!(language, unit_results.unshown_of_school),
        _ => text!(language, unit_results.unshown),
    };
    (!results.unshown.is_empty()).then(|| {
        view! {
            <details class="unshown">
                <summary>{title}</summary>
                {reasons}
            </details>
        }
    })
}
