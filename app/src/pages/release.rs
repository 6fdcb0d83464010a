mod key_problem;

pub use key_problem::KeyProblem;

use crate::{
    Language,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// The release of a closed wave. `POST /waves/{wave}/release` as multipart with as many `key_file`
/// and `passphrase` as there are rows; the key is for that job only.
#[derive(Debug, Clone)]
pub struct ReleasePage {
    pub wave_id: String,
    pub wave: String,
    /// The public half to which the wave was sealed.
    pub public_key: String,
    /// Not all its texts have been checked by native speakers.
    pub pilot: bool,
    pub step: ReleaseStep,
}

/// How far the release is.
#[derive(Debug, Clone)]
pub enum ReleaseStep {
    /// The wave takes responses still, or is not open yet.
    NotClosed,
    /// Its responses were destroyed before they were released.
    Forgotten,
    Form {
        problem: Option<KeyProblem>,
        failed: Option<FailedRelease>,
    },
    /// Classes opened, of all; 0 of 0 before the first.
    Running {
        done: u32,
        total: u32,
    },
    Done {
        responses: u32,
        unreadable: u32,
        /// Where the results are.
        results: String,
        /// The sealed responses were destroyed since.
        forgotten: bool,
    },
}

/// A release that was begun and did not come about; nothing was published.
#[derive(Debug, Clone)]
pub enum FailedRelease {
    /// The server stopped meanwhile.
    Interrupted,
    /// What was in the way, in English, for the operator.
    Error(String),
}

/// Shares that a form takes.
const ROWS: usize = 5;

impl Page for ReleasePage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, waves.release).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        view! {
            <p>
                <a href=format!("/waves/{}", self.wave_id)>{self.wave.clone()}</a>
            </p>
            <h1>{text!(language, waves.release)}</h1>
            {self.pilot.then(|| view! { <p class="notice">{text!(language, waves.pilot)}</p> })}
            {self.content(language)}
        }
        .into_any()
    }
}

impl ReleasePage {
    fn content(&self, language: Language) -> AnyView {
        match &self.step {
            ReleaseStep::NotClosed => {
                view! { <p class="notice">{text!(language, waves.release_not_closed)}</p> }
                    .into_any()
            }
            ReleaseStep::Forgotten => {
                view! { <p class="notice">{text!(language, waves.release_forgotten)}</p> }
                    .into_any()
            }
            ReleaseStep::Form { problem, failed } => {
                self.form(language, problem.as_ref(), failed.as_ref()).into_any()
            }
            ReleaseStep::Running { done, total } => {
                self.running(language, *done, *total).into_any()
            }
            ReleaseStep::Done { responses, unreadable, results, forgotten } => {
                let forget = (!forgotten).then(|| forget(language, &self.wave_id));
                view! {
                    {released(language, *responses, *unreadable, results)}
                    {forget}
                }
                .into_any()
            }
        }
    }

    /// Without a clock that loads the page anew: it would take a screen reader's place away.
    fn running(&self, language: Language, done: u32, total: u32) -> impl IntoView + use<> {
        let words = match total {
            0 => text!(language, waves.release_begun).to_owned(),
            _ if done >= total => text!(language, waves.release_counting, total = total),
            _ => text!(language, waves.release_running, done = done, total = total),
        };
        let label = text!(language, waves.release_progress);
        view! {
            <p class="notice" role="status">
                {words}
            </p>
            <progress max=total.max(1) value=done aria-label=label></progress>
            <p>{text!(language, waves.release_leave)}</p>
            <p>
                <a class="button" href=format!("/waves/{}/release", self.wave_id)>
                    {text!(language, waves.release_look)}
                </a>
            </p>
        }
    }

    fn form(
        &self,
        language: Language,
        problem: Option<&KeyProblem>,
        failed: Option<&FailedRelease>,
    ) -> impl IntoView + use<> {
        let problem = problem.map(|problem| {
            let words = problem.words(language);
            view! {
                <p class="notice bad" role="alert" id="key-wrong">
                    {words}
                </p>
            }
        });
        let more = (2..=ROWS).map(|number| row(language, number)).collect_view();
        view! {
            {problem}
            {failed.map(|failed| failed.words(language))}
            <p>{text!(language, waves.release_what)}</p>
            <dl class="facts">
                <dt>{text!(language, staff.release_key)}</dt>
                <dd class="fingerprint">{self.public_key.clone()}</dd>
            </dl>
            <form
                class="card stack"
                method="post"
                action=format!("/waves/{}/release", self.wave_id)
                enctype="multipart/form-data"
                autocomplete="off"
            >
                <h2>{text!(language, waves.release_here)}</h2>
                <p>{text!(language, waves.release_memory)}</p>
                {row(language, 1)}
                <details>
                    <summary>{text!(language, waves.release_shares)}</summary>
                    {more}
                </details>
                <p>{text!(language, waves.release_again)}</p>
                <button class="button">{text!(language, waves.release_start)}</button>
            </form>
            <section class="card">
                <h2>{text!(language, waves.release_elsewhere)}</h2>
                <p>{text!(language, waves.release_elsewhere_what)}</p>
                <p>
                    <a class="row-link" href="/key-ceremony">
                        {text!(language, key_ceremony.link)}
                    </a>
                </p>
            </section>
        }
    }
}

fn row(language: Language, number: usize) -> impl IntoView {
    let (file, passphrase) = (format!("key_file_{number}"), format!("passphrase_{number}"));
    view! {
        <div class="stack key-row">
            <label for=file.clone()>{text!(language, waves.release_file, number = number)}</label>
            <input id=file name="key_file" type="file" />
            <label for=passphrase.clone()>
                {text!(language, waves.release_passphrase, number = number)}
            </label>
            <input id=passphrase name="passphrase" type="password" autocomplete="off" />
        </div>
    }
}

fn released(
    language: Language,
    responses: u32,
    unreadable: u32,
    results: &str,
) -> impl IntoView + use<> {
    let unread = match unreadable {
        0 => text!(language, waves.release_all_read).to_owned(),
        count => text!(language, waves.release_unreadable, count = count),
    };
    view! {
        <p class="notice" role="status">
            {text!(language, waves.release_done, count = responses)}
        </p>
        <p>{unread}</p>
        <p>
            <a class="button" href=results.to_owned()>
                {text!(language, waves.release_results)}
            </a>
        </p>
    }
}

fn forget(language: Language, wave_id: &str) -> impl IntoView + use<> {
    view! {
        <h2>{text!(language, waves.forget)}</h2>
        <p>{text!(language, waves.forget_what)}</p>
        <pre>{format!("senim forget --wave {wave_id}")}</pre>
    }
}

impl FailedRelease {
    fn words(&self, language: Language) -> AnyView {
        match self {
            Self::Interrupted => {
                view! { <p class="notice bad">{text!(language, waves.release_interrupted)}</p> }
                    .into_any()
            }
            Self::Error(message) => view! {
                <div class="notice bad">
                    <p>{text!(language, waves.release_failed)}</p>
                    <pre lang="en">{message.clone()}</pre>
                </div>
            }
            .into_any(),
        }
    }
}
