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
        <p>
            <a href="/help">{text!(language, common.help_link)}</a>
        </p>
        {thanks::next_pupil(tablet, language)}
    }
}

/// Seals the answers and lets go of them. From here on the tablet has the sealed response and no
/// token: nobody can answer again in this pupil's place.
fn send(tablet: Tablet) {
    let Some(body) = sealed(tablet) else {
        return tablet.stage.set(Stage::Failed(Refusal::Unreadable));
    };
    tablet.stage.set(Stage::Sending);
    spawn_local(async move {
        // Queued before it is sent: whatever happens to this page, it will arrive.
        let queued = tablet_scripts::queue(&body).await;
        tablet.let_go();
        keeping::forget(tablet);
        match queued {
            Some(key) => deliver(tablet, &key, Delivery::Queued).await,
            None => deliver(tablet, &body, Delivery::Unsaved).await,
        }
    });
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

/// Tries until the server has said something. `what` is the key in the queue, or the whole
/// request where this tablet keeps nothing.
async fn deliver(tablet: Tablet, what: &str, until: Delivery) {
    loop {
        let said = match until {
            Delivery::Unsaved => {
                browser::post("/c/response", what).await.map_or(None, |reply| Some(reply.text))
            }
            Delivery::Queued | Delivery::Stored => tablet_scripts::deliver_queued(what).await,
        };
        if let Some(stage) = said.and_then(|said| outcome(&said)) {
            tablet.delivery.set(Delivery::Stored);
            return tablet.stage.set(stage);
        }
        tablet.delivery.set(until);
        tablet.stage.set(Stage::Thanks);
        tablet_scripts::flush_queue();
        browser::pause(PAUSE).await;
    }
}

/// What the server's word means; nothing where it is not heard or the server is busy.
fn outcome(said: &str) -> Option<Stage> {
    if serde_json::from_str::<ResponseReply>(said).is_ok() {
        return Some(Stage::Thanks);
    }
    match serde_json::from_str(said) {
        Ok(Refusal::Busy) | Err(_) => None,
        Ok(refusal) => Some(Stage::Failed(refusal)),
    }
}
