use crate::{
    Language,
    figures::respondents_words,
    language::text,
    parts::{chart::chart, numbers_table::numbers_table},
};
use analysis::{Cell, Respondents};
use leptos::prelude::*;

/// What was released of one wave, for the class.
#[derive(Debug, Clone)]
pub struct ClassResults {
    pub wave_name: String,
    pub wave_days: String,
    /// The title of the survey definition, in the reader's language.
    pub definition: String,
    pub respondents: Respondents,
    pub rows: Vec<IndicatorRow>,
}

/// One indicator of the class, beside the school and the wave before where there are any.
#[derive(Debug, Clone)]
pub struct IndicatorRow {
    pub id: String,
    /// In the reader's language.
    pub label: String,
    pub own: Cell,
    pub school: Option<Cell>,
    pub previous: Option<Cell>,
}

pub(super) fn results(language: Language, waves: &[ClassResults]) -> impl IntoView + use<> {
    let content = if waves.is_empty() {
        view! { <p class="notice">{text!(language, class_page.no_results)}</p> }.into_any()
    } else {
        view! {
            {how_to_read(language)}
            {waves
                .iter()
                .enumerate()
                .map(|(index, wave)| wave_results(language, index, wave))
                .collect_view()}
        }
        .into_any()
    };
    view! {
        <section class="results">
            <h2>{text!(language, class_page.results)}</h2>
            {content}
        </section>
    }
}

/// The latest wave is open, earlier ones unfold.
fn wave_results(language: Language, index: usize, wave: &ClassResults) -> impl IntoView + use<> {
    let figures = if wave.rows.is_empty() {
        view! { <p class="notice">{text!(language, class_page.no_rows)}</p> }.into_any()
    } else {
        view! {
            <ol class="charts">
                {wave
                    .rows
                    .iter()
                    .map(|row| view! { <li>{chart(language, index, row)}</li> })
                    .collect_view()}
            </ol>
            {numbers_table(language, wave)}
        }
        .into_any()
    };
    view! {
        <details class="wave" open=index == 0>
            <summary>
                <h3>{wave.wave_name.clone()}</h3>
                <span class="quiet">{wave.wave_days.clone()}</span>
            </summary>
            <p>{wave.definition.clone()}</p>
            <p>{respondents_words(language, wave.respondents)}</p>
            {figures}
        </details>
    }
}

fn how_to_read(language: Language) -> impl IntoView {
    view! {
        <details class="card how">
            <summary>{text!(language, class_page.how_to_read)}</summary>
            <ul>
                <li>{text!(language, class_page.what_band)}</li>
                <li>{text!(language, class_page.what_interval)}</li>
                <li>{text!(language, class_page.what_tie)}</li>
                <li>{text!(language, class_page.what_hidden)}</li>
                <li>{text!(language, class_page.not_offences)}</li>
            </ul>
        </details>
    }
}
