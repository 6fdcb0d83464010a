//! From the last screen to the server's word that the response is stored.

use super::{
    TITLE, keeping, questions,
    tablet::{Stage, Tablet},
    thanks,
};
use crate::{
    Language,
    browser::{self, NoNetwork, Reply},
    language::{refusal_words, text},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use leptos::{prelude::*, task::spawn_local};
use protocol::{Refusal, ResponseReply, ResponseRequest};
use rand_core::OsRng;
use std::time::Duration;
use survey_definitions::pack;

/// Until a sealed response is tried again by itself.
const PAUSE: Duration = Duration::from_secs(10);

pub(super) fn last_step(tablet: Tablet, language: Language) -> impl IntoView + use<> {
    view! {
        <div class="card warm">
            <h1 id=TITLE tabindex="-1">
                {text!(language, pupil.send_title)}
            </h1>
            <p>{text!(language, pupil.send_text)}</p>
            <p>{text!(language, pupil.send_sealed)}</p>
        </div>
        <div class="steps">
            {questions::back(tablet, language)}
            <button type="button" class="button next" on:click=move |_| send(tablet)>
                {text!(language, pupil.send)}
            </button>
        </div>
    }
}

pub(super) fn waiting_for_network(tablet: Tablet, language: Language) -> impl IntoView + use<> {
    view! {
        <div class="card warm">
            <h1 id=TITLE tabindex="-1">
                {text!(language, pupil.waiting_title)}
            </h1>
            <p role="status">{text!(language, pupil.waiting_text)}</p>
            <button type="button" class="button" on:click=move |_| deliver(tablet)>
                {text!(language, pupil.try_again)}
            </button>
        </div>
    }
}

pub(super) fn failed(language: Language, refusal: Refusal) -> impl IntoView + use<> {
    view! {
        <h1 id=TITLE tabindex="-1">
            {text!(language, pupil.failed_title)}
        </h1>
        <p class="notice bad" role="alert">
            {refusal_words(language, refusal)}
        </p>
        <p>
            <a href="/help">{text!(language, common.help_link)}</a>
        </p>
        {thanks::next_pupil(language)}
    }
}

/// Seals the answers, lets go of them, and sends. From here on the tab keeps the sealed response
/// and no token: nobody can answer again in this pupil's place.
fn send(tablet: Tablet) {
    match seal(tablet) {
        Some(request) => {
            keeping::add_sealed(tablet, &request);
            keeping::forget(tablet);
            tablet.permit.set_value(None);
            tablet.sealed.set_value(Some(request));
            deliver(tablet);
            tablet.taking.set(None);
        }
        None => tablet.stage.set(Stage::Failed(Refusal::Unreadable)),
    }
}

fn seal(tablet: Tablet) -> Option<ResponseRequest> {
    let (value, token) = tablet.permit.get_value()?;
    tablet.lesson.with_value(|lesson| {
        let packed = tablet
            .read(|taking| pack(taking.survey(), &taking.response(), lesson.packed_length))
            .flatten()?;
        let envelope = lesson.release_key.seal(&mut OsRng, lesson.place, &packed).ok()?;
        let envelope = URL_SAFE_NO_PAD.encode(envelope);
        Some(ResponseRequest { place: lesson.place, value, token, envelope })
    })
}

/// Sends the sealed response; the same one again as often as it takes.
fn deliver(tablet: Tablet) {
    let Some(request) = tablet.sealed.get_value() else { return };
    tablet.stage.set(Stage::Sending);
    spawn_local(async move {
        let stage = match deliver_once(tablet, &request).await {
            Outcome::Stored => Stage::Thanks,
            Outcome::Refused(refusal) => Stage::Failed(refusal),
            Outcome::Later => {
                set_timeout(move || again(tablet), PAUSE);
                Stage::Waiting
            }
        };
        if stage != Stage::Waiting {
            tablet.sealed.set_value(None);
        }
        tablet.stage.set(stage);
    });
}

/// Sends what an earlier page of this tab could not, in the background.
pub(super) fn deliver_left(tablet: Tablet) {
    let left = keeping::sealed(tablet);
    if left.is_empty() {
        return;
    }
    spawn_local(async move {
        let mut later = false;
        for request in left {
            later |= matches!(deliver_once(tablet, &request).await, Outcome::Later);
        }
        if later {
            set_timeout(move || deliver_left(tablet), PAUSE);
        }
    });
}

fn again(tablet: Tablet) {
    if tablet.stage.get_untracked() == Stage::Waiting {
        deliver(tablet);
    }
}

enum Outcome {
    Stored,
    Refused(Refusal),
    Later,
}

/// One try; the tab forgets what the server has taken or refused.
async fn deliver_once(tablet: Tablet, request: &ResponseRequest) -> Outcome {
    let Ok(body) = serde_json::to_string(request) else { return Outcome::Later };
    let outcome = match browser::post("/c/response", &body).await {
        Ok(reply) => outcome(&reply),
        Err(NoNetwork) => Outcome::Later,
    };
    if !matches!(outcome, Outcome::Later) {
        keeping::remove_sealed(tablet, request);
    }
    outcome
}

fn outcome(reply: &Reply) -> Outcome {
    if reply.ok {
        return match serde_json::from_str(&reply.text) {
            Ok(ResponseReply::Stored) => Outcome::Stored,
            Err(_) => Outcome::Later,
        };
    }
    match serde_json::from_str(&reply.text) {
        Ok(Refusal::Busy) | Err(_) => Outcome::Later,
        Ok(refusal) => Outcome::Refused(refusal),
    }
}
