use crate::{
    Language,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// A class's frozen enrolment and how many parents refused.
/// `POST /classes/{class}/enrolment` with `enrolment` asks for a change; with `change` and `answer`
/// (`approve` or `decline`) another person decides. `POST /classes/{class}/refusals` with `number`.
#[derive(Debug, Clone)]
pub struct EnrolmentPage {
    pub class_id: String,
    pub class: String,
    /// `None` without an open wave for the class.
    pub wave: Option<FrozenClass>,
    /// What was typed and is no number in range.
    pub wrong: Option<WrongNumber>,
}

#[derive(Debug, Clone)]
pub struct FrozenClass {
    pub wave: String,
    /// `None` when the class is not in the wave.
    pub enrolment: Option<u32>,
    pub refusals: u32,
    pub changes: Vec<EnrolmentChange>,
}

#[derive(Debug, Clone)]
pub struct EnrolmentChange {
    pub id: String,
    pub enrolment: u32,
    pub asked_by: String,
    pub state: ChangeState,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeState {
    /// Waits for another person; `own` when the reader asked.
    Asked {
        own: bool,
    },
    /// By whom.
    Approved(String),
    Declined(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongNumber {
    Enrolment(String),
    Refusals(String),
}

impl Page for EnrolmentPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, waves.enrolment_title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let content = match &self.wave {
            None => view! { <p class="notice">{text!(language, waves.enrolment_no_wave)}</p> }
                .into_any(),
            Some(frozen) => view! {
                <p class="lead">{frozen.wave.clone()}</p>
                {self.enrolment(language, frozen)}
                {frozen.enrolment.map(|most| self.refusals(language, frozen.refusals, most))}
            }
            .into_any(),
        };
        view! {
            <p>
                <a href=format!("/classes/{}", self.class_id)>{self.class.clone()}</a>
            </p>
            <h1>{text!(language, waves.enrolment_title)}</h1>
            {content}
        }
        .into_any()
    }
}

impl EnrolmentPage {
    fn enrolment(&self, language: Language, frozen: &FrozenClass) -> impl IntoView + use<> {
        let is = match frozen.enrolment {
            Some(count) => text!(language, waves.enrolment_is, count = count),
            None => text!(language, waves.enrolment_not_in).to_owned(),
        };
        let asked = |one: &&EnrolmentChange| matches!(one.state, ChangeState::Asked { .. });
        let waiting = frozen.changes.iter().find(asked);
        let form = match waiting {
            Some(change) => self.waiting(language, change).into_any(),
            None => self.ask(language).into_any(),
        };
        let past = frozen.changes.iter().filter_map(|change| change.past(language));
        let past: Vec<_> = past.map(|words| view! { <li>{words}</li> }).collect();
        let history = (!past.is_empty()).then(|| {
            view! {
                <h3>{text!(language, waves.enrolment_history)}</h3>
                <ul>{past}</ul>
            }
        });
        view! {
            <section class="card">
                <h2>{text!(language, waves.enrolment)}</h2>
                <p>{text!(language, waves.enrolment_what)}</p>
                <p>
                    <strong>{is}</strong>
                </p>
                {form}
                {history}
            </section>
        }
    }

    fn ask(&self, language: Language) -> impl IntoView + use<> {
        let typed = match &self.wrong {
            Some(WrongNumber::Enrolment(typed)) => Some(typed.clone()),
            _ => None,
        };
        let wrong = typed.is_some().then(|| text!(language, waves.enrolment_range).to_owned());
        let action = format!("/classes/{}/enrolment", self.class_id);
        view! {
            <form class="stack" method="post" action=action>
                {number(
                    "enrolment",
                    text!(language, waves.enrolment_new),
                    typed.unwrap_or_default(),
                    wrong,
                )}
                <button class="button">{text!(language, waves.enrolment_ask)}</button>
            </form>
        }
    }

    fn waiting(&self, language: Language, change: &EnrolmentChange) -> impl IntoView + use<> {
        let (who, count) = (change.asked_by.as_str(), change.enrolment);
        let asked = text!(language, waves.enrolment_asked, who = who, count = count);
        let decision = if change.state == (ChangeState::Asked { own: true }) {
            view! { <p class="notice">{text!(language, waves.enrolment_own)}</p> }.into_any()
        } else {
            let action = format!("/classes/{}/enrolment", self.class_id);
            view! {
                <form class="row" method="post" action=action>
                    <input type="hidden" name="change" value=change.id.clone() />
                    <button class="button" name="answer" value="approve">
                        {text!(language, waves.enrolment_approve)}
                    </button>
                    <button class="button second" name="answer" value="decline">
                        {text!(language, waves.enrolment_decline)}
                    </button>
                </form>
            }
            .into_any()
        };
        view! {
            <p>{asked}</p>
            {decision}
        }
    }

    fn refusals(&self, language: Language, now: u32, most: u32) -> impl IntoView + use<> {
        let typed = match &self.wrong {
            Some(WrongNumber::Refusals(typed)) => Some(typed.clone()),
            _ => None,
        };
        let wrong = typed.is_some().then(|| text!(language, waves.refusals_range, most = most));
        let value = typed.unwrap_or_else(|| now.to_string());
        view! {
            <section class="card">
                <h2>{text!(language, waves.refusals)}</h2>
                <p>{text!(language, waves.refusals_what)}</p>
                <form
                    class="stack"
                    method="post"
                    action=format!("/classes/{}/refusals", self.class_id)
                >
                    {number("number", text!(language, waves.refusals_number), value, wrong)}
                    <button class="button">{text!(language, waves.refusals_save)}</button>
                </form>
            </section>
        }
    }
}

fn number(
    name: &'static str,
    label: &'static str,
    value: String,
    wrong: Option<String>,
) -> impl IntoView {
    let wrong_id = format!("{name}-wrong");
    view! {
        <label for=name>{label}</label>
        <input
            id=name
            name=name
            value=value
            inputmode="numeric"
            autocomplete="off"
            aria-describedby=wrong.is_some().then(|| wrong_id.clone())
            aria-invalid=wrong.is_some().then_some("true")
        />
        {wrong.map(|words| view! { <p class="bad" id=wrong_id role="alert">{words}</p> })}
    }
}

impl EnrolmentChange {
    fn past(&self, language: Language) -> Option<String> {
        let (count, who) = (self.enrolment, self.asked_by.as_str());
        match &self.state {
            ChangeState::Asked { .. } => None,
            ChangeState::Approved(by) => {
                let by = by.as_str();
                Some(text!(language, waves.enrolment_approved, count = count, who = who, by = by))
            }
            ChangeState::Declined(by) => {
                let by = by.as_str();
                Some(text!(language, waves.enrolment_declined, count = count, who = who, by = by))
            }
        }
    }
}
