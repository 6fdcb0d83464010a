//! The results of one wave, in the order in which a tired person reads them.

use super::{
    ResultSection, UnitResults,
    findings::{next_steps, sentences},
    lead_charts, numbers,
    outline::lead_table,
    unshown::unshown,
};
use crate::{
    Language,
    figures::{cell_words, edge_short, group_words, respondents_words},
    language::text,
    parts::table::{Table, table_view},
    results::{mark, marks::marked},
};
use analysis::{Cell, Level};
use leptos::prelude::*;

/// What a page puts into the results of a wave.
#[derive(Default)]
pub(crate) struct How {
    /// After the next steps.
    pub(crate) after_steps: Option<AnyView>,
    /// Before the sections.
    pub(crate) more: Option<AnyView>,
    /// A wave that is over and only looked up.
    pub(crate) folded: bool,
}

pub(crate) fn wave_results(
    language: Language,
    results: &UnitResults,
    how: How,
) -> impl IntoView + use<> {
    // What to do is advice to a class and a school; above, it is which schools to support.
    let steps = (results.own.level <= Level::School).then(|| next_steps(language, results));
    let content = if results.rows.is_empty() {
        let none = text!(language, unit_results.no_rows);
        view! {
            {sentences(language, results)}
            <p class="notice">{none}</p>
            {how.after_steps}
            {how.more}
        }
        .into_any()
    } else {
        view! {
            {sentences(language, results)}
            {lead_charts(language, results)}
            {steps}
            {how.after_steps}
            {how.more}
            {sections(language, results)}
        }
        .into_any()
    };
    let about = view! {
        <p class="quiet">
            {results.definition.clone()}
            " · "
            {respondents_words(language, results.own.level, results.own.respondents)}
            {results.pilot.then(|| format!(" · {}", text!(language, waves.pilot)))}
        </p>
        {content}
        {unshown(language, results)}
    };
    let (name, days) = (results.wave.name.clone(), results.wave.days.clone());
    if how.folded {
        view! {
            <details class="wave screen-only">
                <summary>
                    <h3>{name}</h3>
                    <span class="quiet">{days}</span>
                </summary>
                {about}
            </details>
        }
        .into_any()
    } else {
        view! {
            <section class="wave">
                <h3>{name} " " <span class="quiet">{days}</span></h3>
                {about}
            </section>
        }
        .into_any()
    }
}

fn sections(language: Language, results: &UnitResults) -> impl IntoView + use<> {
    let sections = results.sections.iter().filter_map(|one| section(language, results, one));
    let sections: Vec<_> = sections.collect();
    view! {
        <h4>{text!(language, unit_results.everything)}</h4>
        {in_print(language, results)}
        {sections}
    }
}

/// Folded sections are not printed: of a class a list stands for them, which with the rest fills
/// two sheets of paper; of a unit above, which has many tables, where to find them.
fn in_print(language: Language, results: &UnitResults) -> AnyView {
    if results.own.level != Level::Class {
        let words = text!(language, unit_results.folded_in_print);
        return view! { <p class="quiet print-only">{words}</p> }.into_any();
    }
    let shown = |section: &&ResultSection| {
        section.indicators.iter().any(|indicator| results.row(indicator).is_some())
    };
    let lists = results.sections.iter().filter(shown).map(|section| {
        view! {
            <h5>{section.title.clone()}</h5>
            {list(language, results, section)}
        }
    });
    view! { <div class="print-only in-print">{lists.collect_view()}</div> }.into_any()
}

/// Nothing where none of its indicators is shown.
fn section(
    language: Language,
    results: &UnitResults,
    section: &ResultSection,
) -> Option<impl IntoView + use<>> {
    let table = section_table(language, results, section)?;
    let title = table.title.clone();
    let content = if section.as_list {
        view! {
            {list(language, results, section)}
            <details class="screen-only">
                <summary>{text!(language, unit_results.as_table)}</summary>
                {table_view(&table)}
            </details>
        }
        .into_any()
    } else {
        table_view(&table).into_any()
    };
    Some(view! {
        <details class="section" open=section.unfolded>
            <summary>{title}</summary>
            {content}
        </details>
    })
}

fn section_table(
    language: Language,
    results: &UnitResults,
    section: &ResultSection,
) -> Option<Table> {
    let all = text!(language, unit_results.everything);
    let title = section.title.clone().unwrap_or_else(|| all.to_owned());
    let rows = section.indicators.iter().filter_map(|indicator| results.row(indicator));
    let table = numbers(language, results, title, rows);
    (!table.rows.is_empty()).then_some(table)
}

/// Places and the like: names with their numbers, in the order of the definition.
fn list(
    language: Language,
    results: &UnitResults,
    section: &ResultSection,
) -> impl IntoView + use<> {
    let rows = section.indicators.iter().filter_map(|indicator| results.row(indicator));
    let figures = rows.flat_map(|row| row.figures.iter().map(move |one| (row, one)));
    let lines = figures.map(|(row, one)| {
        let words = cell_words(language, row.kind, one.smallest());
        let group = one.instead.as_ref().map_or(&results.own, |(group, _)| group);
        let number = match one.smallest() {
            Cell::Band { .. } => marked(&mark(&results.wave.id, group, &one.id), words).into_any(),
            Cell::Hidden { .. } => words.into_any(),
        };
        let instead = one.instead.as_ref().map(|(group, _)| group_words(language, group));
        let edge = edge_short(language, row.kind, one.smallest()).map(str::to_owned);
        let beside = edge.into_iter().chain(instead);
        let beside = beside.map(|words| view! { <span class="quiet">" " {words}</span> });
        let beside = beside.collect_view();
        view! {
            <dt>{row.label_of(one)}</dt>
            <dd>{number} {beside}</dd>
        }
    });
    view! { <dl class="facts">{lines.collect_view()}</dl> }
}

/// The tables of a wave, as a file has them.
pub(crate) fn tables_of(language: Language, results: &UnitResults) -> Vec<Table> {
    let lead = lead_table(language, results);
    let lead = (!lead.rows.is_empty()).then_some(lead);
    lead.into_iter().chain(section_tables(language, results)).collect()
}

/// Every number once, by theme.
pub(crate) fn section_tables(language: Language, results: &UnitResults) -> Vec<Table> {
    let sections = results.sections.iter();
    sections.filter_map(|section| section_table(language, results, section)).collect()
}

/// How the numbers are to be read.
pub(crate) fn reading_notes(language: Language) -> [&'static str; 9] {
    [
        text!(language, unit_results.what_band),
        text!(language, unit_results.what_mean),
        text!(language, unit_results.what_edge),
        text!(language, unit_results.what_smallest),
        text!(language, unit_results.what_interval),
        text!(language, unit_results.what_tie),
        text!(language, unit_results.what_flag),
        text!(language, unit_results.what_hidden),
        text!(language, unit_results.not_offences),
    ]
}

pub(crate) fn how_to_read(language: Language) -> impl IntoView {
    let lines = reading_notes(language);
    view! {
        <details class="card how screen-only">
            <summary>{text!(language, unit_results.how_to_read)}</summary>
            <ul>{lines.map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        </details>
    }
}
