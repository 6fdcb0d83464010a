use crate::{
    Language,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// One survey wave, and the way to close it.
#[derive(Debug, Clone)]
pub struct WavePage {
    pub id: String,
    pub name: String,
    pub state: WaveState,
    /// First and last day, as shown.
    pub days: (String, String),
    /// Classes with at least one response, of all.
    pub classes_done: (u32, u32),
    pub may_close: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaveState {
    Planned,
    Open,
    /// Closed and not released yet.
    Closed,
    Released,
}

impl WaveState {
    pub(crate) fn words(self, language: Language) -> &'static str {
        match self {
            Self::Planned => text!(language, staff.state_planned),
            Self::Open => text!(language, staff.state_open),
            Self::Closed => text!(language, staff.state_closed),
            Self::Released => text!(language, staff.state_released),
        }
    }
}

impl Page for WavePage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, _language: Language) -> String {
        self.name.clone()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let (done, total) = self.classes_done;
        let (first, last) = self.days.clone();
        view! {
            <p>
                <a href="/classes">{text!(language, staff.back_to_classes)}</a>
            </p>
            <h1>{self.name.clone()}</h1>
            <dl class="facts">
                <dt>{text!(language, staff.state)}</dt>
                <dd>{self.state.words(language)}</dd>
                <dt>{text!(language, staff.days)}</dt>
                <dd>{text!(language, staff.wave_days, first = first, last = last)}</dd>
            </dl>
            <p>{text!(language, staff.wave_classes_done, total = total, done = done)}</p>
            {self.closing(language)}
            <p>
                <a class="row-link" href="/key-ceremony">
                    {text!(language, key_ceremony.link)}
                </a>
            </p>
        }
        .into_any()
    }
}

impl WavePage {
    fn closing(&self, language: Language) -> Option<AnyView> {
        if self.state != WaveState::Open {
            return None;
        }
        if !self.may_close {
            return Some(
                view! { <p class="quiet">{text!(language, staff.wave_not_yours)}</p> }.into_any(),
            );
        }
        let action = format!("/waves/{}/close", self.id);
        let closing = view! {
            <details class="card">
                <summary>{text!(language, staff.close_wave)}</summary>
                <p>{text!(language, staff.close_wave_what)}</p>
                <form method="post" action=action>
                    <button class="button danger">{text!(language, staff.close_wave_sure)}</button>
                </form>
            </details>
        };
        Some(closing.into_any())
    }
}
