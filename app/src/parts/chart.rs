use super::drawing::{Lane, Who, drawing};
use crate::{
    Beside, Figure, IndicatorRow, Language,
    figures::{cell_words, few_or_none, group_words, outcome_words},
    language::text,
};
use analysis::{Kind, Outcome};
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

/// What may be said of the smallest group against each number beside it.
fn said(language: Language, one: &Figure) -> impl IntoView + use<> {
    let beside = [
        (text!(language, class_page.compared), one.school),
        (text!(language, class_page.compared_nation), one.nation),
        (text!(language, class_page.change), one.previous),
    ];
    let lines = beside.into_iter().filter_map(|(heading, other)| {
        let other = other.filter(|other| other.outcome != Outcome::NotShown)?;
        let words = outcome_words(language, other.outcome);
        let words = if other.flagged {
            view! { <strong>{words}</strong> }.into_any()
        } else {
            words.into_any()
        };
        Some(view! { <li>{heading} ": " {words}</li> })
    });
    lines.collect_view()
}

fn legend_line(language: Language, kind: Kind, lane: &Lane) -> impl IntoView + use<> {
    let shape = if lane.who == Who::Instead { " round" } else { "" };
    view! {
        <li>
            <span class=format!("key {}{shape}", lane.who.class()) aria-hidden="true"></span>
            <span class="who">{lane.name.clone()}</span>
            " "
            <strong>{cell_words(language, kind, lane.cell)}</strong>
        </li>
    }
}

impl Beside {
    /// Whether its band belongs beside the others: that of a question that changed does not.
    pub(crate) fn drawn(&self) -> bool {
        self.outcome != Outcome::NotComparable
    }
}
