use super::findings::{ClassFindings, findings};
use crate::{
    Language,
    figures::{reason_words, respondents_words},
    language::text,
    parts::{chart::chart, numbers_table::numbers_table},
};
use analysis::{Cell, Kind, Level, Outcome, Reason, Respondents};
use leptos::prelude::*;

/// What was released of one wave, for the class.
#[derive(Debug, Clone)]
pub struct ClassResults {
    pub wave_name: String,
    pub wave_days: String,
    /// The title of the survey definition, in the reader's language.
    pub definition: String,
    pub respondents: Respondents,
    pub findings: ClassFindings,
    /// What may be shown of the class or of a group around it, in the order of the definition.
    pub rows: Vec<IndicatorRow>,
    /// The labels of what may not be shown even of the school, by reason.
    pub unshown: Vec<(Reason, Vec<String>)>,
}

/// One indicator; of a distribution a figure for each part, of any other measure one.
#[derive(Debug, Clone)]
pub struct IndicatorRow {
    /// In the reader's language.
    pub label: String,
    pub kind: Kind,
    pub figures: Vec<Figure>,
}

/// A number of the class with what stands beside it.
#[derive(Debug, Clone)]
pub struct Figure {
    /// The id of the cell.
    pub id: String,
    /// Of a distribution the part, in the reader's language.
    pub part: Option<String>,
    pub own: Cell,
    /// Where the class itself may not be shown, the smallest group around it that may.
    pub instead: Option<(GroupName, Cell)>,
    /// Beside the smallest group that is shown.
    pub school: Option<Beside>,
    pub nation: Option<Beside>,
    pub previous: Option<Beside>,
}

/// Another number, and what may be said of the smallest group against it.
#[derive(Debug, Clone, Copy)]
pub struct Beside {
    pub cell: Cell,
    pub outcome: Outcome,
    /// One of the differences of this report that are hardly chance.
    pub flagged: bool,
}

/// What a group is called beside the class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupName {
    pub level: Level,
    /// Of a grade or a band of grades: `7`, `7-9`.
    pub grades: String,
    pub respondents: Respondents,
}

pub(super) fn results(language: Language, waves: &[ClassResults]) -> impl IntoView + use<> {
    let content = if waves.is_empty() {
        view! { <p class="notice">{text!(language, class_page.no_results)}</p> }.into_any()
    } else {
        let waves = waves.iter().enumerate();
        let waves = waves.map(|(index, wave)| wave_results(language, index, wave)).collect_view();
        view! { {how_to_read(language)} {waves} }.into_any()
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
        let charts = wave.rows.iter().map(|row| view! { <li>{chart(language, index, row)}</li> });
        view! {
            <ol class="charts">{charts.collect_view()}</ol>
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
            {findings(language, &wave.findings)}
            {figures}
            {unshown(language, &wave.unshown)}
        </details>
    }
}

fn unshown(language: Language, unshown: &[(Reason, Vec<String>)]) -> Option<impl IntoView + use<>> {
    let reasons = unshown.iter().map(|(reason, labels)| {
        let labels = labels.iter().map(|label| view! { <li>{label.clone()}</li> }).collect_view();
        view! {
            <p>"✕ " {reason_words(language, *reason)}</p>
            <ul>{labels}</ul>
        }
    });
    let reasons = reasons.collect_view();
    (!unshown.is_empty()).then(|| {
        view! {
            <details class="card unshown">
                <summary>{text!(language, class_page.unshown)}</summary>
                {reasons}
            </details>
        }
    })
}

fn how_to_read(language: Language) -> impl IntoView {
    view! {
        <details class="card how">
            <summary>{text!(language, class_page.how_to_read)}</summary>
            <ul>
                <li>{text!(language, class_page.what_band)}</li>
                <li>{text!(language, class_page.what_mean)}</li>
                <li>{text!(language, class_page.what_smallest)}</li>
                <li>{text!(language, class_page.what_interval)}</li>
                <li>{text!(language, class_page.what_tie)}</li>
                <li>{text!(language, class_page.what_flag)}</li>
                <li>{text!(language, class_page.what_hidden)}</li>
                <li>{text!(language, class_page.not_offences)}</li>
            </ul>
        </details>
    }
}
