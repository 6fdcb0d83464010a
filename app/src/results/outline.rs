//! The few indicators that a page shows first, drawn, with the same numbers as a table.

use super::{UnitResults, numbers};
use crate::{
    Language,
    language::text,
    parts::{chart::chart, table::Table, table::table_view},
};
use leptos::prelude::*;

/// Nothing of a definition that says no indicators to show first.
pub(crate) fn lead_charts(
    language: Language,
    results: &UnitResults,
) -> Option<impl IntoView + use<>> {
    let charts = results.leading().map(|row| view! { <li>{chart(language, results, row)}</li> });
    let charts: Vec<_> = charts.collect();
    (!charts.is_empty()).then(|| {
        view! {
            <h4>{text!(language, unit_results.lead)}</h4>
            <ol class="charts">{charts}</ol>
            <details class="screen-only">
                <summary>{text!(language, unit_results.as_table)}</summary>
                {table_view(&lead_table(language, results))}
            </details>
        }
    })
}

pub(super) fn lead_table(language: Language, results: &UnitResults) -> Table {
    let title = text!(language, unit_results.lead).to_owned();
    numbers(language, results, title, results.leading())
}
