use super::{SessionClass, SessionWave, checklist::checklist};
use crate::{Language, language::text};
use leptos::prelude::*;

/// The class session is closed again and may be opened once more.
pub(super) fn after(
    language: Language,
    class: &SessionClass,
    wave: &SessionWave,
    ended_by_itself: Option<String>,
) -> AnyView {
    let ended = match ended_by_itself {
        Some(moment) => text!(language, class_session.ended_by_itself, moment = moment),
        None => text!(language, class_session.ended).to_owned(),
    };
    let last = wave.last_day.as_str();
    view! {
        <p class="notice">{ended}</p>
        {numbers(language, wave)}
        {what_next(language, wave)}
        <section class="card">
            <h2>{text!(language, class_session.again)}</h2>
            <p>{text!(language, class_session.again_text, last = last)}</p>
            {class.start(text!(language, class_session.start_again))}
        </section>
        <details>
            <summary>{text!(language, class_session.checklist_again)}</summary>
            {checklist(language, class, wave)}
        </details>
    }
    .into_any()
}

/// No class session is opened any more.
pub(super) fn over(language: Language, wave: &SessionWave, takes_responses: bool) -> AnyView {
    let (last, until) = (wave.last_day.as_str(), wave.responses_until.as_str());
    let over = if takes_responses {
        text!(language, class_session.over, last = last, until = until)
    } else {
        text!(language, class_session.intake_ended, until = until)
    };
    let next = takes_responses.then(|| what_next(language, wave));
    view! {
        <p class="notice">{over}</p>
        {numbers(language, wave)}
        {next}
    }
    .into_any()
}

/// Tokens given against responses received: two counts and nothing else.
fn numbers(language: Language, wave: &SessionWave) -> impl IntoView + use<> {
    let (tokens, responses) = (wave.tokens, wave.responses);
    let missing = tokens.saturating_sub(responses);
    let verdict = match (tokens, missing) {
        (0, _) => text!(language, class_session.nobody_yet).to_owned(),
        (_, 0) => text!(language, class_session.all_here).to_owned(),
        _ => text!(language, class_session.missing, missing = missing),
    };
    let explained = (missing > 0).then(|| {
        let until = wave.responses_until.as_str();
        view! {
            <ul class="steps">
                <li>{text!(language, class_session.missing_network)}</li>
                <li>{text!(language, class_session.missing_do, until = until)}</li>
                <li>{text!(language, class_session.missing_stopped)}</li>
            </ul>
        }
    });
    view! {
        <section class="card warm">
            <h2>{text!(language, class_session.numbers)}</h2>
            <dl class="facts numbers-of-lesson">
                <dt>{text!(language, class_session.tokens)}</dt>
                <dd class="tokens">{tokens}</dd>
                <dt>{text!(language, class_session.responses)}</dt>
                <dd class="responses">{responses}</dd>
                <dt>{text!(language, class_session.enrolment)}</dt>
                <dd>{wave.enrolment}</dd>
            </dl>
            <p>
                <strong>{verdict}</strong>
            </p>
            {explained}
            <p class="quiet">{text!(language, class_session.numbers_clock)}</p>
        </section>
    }
}

fn what_next(language: Language, wave: &SessionWave) -> impl IntoView + use<> {
    let until = wave.responses_until.as_str();
    view! {
        <section class="card">
            <h2>{text!(language, class_session.what_next)}</h2>
            <ul class="steps">
                <li>{text!(language, class_session.next_slips)}</li>
                <li>{text!(language, class_session.next_thanks)}</li>
                <li>{text!(language, class_session.next_results, until = until)}</li>
            </ul>
        </section>
    }
}
