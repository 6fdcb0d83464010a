use super::{
    TITLE, entry,
    tablet::{Problem, Tablet},
};
use crate::{
    Language, browser,
    language::{own_name, refusal_words, text},
};
use leptos::prelude::*;
use protocol::{Fingerprint, SlipCodeError};

/// What the server sends: the same for everybody, before the page is alive.
pub(super) fn preparing(language: Language) -> impl IntoView + use<> {
    view! {
        <h1>{text!(language, pupil.welcome)}</h1>
        <p class="waiting" role="status">
            {text!(language, pupil.preparing)}
        </p>
    }
}

pub(super) fn start(tablet: Tablet, language: Language) -> impl IntoView + use<> {
    let place = tablet.lesson.with_value(|lesson| format!("{} · {}", lesson.school, lesson.class));
    view! {
        <h1 id=TITLE tabindex="-1">
            {text!(language, pupil.welcome)}
        </h1>
        <p class="quiet">{place}</p>
        {languages(tablet, Some(text!(language, pupil.choose_language)))}
        <ul class="promises">
            <li>{text!(language, pupil.promise_secret)}</li>
            <li>{text!(language, pupil.promise_skip)}</li>
            <li>{text!(language, pupil.promise_time)}</li>
        </ul>
        {slip_form(tablet, language)}
        <p class="quiet">{text!(language, pupil.not_covered)}</p>
        {fingerprint(tablet, language)}
    }
}

/// The languages of the survey; answers stay when it changes.
pub(super) fn languages(tablet: Tablet, question: Option<&'static str>) -> impl IntoView {
    let button = move |language: Language| {
        let choose = move |_| {
            tablet.language.set(language);
            browser::speak(language.code());
        };
        let chosen = move || (tablet.language.get() == language).to_string();
        view! {
            <button
                type="button"
                class="language"
                lang=language.code()
                aria-pressed=chosen
                on:click=choose
            >
                {own_name(language)}
            </button>
        }
    };
    let languages = tablet.languages.with_value(Clone::clone);
    view! {
        <div class="choose-language" role="group">
            {question.map(|question| view! { <p>{question}</p> })}
            {languages.into_iter().map(button).collect_view()}
        </div>
    }
}

fn slip_form(tablet: Tablet, language: Language) -> impl IntoView {
    let begin = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        entry::begin(tablet);
    };
    let problem = move || tablet.problem.get().map(|problem| complaint(language, problem));
    let resume = move || {
        let unfinished = tablet.unfinished.get();
        unfinished.then(|| view! { <p class="notice">{text!(language, pupil.resume)}</p> })
    };
    let button = move || match tablet.problem.get() {
        Some(Problem::NoNetwork | Problem::Definition) => text!(language, pupil.try_again),
        _ => text!(language, pupil.begin),
    };
    view! {
        <form class="card warm stack" on:submit=begin autocomplete="off">
            <label for="code">{text!(language, pupil.code_label)}</label>
            <p class="quiet" id="code-hint">
                {text!(language, pupil.code_hint)}
            </p>
            <input
                id="code"
                class="code"
                aria-describedby="code-hint code-problem"
                aria-invalid=move || tablet.problem.with(Option::is_some).to_string()
                autocapitalize="characters"
                autocomplete="off"
                spellcheck="false"
                maxlength="24"
                prop:value=tablet.code
                on:input=move |event| tablet.code.set(event_target_value(&event))
            />
            {resume}
            <div id="code-problem" role="alert">
                {problem}
            </div>
            <button class="button">{button}</button>
        </form>
    }
}

fn complaint(language: Language, problem: Problem) -> impl IntoView {
    let words = match problem {
        Problem::Code(SlipCodeError::Character) => text!(language, pupil.code_character),
        Problem::Code(SlipCodeError::Length) => text!(language, pupil.code_length),
        Problem::Code(SlipCodeError::Check) => text!(language, pupil.code_check),
        Problem::OtherClass => text!(language, pupil.code_other_class),
        Problem::Refused(refusal) => refusal_words(language, refusal),
        Problem::NoNetwork => text!(language, pupil.offline_text),
        Problem::Definition => text!(language, pupil.definition_failed),
    };
    let title = (problem == Problem::NoNetwork).then(|| text!(language, pupil.offline_title));
    view! {
        <p class="notice bad">
            {title.map(|title| view! { <strong>{title}</strong> })} " " {words}
        </p>
    }
}

/// The same on every slip, tablet and teacher's screen.
fn fingerprint(tablet: Tablet, language: Language) -> impl IntoView {
    let fingerprint = tablet.lesson.with_value(|lesson| {
        Fingerprint::of(lesson.place.wave, &lesson.token_key, &lesson.release_key).to_string()
    });
    view! {
        <p class="quiet">
            {text!(language, pupil.fingerprint)} ": " <span class="fingerprint">{fingerprint}</span>
            <br />
            {text!(language, pupil.fingerprint_hint)}
        </p>
    }
}

pub(super) fn proof_failed(language: Language) -> impl IntoView + use<> {
    view! {
        <h1 id=TITLE tabindex="-1">
            {text!(language, pupil.proof_title)}
        </h1>
        <p class="notice bad" role="alert">
            {text!(language, pupil.proof_text)}
        </p>
    }
}
