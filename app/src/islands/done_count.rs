use crate::{Language, browser, language::text};
use leptos::prelude::*;
use serde::Deserialize;
use std::time::Duration;

/// How often the page asks; the server counts anew at most every 15 seconds.
const EVERY: Duration = Duration::from_secs(5);

#[derive(Deserialize)]
struct Counted {
    done: u32,
    enrolment: u32,
}

/// How many of a class are done, kept current.
#[island]
pub fn DoneCount(url: String, initial: u32, enrolment: u32, language: Language) -> impl IntoView {
    let counted = RwSignal::new((initial, enrolment));
    let failed = RwSignal::new(false);
    Effect::new(move |_| {
        let url = url.clone();
        set_interval(
            move || {
                let url = url.clone();
                leptos::task::spawn_local(async move {
                    match count(&url).await {
                        Some(now) => {
                            counted.set((now.done, now.enrolment));
                            failed.set(false);
                        }
                        None => failed.set(true),
                    }
                });
            },
            EVERY,
        );
    });
    let words = move || match counted.get() {
        (0, _) => text!(language, staff.done_none).to_owned(),
        (done, enrolment) => {
            text!(language, staff.done_text, enrolment = enrolment, done = done)
        }
    };
    let note = move || {
        if failed.get() {
            text!(language, staff.done_error)
        } else {
            text!(language, staff.done_clock)
        }
    };
    view! {
        <div class="done">
            <p class="done-words" aria-live="polite">{words}</p>
            <progress
                max=move || counted.get().1.max(1)
                value=move || counted.get().0
                aria-hidden="true"
            ></progress>
            <p class="quiet" class:bad=move || failed.get()>{note}</p>
        </div>
    }
}

async fn count(url: &str) -> Option<Counted> {
    let reply = browser::get_signed_in(url).await.ok().filter(|reply| reply.ok)?;
    serde_json::from_str(&reply.text).ok()
}
