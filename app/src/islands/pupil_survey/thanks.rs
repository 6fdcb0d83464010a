use super::TITLE;
use crate::{Language, browser, language::text, parts::help::help_places};
use leptos::prelude::*;

pub(super) fn thanks(language: Language) -> impl IntoView + use<> {
    view! {
        <h1 id=TITLE tabindex="-1">
            {text!(language, help.title)}
        </h1>
        <p class="lead" role="status">
            {text!(language, help.thanks)}
        </p>
        {help_places(language)}
        {next_pupil(language)}
    }
}

/// A fresh page: nothing of this pupil is left in memory.
pub(super) fn next_pupil(language: Language) -> impl IntoView {
    view! {
        <div class="next-pupil">
            <p>{text!(language, help.next_pupil_hint)}</p>
            <button type="button" class="button second" on:click=|_| browser::reload()>
                {text!(language, help.next_pupil)}
            </button>
        </div>
    }
}
