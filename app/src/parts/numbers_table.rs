use crate::{
    Beside, ClassResults, Figure, IndicatorRow, Language,
    figures::{cell_words, group_words, outcome_words, range},
    language::text,
};
use analysis::{Cell, Kind};
use leptos::prelude::*;

/// Which columns a wave needs.
#[derive(Clone, Copy)]
struct Columns {
    instead: bool,
    /// School, nation, previous wave.
    beside: [bool; 3],
}

/// The table twin of a wave's charts: the same cells, in words.
pub(crate) fn numbers_table(language: Language, wave: &ClassResults) -> impl IntoView + use<> {
    let figures = || wave.rows.iter().flat_map(|row| &row.figures);
    let columns = Columns {
        instead: figures().any(|one| one.instead.is_some()),
        beside: [0, 1, 2].map(|at| figures().any(|one| one.beside()[at].is_some())),
    };
    let heads = heads(language, columns);
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let rows = wave.rows.iter().flat_map(|row| row.figures.iter().map(move |one| (row, one)));
    let rows = rows.map(|(row, one)| table_row(language, row, one, columns)).collect_view();
    let caption = text!(language, class_page.table_caption, wave = wave.wave_name.as_str());
    let label = caption.clone();
    // Nothing in it takes the focus, and without a pointer only what has the focus can be scrolled.
    view! {
        <div class="scroll" role="region" aria-label=label tabindex="0">
            <table class="numbers">
                <caption>{caption}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn heads(language: Language, columns: Columns) -> Vec<&'static str> {
    let mut heads = vec![text!(language, class_page.indicator), text!(language, class_page.own)];
    if columns.instead {
        heads.push(text!(language, class_page.instead));
    }
    heads.push(text!(language, class_page.interval));
    let beside = [
        [text!(language, class_page.school), text!(language, class_page.compared)],
        [text!(language, class_page.nation), text!(language, class_page.compared_nation)],
        [text!(language, class_page.previous), text!(language, class_page.change)],
    ];
    let beside = beside.into_iter().zip(columns.beside).filter(|(_, there)| *there);
    heads.extend(beside.flat_map(|(heads, _)| heads));
    heads
}

fn table_row(
    language: Language,
    row: &IndicatorRow,
    one: &Figure,
    columns: Columns,
) -> impl IntoView + use<> {
    let label = match &one.part {
        Some(part) => format!("{}: {part}", row.label),
        None => row.label.clone(),
    };
    let mut texts = vec![cell_words(language, row.kind, one.own)];
    if columns.instead {
        texts.push(one.instead.as_ref().map_or_else(nothing, |(group, cell)| {
            format!("{}: {}", group_words(language, group), cell_words(language, row.kind, *cell))
        }));
    }
    let first = one.instead.as_ref().map_or(one.own, |(_, cell)| *cell);
    texts.push(interval_words(language, row.kind, first));
    for (there, other) in columns.beside.into_iter().zip(one.beside()) {
        if there {
            let number = |other: Beside| cell_words(language, row.kind, other.cell);
            texts.push(other.filter(Beside::drawn).map_or_else(nothing, number));
            let outcome = |other: Beside| outcome_words(language, other.outcome).to_owned();
            texts.push(other.map_or_else(nothing, outcome));
        }
    }
    view! {
        <tr>
            <th scope="row">{label}</th>
            {texts.into_iter().map(|text| view! { <td>{text}</td> }).collect_view()}
        </tr>
    }
}

fn interval_words(language: Language, kind: Kind, cell: Cell) -> String {
    match cell {
        Cell::Band { interval: [from, to], .. } => range(language, kind, from, to),
        Cell::Hidden { .. } => nothing(),
    }
}

fn nothing() -> String {
    "—".to_owned()
}

impl Figure {
    fn beside(&self) -> [Option<Beside>; 3] {
        [self.school, self.nation, self.previous]
    }
}
