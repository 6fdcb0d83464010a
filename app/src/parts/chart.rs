use super::drawing::{Lane, Who, drawing};
use crate::{
    Beside, Figure, IndicatorRow, Language,
    figures::{cell_words, few_or_none, group_words, outcome_words},
    language::text,
};
use analysis::{Cell, Kind, Outcome};
use leptos::prelude::*;

/// One indicator as drawings with their words beside them.
pub(crate) fn chart(language: Language, wave: usize, row: &IndicatorRow) -> impl IntoView + use<> {
    let conditional = (row.kind == Kind::ConditionalShare)
        .then(|| view! { <p class="quiet">{text!(language, class_page.conditional)}</p> });
    let figures = row.figures.iter().map(|one| figure(language, wave, row, one)).collect_view();
    view! {
        <figure class="chart">
            <figcaption>{row.label.clone()}</figcaption>
            {conditional}
            {figures}
        </figure>
    }
}

fn figure(
    language: Language,
    wave: usize,
    row: &IndicatorRow,
    one: &Figure,
) -> impl IntoView + use<> {
    let lanes = lanes(language, one);
    let legend = lanes.iter().map(|lane| legend_line(language, row.kind, lane)).collect_view();
    let label = match &one.part {
        Some(part) => format!("{}: {part}", row.label),
        None => row.label.clone(),
    };
    let first = one.instead.as_ref().map_or(one.own, |(_, cell)| *cell);
    let few = few_or_none(row.kind, first)
        .then(|| view! { <li>{text!(language, class_page.few_or_none)}</li> });
    view! {
        {one.part.clone().map(|part| view! { <p class="part">{part}</p> })}
        {drawing(language, &format!("chart-{wave}-{}", one.id), &label, row.kind, &lanes)}
        <ul class="legend">{legend}</ul>
        <ul class="said">{few} {said(language, one)}</ul>
    }
}

fn lanes(language: Language, one: &Figure) -> Vec<Lane> {
    let lane = |who, name: &str, cell| Lane { who, name: name.to_owned(), cell };
    let mut lanes = vec![lane(Who::Own, text!(language, class_page.own), one.own)];
    if let Some((group, cell)) = &one.instead {
        lanes.push(lane(Who::Instead, &group_words(language, group), *cell));
    }
    let beside = [
        (Who::School, text!(language, class_page.school), one.school),
        (Who::Nation, text!(language, class_page.nation), one.nation),
        (Who::Previous, text!(language, class_page.previous), one.previous.filter(Beside::drawn)),
    ];
    let beside = beside.into_iter();
    lanes.extend(beside.filter_map(|(who, name, other)| Some(lane(who, name, other?.cell))));
    lanes
}

/// What may be said of the smallest group against each number beside it; from what it does not
/// clearly differ in one line.
fn said(language: Language, one: &Figure) -> impl IntoView + use<> {
    let beside = [
        (text!(language, class_page.compared), text!(language, class_page.school), one.school),
        (
            text!(language, class_page.compared_nation),
            text!(language, class_page.nation),
            one.nation,
        ),
        (text!(language, class_page.change), text!(language, class_page.previous), one.previous),
    ];
    let beside = beside.into_iter();
    let beside = beside.filter_map(|(heading, name, other)| Some((heading, name, other?)));
    let (ties, others): (Vec<_>, Vec<_>) =
        beside.partition(|(_, _, other)| other.outcome == Outcome::NotClearlyDifferent);
    let others = others.into_iter().filter(|(_, _, other)| other.outcome != Outcome::NotShown);
    let others = others.map(|(heading, _, other)| {
        let words = outcome_words(language, other.outcome);
        let words = if other.flagged {
            view! { <strong>{words}</strong> }.into_any()
        } else {
            words.into_any()
        };
        view! { <li>{heading} ": " {words}</li> }
    });
    let others = others.collect_view();
    let names: Vec<String> = ties.iter().map(|(_, name, _)| name.to_lowercase()).collect();
    let ties = (!names.is_empty()).then(|| {
        let names = names.join(", ");
        view! { <li>{text!(language, class_page.ties, others = names)}</li> }
    });
    view! { {others} {ties} }
}

fn legend_line(language: Language, kind: Kind, lane: &Lane) -> impl IntoView + use<> {
    // Nothing is drawn of what is hidden.
    let key = match (lane.cell, lane.who) {
        (Cell::Hidden { .. }, _) => "key".to_owned(),
        (_, Who::Instead) => format!("key round {}", lane.who.class()),
        (_, who) => format!("key {}", who.class()),
    };
    let words = cell_words(language, kind, lane.cell);
    let words = match lane.cell {
        Cell::Band { .. } => view! { <strong>{words}</strong> }.into_any(),
        Cell::Hidden { .. } => view! { <span class="quiet">{words}</span> }.into_any(),
    };
    view! {
        <li>
            <span class=key aria-hidden="true"></span>
            <span class="who">{lane.name.clone()}</span>
            " "
            {words}
        </li>
    }
}

impl Beside {
    /// Whether its band belongs beside the others: that of a question that changed does not.
    pub(crate) fn drawn(&self) -> bool {
        self.outcome != Outcome::NotComparable
    }
}
