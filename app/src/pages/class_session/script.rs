use crate::{
    Language,
    language::{own_name, text},
};
use leptos::prelude::*;

/// What a teacher says to the class: open in the reader's language, the others folded, because a
/// class is not always taught in it.
pub(super) fn script(language: Language) -> impl IntoView + use<> {
    let others = Language::ALL.into_iter().filter(|other| *other != language).map(|other| {
        view! {
            <details>
                <summary lang=other.code()>{own_name(other)}</summary>
                {words(other)}
            </details>
        }
    });
    view! {
        <p>{text!(language, class_session.words_text)}</p>
        {words(language)}
        {others.collect_view()}
    }
}

fn words(language: Language) -> impl IntoView + use<> {
    let paragraphs = [
        text!(language, class_session.say_what),
        text!(language, class_session.say_secret),
        text!(language, class_session.say_free),
        text!(language, class_session.say_ask),
        text!(language, class_session.say_quiet),
        text!(language, class_session.say_help),
    ];
    let paragraphs = paragraphs.map(|words| view! { <p>{words}</p> });
    view! {
        <blockquote class="script" lang=language.code()>
            {paragraphs.collect_view()}
        </blockquote>
    }
}
