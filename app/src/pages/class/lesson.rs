use crate::{Language, islands::DoneCount, language::text, pages::WaveState};
use leptos::prelude::*;

/// What a teacher needs while the class answers.
#[derive(Debug, Clone)]
pub struct OpenWave {
    pub name: String,
    pub state: WaveState,
    pub fingerprint: String,
    pub enrolment: u32,
    /// As last counted.
    pub done: u32,
    pub class_link: String,
    /// Stands behind the `#` where a link is opened or copied: what its tablets compare.
    pub link_fragment: String,
    /// `HH:MM`, local time; `None` while the class session is closed.
    pub session_open_until: Option<String>,
    pub slips_made: u32,
    pub slips_allowed: u32,
    pub may_make_slips: bool,
}

pub(super) fn lesson(language: Language, class: &str, wave: OpenWave) -> impl IntoView + use<> {
    let session = session(language, class, wave.session_open_until.as_deref());
    let slips = slips(language, class, &wave);
    let url = format!("/classes/{class}/done");
    let kiosk = format!("{}/kiosk", wave.class_link);
    let address = |link: &str| format!("{link}#{}", wave.link_fragment);
    view! {
        <section class="card warm screen-only">
            <h2>{text!(language, staff.lesson)}</h2>
            <p class="quiet">{format!("{} · {}", wave.name, wave.state.words(language))}</p>
            {session}
            <DoneCount url initial=wave.done enrolment=wave.enrolment language />
            <dl class="facts">
                <dt>{text!(language, staff.class_link)}</dt>
                <dd>
                    <a class="link-code" href=address(&wave.class_link)>
                        {wave.class_link.clone()}
                    </a>
                    <p class="quiet">{text!(language, staff.class_link_hint)}</p>
                </dd>
                <dt>{text!(language, staff.kiosk_link)}</dt>
                <dd>
                    <a class="link-code" href=address(&kiosk)>
                        {kiosk.clone()}
                    </a>
                    <p class="quiet">{text!(language, staff.kiosk_hint)}</p>
                </dd>
                <dt>{text!(language, staff.tablets_title)}</dt>
                <dd>{text!(language, staff.tablets_text)}</dd>
                <dt>{text!(language, pupil.fingerprint)}</dt>
                <dd class="fingerprint">{wave.fingerprint}</dd>
            </dl>
            {slips}
        </section>
    }
}

fn session(language: Language, class: &str, until: Option<&str>) -> AnyView {
    match until {
        Some(time) => view! {
            <form class="row" method="post" action=format!("/classes/{class}/session/close")>
                <strong class="open">{text!(language, staff.session_open, time = time)}</strong>
                <button class="button second">{text!(language, staff.close_session)}</button>
            </form>
        }
        .into_any(),
        None => view! {
            <form class="row" method="post" action=format!("/classes/{class}/session/open")>
                <button class="button">{text!(language, staff.open_session)}</button>
                <span class="quiet">{text!(language, staff.open_session_hint)}</span>
            </form>
        }
        .into_any(),
    }
}

fn slips(language: Language, class: &str, wave: &OpenWave) -> impl IntoView + use<> {
    let (made, allowed) = (wave.slips_made, wave.slips_allowed);
    let slips = format!("/classes/{class}/slips");
    let making = if wave.may_make_slips {
        view! {
            <p>
                <a class="button second" href=slips>
                    {text!(language, staff.make_slips)}
                </a>
            </p>
        }
        .into_any()
    } else {
        view! { <p class="quiet">{text!(language, staff.slips_used_up)}</p> }.into_any()
    };
    view! {
        <h3>{text!(language, staff.slips)}</h3>
        <p>{text!(language, staff.slips_made, made = made, allowed = allowed)}</p>
        {making}
    }
}
