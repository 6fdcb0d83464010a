use super::{SessionClass, SessionWave, script::script, slips::slips};
use crate::{
    Language,
    islands::DoneCount,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// The lesson in which a class answers, while its class session is open.
#[derive(Debug, Clone)]
pub struct RunningSessionPage {
    pub class: SessionClass,
    pub wave: SessionWave,
    /// `HH:MM`, local time.
    pub open_until: String,
}

impl Page for RunningSessionPage {
    const AUDIENCE: Audience = Audience::Staff;
    const ISLANDS: bool = true;

    fn title(&self, language: Language) -> String {
        self.class.title(language)
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let Self { class, wave, open_until } = self;
        let url = format!("/classes/{}/done", class.id);
        let screen = format!("/classes/{}/session/screen", class.id);
        let no_slips = (wave.slips_made == 0)
            .then(|| view! { <p class="notice bad">{text!(language, class_session.no_slips)}</p> });
        view! {
            {class.heading(language)}
            <section class="card warm">
                <h2 class="open">{text!(language, class_session.running)}</h2>
                <p>{text!(language, class_session.running_until, time = open_until)}</p>
                {no_slips}
                <DoneCount url initial=wave.responses enrolment=wave.enrolment language />
                <p>
                    <a class="button big" href=screen>
                        {text!(language, class_session.screen)}
                    </a>
                </p>
                <p class="quiet">{text!(language, class_session.screen_hint)}</p>
            </section>
            {meanwhile(language)}
            {links(language, &wave)}
            {end(language, &class)}
            <details class="card">
                <summary>{text!(language, class_session.words)}</summary>
                {script(language)}
            </details>
            <details class="card">
                <summary>{text!(language, class_session.more_slips)}</summary>
                {slips(language, &class, &wave)}
            </details>
        }
        .into_any()
    }
}

fn meanwhile(language: Language) -> impl IntoView {
    view! {
        <section class="card">
            <h2>{text!(language, class_session.meanwhile)}</h2>
            <ul class="steps">
                <li>{text!(language, class_session.meanwhile_away)}</li>
                <li>{text!(language, class_session.meanwhile_word)}</li>
                <li>{text!(language, class_session.upset_text)}</li>
                <li>{text!(language, class_session.meanwhile_network)}</li>
            </ul>
        </section>
    }
}

fn links(language: Language, wave: &SessionWave) -> impl IntoView + use<> {
    let kiosk = format!("{}/kiosk", wave.class_link);
    let link = |link: &str| {
        let address = format!("{link}#{}", wave.link_fragment);
        view! {
            <a class="link-code" href=address>
                {link.to_owned()}
            </a>
        }
    };
    view! {
        <details class="card">
            <summary>{text!(language, class_session.links)}</summary>
            <dl class="facts">
                <dt>{text!(language, staff.class_link)}</dt>
                <dd>{link(&wave.class_link)}</dd>
                <dt>{text!(language, staff.kiosk_link)}</dt>
                <dd>{link(&kiosk)} <p class="quiet">{text!(language, staff.kiosk_hint)}</p></dd>
                <dt>{text!(language, pupil.fingerprint)}</dt>
                <dd>
                    <span class="fingerprint">{wave.fingerprint.clone()}</span>
                    <p class="quiet">{text!(language, class_session.fingerprint_hint)}</p>
                </dd>
            </dl>
        </details>
    }
}

fn end(language: Language, class: &SessionClass) -> impl IntoView + use<> {
    let action = format!("/classes/{}/session/close", class.id);
    view! {
        <details class="card">
            <summary>{text!(language, class_session.end)}</summary>
            <p>{text!(language, class_session.end_what)}</p>
            <form method="post" action=action>
                <button class="button danger">{text!(language, class_session.end_sure)}</button>
            </form>
        </details>
    }
}
