use super::{SessionClass, SessionWave, script::script, slips::slips};
use crate::{Language, language::text};
use leptos::prelude::*;

/// One minute before the lesson. The boxes are for the eyes: nothing is sent or stored.
pub(super) fn checklist(
    language: Language,
    class: &SessionClass,
    wave: &SessionWave,
) -> impl IntoView + use<> {
    let ready_tablets = view! {
        <p>{text!(language, class_session.tablets_text)}</p>
        <p>
            <a class="row-link" href=format!("/classes/{}/session/screen", class.id)>
                {text!(language, class_session.screen)}
            </a>
        </p>
    };
    let seats = view! { <p>{text!(language, class_session.seats_text)}</p> };
    let paper = view! {
        <p>{text!(language, class_session.slips_text)}</p>
        {slips(language, class, wave)}
    };
    let upset = view! {
        <p>{text!(language, class_session.upset_text)}</p>
        <p>{text!(language, class_session.danger_text)}</p>
        <p>
            <a class="row-link" href=format!("{}/help/print", wave.class_link)>
                {text!(language, class_session.help_print)}
            </a>
        </p>
    };
    view! {
        <ol class="checks">
            {step("tablets", text!(language, class_session.tablets), ready_tablets)}
            {step("seats", text!(language, class_session.seats), seats)}
            {step("slips", text!(language, class_session.slips), paper)}
            {step("words", text!(language, class_session.words), script(language))}
            {step("upset", text!(language, class_session.upset), upset)}
        </ol>
        <p class="quiet">{text!(language, class_session.not_stored)}</p>
    }
}

fn step(id: &'static str, title: &'static str, content: impl IntoView) -> impl IntoView {
    view! {
        <li class="card">
            <label class="check" for=id>
                <input type="checkbox" id=id autocomplete="off" />
                <strong>{title}</strong>
            </label>
            {content}
        </li>
    }
}
