mod afterwards;
mod checklist;
mod running;
mod screen;
mod script;
mod slips;

pub use running::RunningSessionPage;
pub use screen::SessionScreenPage;

use crate::{
    Language,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// The lesson in which a class answers, while its class session is closed.
#[derive(Debug, Clone)]
pub struct ClassSessionPage {
    pub class: SessionClass,
    pub stage: SessionStage,
}

#[derive(Debug, Clone)]
pub struct SessionClass {
    pub id: String,
    pub label: String,
    pub school: String,
}

/// Where the lesson stands.
#[derive(Debug, Clone)]
pub enum SessionStage {
    NoWave {
        /// The class's last wave is closed and not released.
        awaiting_results: bool,
        /// First and last day of the next planned wave.
        next: Option<(String, String)>,
    },
    /// The wave is open, its first day is not here.
    NotYet(SessionWave),
    Before(SessionWave),
    After {
        wave: SessionWave,
        /// `DD.MM.YYYY HH:MM`; `None` when somebody ended it.
        ended_by_itself: Option<String>,
    },
    /// After the wave's last day.
    Over {
        wave: SessionWave,
        takes_responses: bool,
    },
}

/// The open wave, for one class. Days are `DD.MM.YYYY`.
#[derive(Debug, Clone)]
pub struct SessionWave {
    pub name: String,
    pub first_day: String,
    pub last_day: String,
    /// The last day on which tablets may still send.
    pub responses_until: String,
    pub fingerprint: String,
    pub class_link: String,
    /// Stands behind the `#` where a link is opened or copied: what its tablets compare.
    pub link_fragment: String,
    pub enrolment: u32,
    /// Responses stored, as last counted.
    pub responses: u32,
    /// Slips used, as last counted.
    pub tokens: u32,
    pub slips_made: u32,
    pub slips_allowed: u32,
    pub may_make_slips: bool,
}

impl Page for ClassSessionPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        self.class.title(language)
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let Self { class, stage } = self;
        let content = stage.view(language, &class);
        view! {
            {class.heading(language)}
            {content}
        }
        .into_any()
    }
}

impl SessionClass {
    fn title(&self, language: Language) -> String {
        format!("{} · {}", text!(language, class_session.title), self.label)
    }

    fn heading(&self, language: Language) -> impl IntoView + use<> {
        let class = format!("/classes/{}", self.id);
        view! {
            <p class="screen-only">
                <a class="row-link" href=class>
                    {text!(language, class_session.back, class = self.label.as_str())}
                </a>
            </p>
            <h1>
                {text!(language, class_session.title)} " "
                <span class="quiet">{format!("{} · {}", self.label, self.school)}</span>
            </h1>
        }
    }

    fn start(&self, words: &'static str) -> impl IntoView + use<> {
        let action = format!("/classes/{}/session/open", self.id);
        view! {
            <form method="post" action=action>
                <button class="button big">{words}</button>
            </form>
        }
    }
}

impl SessionStage {
    fn view(self, language: Language, class: &SessionClass) -> AnyView {
        match self {
            Self::NoWave { awaiting_results, next } => no_wave(language, awaiting_results, next),
            Self::NotYet(wave) => {
                let first = wave.first_day.as_str();
                view! {
                    <p class="notice">{text!(language, class_session.not_yet, first = first)}</p>
                    {checklist::checklist(language, class, &wave)}
                }
                .into_any()
            }
            Self::Before(wave) => view! {
                <p class="lead">{text!(language, class_session.before)}</p>
                {checklist::checklist(language, class, &wave)}
                <section class="card warm">
                    <h2>{text!(language, class_session.ready)}</h2>
                    <p>{text!(language, class_session.ready_text)}</p>
                    {class.start(text!(language, class_session.start))}
                </section>
            }
            .into_any(),
            Self::After { wave, ended_by_itself } => {
                afterwards::after(language, class, &wave, ended_by_itself)
            }
            Self::Over { wave, takes_responses } => {
                afterwards::over(language, &wave, takes_responses)
            }
        }
    }
}

fn no_wave(language: Language, awaiting_results: bool, next: Option<(String, String)>) -> AnyView {
    let awaited = awaiting_results
        .then(|| view! { <p class="notice">{text!(language, class_session.awaiting)}</p> });
    let next = match next {
        Some((first, last)) => {
            text!(language, class_session.next_wave, first = first, last = last)
        }
        None => text!(language, class_session.no_next_wave).to_owned(),
    };
    view! {
        {awaited}
        <p class="notice">{text!(language, class_session.no_wave)} " " {next}</p>
    }
    .into_any()
}
