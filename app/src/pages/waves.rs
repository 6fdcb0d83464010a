use super::wave::WaveState;
use crate::{
    Language,
    language::text,
    parts::list::{Heading, captioned_list},
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// The survey waves that somebody may set up and close, and the way to a new one.
#[derive(Debug, Clone)]
pub struct WavesPage {
    pub waves: Vec<WaveRow>,
    /// Changes of frozen enrolment that wait for a second person.
    pub waiting: Vec<WaitingChange>,
}

/// A wave that the reader may set up and close.
#[derive(Debug, Clone)]
pub struct WaveRow {
    pub id: String,
    pub name: String,
    pub state: WaveState,
    pub first_day: String,
    pub last_day: String,
    /// Not all its texts have been checked by native speakers.
    pub pilot: bool,
}

/// A class whose enrolment somebody asked to change.
#[derive(Debug, Clone)]
pub struct WaitingChange {
    pub class_id: String,
    pub school: String,
    pub class: String,
}

impl Page for WavesPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, staff.waves).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let empty = self
            .waves
            .is_empty()
            .then(|| view! { <p class="notice">{text!(language, waves.none)}</p> });
        view! {
            <p>
                <a href="/classes">{text!(language, staff.back_to_classes)}</a>
            </p>
            <h1>{text!(language, staff.waves)}</h1>
            <p>{text!(language, waves.what)}</p>
            {waiting(language, &self.waiting)}
            <p>
                <a class="button" href="/waves/new">
                    {text!(language, waves.new_wave)}
                </a>
            </p>
            {empty}
            {waves_table(language, &self.waves, text!(language, waves.list))}
        }
        .into_any()
    }
}

/// The waves with their pages; nothing without any.
pub(super) fn waves_table(
    language: Language,
    waves: &[WaveRow],
    caption: &'static str,
) -> Option<impl IntoView + use<>> {
    let rows = waves.iter().map(|wave| wave_row(language, wave)).collect_view();
    (!waves.is_empty()).then(|| {
        let headings = [
            Heading::Words(text!(language, staff.wave)),
            Heading::Words(text!(language, staff.days)),
            Heading::Words(text!(language, staff.state)),
        ];
        captioned_list(caption, caption.to_owned(), headings, rows)
    })
}

fn wave_row(language: Language, wave: &WaveRow) -> impl IntoView + use<> {
    let (first, last) = (wave.first_day.as_str(), wave.last_day.as_str());
    view! {
        <tr>
            <th scope="row">
                <a class="row-link" href=format!("/waves/{}", wave.id)>
                    {wave.name.clone()}
                </a>
                {wave
                    .pilot
                    .then(|| {
                        view! { <span class="quiet">{text!(language, waves.pilot_mark)}</span> }
                    })}
            </th>
            <td>{text!(language, staff.wave_days, first = first, last = last)}</td>
            <td>{wave.state.words(language)}</td>
        </tr>
    }
}

fn waiting(language: Language, waiting: &[WaitingChange]) -> Option<impl IntoView + use<>> {
    let links = waiting.iter().map(|one| {
        let words = format!("{}, {}", one.school, one.class);
        view! {
            <li>
                <a class="row-link" href=format!("/classes/{}/enrolment", one.class_id)>
                    {words}
                </a>
            </li>
        }
    });
    let links = links.collect_view();
    (!waiting.is_empty()).then(|| {
        view! {
            <section class="card warm">
                <h2>{text!(language, waves.waiting)}</h2>
                <p>{text!(language, waves.waiting_what)}</p>
                <ul>{links}</ul>
            </section>
        }
    })
}
