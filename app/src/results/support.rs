//! Which schools of a district may need support: by names, with reasons, never by rank.

use super::{GroupName, UnitResults, mark, marks::marked};
use crate::{
    Language,
    figures::{outcome_words, range},
    language::text,
};
use analysis::{Cell, Kind, Outcome};
use leptos::prelude::*;

/// A school with the differences that speak for support.
#[derive(Debug, Clone)]
pub struct Support {
    pub school: String,
    pub group: GroupName,
    pub reasons: Vec<SupportReason>,
}

/// An indicator that is worse than in the rest of the district, hardly by chance.
#[derive(Debug, Clone)]
pub struct SupportReason {
    /// The id of the cell.
    pub id: String,
    pub label: String,
    pub kind: Kind,
    pub cell: Cell,
    pub outcome: Outcome,
}

/// The schools in the order of their names; words where there is none.
pub(crate) fn support(
    language: Language,
    results: &UnitResults,
    schools: &[Support],
) -> impl IntoView + use<> {
    let content = if schools.is_empty() {
        view! { <p>{text!(language, unit_pages.support_none)}</p> }.into_any()
    } else {
        let lines = schools.iter().map(|school| line(language, results, school)).collect_view();
        view! { <dl class="support">{lines}</dl> }.into_any()
    };
    view! {
        <h4>{text!(language, unit_pages.support)}</h4>
        <p class="quiet">{text!(language, unit_pages.support_what)}</p>
        {content}
    }
}

fn line(language: Language, results: &UnitResults, school: &Support) -> impl IntoView + use<> {
    let reasons = school.reasons.iter().map(|reason| {
        let band = match reason.cell {
            Cell::Band { low, high, .. } => {
                let mark = mark(&results.wave.id, &school.group, &reason.id);
                marked(&mark, range(language, reason.kind, low, high)).into_any()
            }
            Cell::Hidden { .. } => ().into_any(),
        };
        let outcome = outcome_words(language, reason.outcome);
        view! {
            <dd>
                {reason.label.clone()} ": " {band} ", "
                {text!(language, unit_pages.than_the_rest, outcome = outcome)}
            </dd>
        }
    });
    view! {
        <dt>{school.school.clone()}</dt>
        {reasons.collect_view()}
    }
}
