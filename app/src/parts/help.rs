use crate::{Language, language::text};
use leptos::prelude::*;

/// Where to find help: the same for every pupil, whatever was answered.
pub(crate) fn help_places(language: Language) -> impl IntoView {
    view! {
        <p>{text!(language, help.intro)}</p>
        <ul class="cards">
            <li class="card warm">
                <h2>{text!(language, help.line_111)}</h2>
                <p>{text!(language, help.line_111_text)}</p>
                <p>
                    <a class="button" href="tel:111">{text!(language, help.call_111)}</a>
                </p>
            </li>
            <li class="card">
                <h2 lang="en">{text!(language, help.bala)}</h2>
                <p>{text!(language, help.bala_text)}</p>
            </li>
            <li class="card">
                <h2>{text!(language, help.psychologist)}</h2>
                <p>{text!(language, help.psychologist_text)}</p>
            </li>
            <li class="card">
                <h2>{text!(language, help.adult)}</h2>
                <p>{text!(language, help.adult_text)}</p>
            </li>
        </ul>
        <p class="notice">{text!(language, help.emergency)}</p>
        <p class="quiet">{text!(language, help.same_for_all)}</p>
    }
}
