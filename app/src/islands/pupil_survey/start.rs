use super::{
    entry, files, look, parts,
    tablet::{Problem, Readiness, Tablet},
};
use crate::{
    Language, browser,
    language::{own_name, refusal_words, text},
};
use leptos::{prelude::*, task::spawn_local};
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
    let place = tablet
        .setup
        .with_value(|setup| format!("{} · {}", setup.lesson.school, setup.lesson.class));
    let promise = |words: &'static str| view! { <li data-read="">{words}</li> };
    view! {
        {parts::title(text!(language, pupil.welcome))}
        <p class="quiet">{place}</p>
        {languages(tablet, Some(text!(language, pupil.choose_language)))}
        {look::settings(tablet, language)}
        <div class="readable">
            {parts::hear(language, "hear", false)}
            <ul class="promises">
                {promise(text!(language, pupil.promise_secret))}
                {promise(text!(language, pupil.promise_skip))}
                {promise(text!(language, pupil.promise_time))}
            </ul>
        </div>
        {slip_form(tablet, language)}
        <p class="quiet">{text!(language, pupil.not_covered)}</p>
        {fingerprint(tablet, language)}
        <div role="status">{readiness(tablet, language)}</div>
    }
}

/// The languages of the survey; answers stay when it changes.
pub(super) fn languages(tablet: Tablet, question: Option<&'static str>) -> impl IntoView {
    let button = move |language: Language| {
        let chosen = move || (tablet.language.get() == language).to_string();
        view! {
            <button
                type="button"
                class="language"
                lang=language.code()
                aria-pressed=chosen
                on:click=move |_| speak(tablet, language)
            >
                {own_name(language)}
            </button>
        }
    };
    view! {
        <div class="choose-language" role="group">
            {question.map(|question| view! { <p>{question}</p> })}
            {tablet.languages().into_iter().map(button).collect_view()}
        </div>
    }
}

/// Changes the language as soon as the questions are there in it; without them it stays.
fn speak(tablet: Tablet, language: Language) {
    if tablet.language.get_untracked() == language {
        return;
    }
    spawn_local(async move {
        if files::questionnaire(tablet, language).await.is_ok() {
            browser::speak(language.code());
            tablet.language.set(language);
        }
    });
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
        Problem::Idle => text!(language, pupil.idle_closed),
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
    let fingerprint = tablet.setup.with_value(|setup| {
        let lesson = &setup.lesson;
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

/// For the teacher who prepares the tablets: what a lost network would mean for this one.
fn readiness(tablet: Tablet, language: Language) -> impl IntoView {
    move || {
        let Readiness { files_kept, storage_lasts, waiting } = tablet.readiness.get()?;
        let (class, words) = match (files_kept, storage_lasts) {
            (true, true) => ("quiet", text!(language, pupil.ready)),
            (true, false) => ("quiet bad", text!(language, pupil.ready_storage)),
            (false, _) => ("quiet bad", text!(language, pupil.ready_files)),
        };
        let left = (waiting > 0).then(|| text!(language, pupil.ready_waiting, count = waiting));
        Some(view! {
            <p class=class>
                {text!(language, pupil.ready_title)} ": " {words} " " {left}
            </p>
        })
    }
}

/// The server's keys are not what they should be; `words` say what became of the slip. Loading the
/// page again is the only way on.
pub(super) fn other_keys(
    tablet: Tablet,
    language: Language,
    words: &'static str,
) -> impl IntoView + use<> {
    view! {
        {languages(tablet, None)}
        {parts::title(text!(language, pupil.proof_title))}
        <p class="notice bad" role="alert">
            {words}
        </p>
        <p>{text!(language, pupil.ready_title)} ": " {text!(language, pupil.keys_teacher)}</p>
        {fingerprint(tablet, language)}
    }
}
