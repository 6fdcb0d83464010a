use super::new_wave::WaveMistake;
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
    /// Classes with at least one response, of all; `None` when nothing is left to count.
    pub classes_done: Option<(u32, u32)>,
    /// What was destroyed of it.
    pub erased: Option<ErasedWave>,
    pub may_close: bool,
    /// Closed or released, and the reader may release.
    pub may_release: bool,
    /// Not all its texts have been checked by native speakers.
    pub pilot: bool,
    /// What was frozen when it opened.
    pub frozen: Option<WaveNumbers>,
    /// For who may open it now.
    pub opening: Option<Opening>,
    /// The last day on which responses are taken, as shown.
    pub intake_until: String,
    /// The public half of the release key as it is printed, to be compared with its record.
    pub release_key: String,
    /// As on slips and tablets.
    pub fingerprint: String,
}

/// Classes and their enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaveNumbers {
    pub classes: usize,
    pub pupils: u32,
}

/// The way to open a wave.
#[derive(Debug, Clone)]
pub struct Opening {
    pub now: WaveNumbers,
    /// What is in the way.
    pub mistake: Option<WaveMistake>,
}

/// The record of a forgotten wave.
#[derive(Debug, Clone)]
pub struct ErasedWave {
    /// As shown.
    pub day: String,
    /// Sealed responses that were destroyed.
    pub responses: u32,
    /// `false` after an interruption.
    pub finished: bool,
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
        let classes_done = self.classes_done.map(|(done, total)| {
            view! { <p>{text!(language, staff.wave_classes_done, total = total, done = done)}</p> }
        });
        let erased = self.erased.as_ref().map(|erased| erased.words(language));
        let (first, last) = self.days.clone();
        view! {
            <p>
                <a href="/waves">{text!(language, waves.back)}</a>
            </p>
            <h1>{self.name.clone()}</h1>
            {self.pilot.then(|| view! { <p class="notice">{text!(language, waves.pilot)}</p> })}
            <dl class="facts">
                <dt>{text!(language, staff.state)}</dt>
                <dd>{self.state.words(language)}</dd>
                <dt>{text!(language, staff.days)}</dt>
                <dd>{text!(language, staff.wave_days, first = first, last = last)}</dd>
                <dt>{text!(language, waves.intake_until)}</dt>
                <dd>{self.intake_until.clone()}</dd>
                {self
                    .frozen
                    .map(|frozen| {
                        view! {
                            <dt>{text!(language, waves.frozen)}</dt>
                            <dd>{frozen.words(language)}</dd>
                        }
                    })}
                <dt>{text!(language, pupil.fingerprint)}</dt>
                <dd class="fingerprint">{self.fingerprint.clone()}</dd>
                <dt>{text!(language, staff.release_key)}</dt>
                <dd class="fingerprint">{self.release_key.clone()}</dd>
            </dl>
            <p class="quiet">{text!(language, staff.release_key_hint)}</p>
            {classes_done}
            {erased.map(|words| view! { <p class="notice">{words}</p> })}
            {self.opening(language)}
            {self.closing(language)}
            {self
                .may_release
                .then(|| {
                    view! {
                        <p>
                            <a class="button" href=format!("/waves/{}/release", self.id)>
                                {text!(language, waves.release_link)}
                            </a>
                        </p>
                    }
                })}
            <p>
                <a class="row-link" href=format!("/waves/{}/letters/{}", self.id, language.code())>
                    {text!(language, letters.link)}
                </a>
            </p>
            <p>
                <a class="row-link" href="/key-ceremony">
                    {text!(language, key_ceremony.link)}
                </a>
            </p>
        }
        .into_any()
    }
}

impl ErasedWave {
    fn words(&self, language: Language) -> String {
        let (day, count) = (self.day.clone(), self.responses);
        match self.finished {
            true => text!(language, staff.wave_erased, day = day, count = count),
            false => text!(language, staff.wave_erasing, day = day, count = count),
        }
    }
}

impl WaveNumbers {
    fn words(self, language: Language) -> String {
        let Self { classes, pupils } = self;
        text!(language, waves.counted, classes = classes, pupils = pupils)
    }
}

impl WavePage {
    fn opening(&self, language: Language) -> Option<AnyView> {
        let Opening { now: WaveNumbers { classes, pupils }, mistake } = self.opening.as_ref()?;
        let what = text!(language, waves.open_what, classes = *classes, pupils = *pupils);
        if let Some(mistake) = mistake {
            let words =
                format!("{} {}", text!(language, waves.cannot_open), mistake.words(language));
            return Some(view! { <p class="notice bad">{words}</p> }.into_any());
        }
        let action = format!("/waves/{}/open", self.id);
        let form = view! {
            <section class="card">
                <h2>{text!(language, waves.open)}</h2>
                <p>{what}</p>
                <form method="post" action=action>
                    <button class="button">{text!(language, waves.open_sure)}</button>
                </form>
            </section>
        };
        Some(form.into_any())
    }

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
                <p>{text!(language, waves.close_late, day = self.intake_until.as_str())}</p>
                <form method="post" action=action>
                    <button class="button danger">{text!(language, staff.close_wave_sure)}</button>
                </form>
            </details>
        };
        Some(closing.into_any())
    }
}
