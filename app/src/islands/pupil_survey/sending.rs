//! From the last screen to the server's word that the response is stored.

use super::{
    keeping::{self, Permit},
    parts, questions,
    tablet::{Delivery, Stage, Tablet},
    thanks,
};
use crate::{
    Language, browser,
    language::{refusal_words, text},
    tablet_scripts,
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
            {parts::title(text!(language, pupil.send_title))}
            <p>{text!(language, pupil.send_text)}</p>
            <p>{text!(language, pupil.send_sealed)}</p>
        </div>
        <div class="steps">
            {questions::back(tablet, language)}
            {parts::button("button next", text!(language, pupil.send), Box::new(move || send(tablet)))}
        </div>
    }
}

pub(super) fn failed(
    tablet: Tablet,
    language: Language,
    refusal: Refusal,
) -> impl IntoView + use<> {
    view! {
        {parts::title(text!(language, pupil.failed_title))}
        <p class="notice bad" role="alert">
            {refusal_words(language, refusal)}
        </p>
        {thanks::help(tablet, language)}
        {thanks::next_pupil(tablet, language)}
    }
}

/// Seals the answers and sends them. Until the server has them or the tablet's queue has, the tab
/// keeps permit and answers under the slip's code: a page that is closed now loses nothing.
fn send(tablet: Tablet) {
    let Some(body) = sealed(tablet) else {
        return tablet.stage.set(Stage::Failed(Refusal::Unreadable));
    };
    tablet.stage.set(Stage::Sending);
    spawn_local(async move {
        let Some(stage) = said(&tablet_scripts::send(&body).await) else {
            return send_later(tablet, &body).await;
        };
        arrive(tablet, stage);
    });
}

/// Without a network: from the queue, or from this page where the tablet keeps nothing.
async fn send_later(tablet: Tablet, body: &str) {
    let key = tablet_scripts::queue(body).await;
    tablet.delivery.set(if key.is_some() { Delivery::Queued } else { Delivery::Unsaved });
    tablet.let_go();
    if key.is_some() {
        keeping::forget(tablet);
    }
    tablet.stage.set(Stage::Thanks);
    tablet_scripts::flush_queue();
    loop {
        browser::pause(PAUSE).await;
        let heard = match &key {
            Some(key) => tablet_scripts::deliver_queued(key).await,
            None => tablet_scripts::send(body).await,
        };
        if let Some(stage) = said(&heard) {
            return arrive(tablet, stage);
        }
    }
}

/// The server has spoken: nothing of the pupil stays.
fn arrive(tablet: Tablet, stage: Stage) {
    tablet.let_go();
    keeping::forget(tablet);
    tablet.delivery.set(Delivery::Stored);
    tablet.stage.set(stage);
}

fn sealed(tablet: Tablet) -> Option<String> {
    let Permit::Held(value, token) = tablet.permit.get_value()? else { return None };
    tablet.setup.with_value(|setup| {
        let lesson = &setup.lesson;
        let packed = tablet
            .read(|taking| {
                let layout = taking.questionnaire().answer_layout();
                pack(&layout, &taking.response(), lesson.packed_length)
            })
            .flatten()?;
        let envelope = lesson.release_key.seal(&mut OsRng, lesson.place, &packed).ok()?;
        let envelope = URL_SAFE_NO_PAD.encode(envelope);
        let request = ResponseRequest { place: lesson.place, value, token, envelope };
        serde_json::to_string(&request).ok()
    })
}

/// What the server's word means; nothing where it was not heard or the server is busy.
fn said(word: &str) -> Option<Stage> {
    if serde_json::from_str::<ResponseReply>(word).is_ok() {
        return Some(Stage::Thanks);
    }
    match serde_json::from_str(word) {
        Ok(Refusal::Busy) | Err(_) => None,
        Ok(refusal) => Some(Stage::Failed(refusal)),
    }
}
