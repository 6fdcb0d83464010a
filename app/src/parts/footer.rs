use crate::{Language, language::text};
use leptos::prelude::*;

/// What stands below every page but those of a shared tablet.
pub(crate) fn footer(language: Language) -> impl IntoView {
    view! {
        <footer>
            <a href="/help">{text!(language, common.help_link)}</a>
            <a href="/stored">{text!(language, stored.title)}</a>
        </footer>
    }
}
