use super::drawing::{Lane, Who, drawing};
use crate::{
    Figure, IndicatorRow, Language, UnitResults,
    figures::{around_words, cell_words, edge_words, group_words, level_words, outcome_words},
    language::text,
    results::{Beside, GroupName, Mark, mark, marked, nation},
};
use analysis::{Cell, Kind, Level, Outcome};
use leptos::prelude::*;

/// One indicator as drawings with their words beside them.
pub(crate) fn chart(
    language: Language,
    results: &UnitResults,
    row: &IndicatorRow,
) -> impl IntoView + use<> {
    let conditional = (row.kind == Kind::ConditionalShare)
        .then(|| view! { <p class="quiet">{text!(language, unit_results.conditional)}</p> });
    let figures = row.figures.iter().map(|one| figure(language, results, row, one)).collect_view();
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
    results: &UnitResults,
    row: &IndicatorRow,
    one: &Figure,
) -> impl IntoView + use<> {
    let lanes = lanes(language, results, one);
    let legend = lanes.iter().map(|lane| legend_line(language, row.kind, lane)).collect_view();
    let edge = edge_words(language, row.kind, one.smallest());
    let edge = edge.map(|words| view! { <li>{words}</li> });
    let said = said(language, results, one).into_iter().map(said_line).collect_view();
    let id = format!("chart-{}-{}-{}", results.wave.id, results.own.level.code(), one.id);
    view! {
        {one.part.clone().map(|part| view! { <p class="part">{part}</p> })}
        {drawing(language, &id, &row.label_of(one), row.kind, &lanes)}
        <ul class="legend">{legend}</ul>
        <ul class="said">{edge} {said}</ul>
    }
}

/// The number, and those that stand beside it.
pub(crate) fn lanes(language: Language, results: &UnitResults, one: &Figure) -> Vec<Lane> {
    let of = |group: &GroupName| mark(&results.wave.id, group, &one.id);
    let lane = |who, name: &str, cell, mark: Mark| Lane { who, name: name.to_owned(), cell, mark };
    let own = level_words(language, results.own.level);
    let mut lanes = vec![lane(Who::Own, own, one.own, of(&results.own))];
    if let Some((group, cell)) = &one.instead {
        lanes.push(lane(Who::Instead, &group_words(language, group), *cell, of(group)));
    }
    if let (Some(group), Some(around)) = (&results.around, one.around) {
        lanes.push(lane(Who::Around, level_words(language, group.level), around.cell, of(group)));
    }
    if let Some(other) = one.nation {
        let name = level_words(language, Level::Nation);
        lanes.push(lane(Who::Nation, name, other.cell, of(&nation())));
    }
    if let Some(previous) = one.previous.filter(Beside::drawn) {
        let shown = one.instead.as_ref().map_or(&results.own, |(group, _)| group);
        let name = text!(language, unit_results.previous);
        lanes.push(lane(Who::Previous, name, previous.cell, of(shown).before(results)));
    }
    lanes
}

/// What may be said of the smallest group against each number beside it, and whether the
/// difference is hardly chance; from what it does not clearly differ in one line.
pub(crate) fn said(language: Language, results: &UnitResults, one: &Figure) -> Vec<(String, bool)> {
    let around = results.around.as_ref().map_or(Level::School, |group| group.level);
    let level = |level| (around_words(language, level), level_words(language, level));
    let change = (text!(language, unit_results.change), text!(language, unit_results.previous));
    let beside =
        [(level(around), one.around), (level(Level::Nation), one.nation), (change, one.previous)];
    let beside = beside.into_iter();
    let beside = beside.filter_map(|((heading, name), other)| Some((heading, name, other?)));
    let (ties, others): (Vec<_>, Vec<_>) =
        beside.partition(|(_, _, other)| other.outcome == Outcome::NotClearlyDifferent);
    let others = others.into_iter().filter(|(_, _, other)| other.outcome != Outcome::NotShown);
    let others = others.map(|(heading, _, other)| {
        (format!("{heading}: {}", outcome_words(language, other.outcome)), other.flagged)
    });
    let mut said: Vec<_> = others.collect();
    let names: Vec<String> = ties.iter().map(|(_, name, _)| name.to_lowercase()).collect();
    if !names.is_empty() {
        said.push((text!(language, unit_results.ties, others = names.join(", ")), false));
    }
    said
}

fn said_line((words, flagged): (String, bool)) -> AnyView {
    match flagged {
        true => view! { <li><strong>{words}</strong></li> }.into_any(),
        false => view! { <li>{words}</li> }.into_any(),
    }
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
        Cell::Band { .. } => view! { <strong>{marked(&lane.mark, words)}</strong> }.into_any(),
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
