use crate::{
    ClassResults, Comparison, IndicatorRow, Language,
    figures::{cell_words, range},
    language::text,
};
use analysis::Cell;
use leptos::prelude::*;

/// The table twin of a wave's charts: the same cells, in words.
pub(crate) fn numbers_table(language: Language, wave: &ClassResults) -> impl IntoView + use<> {
    let school = wave.rows.iter().any(|row| row.school.is_some());
    let previous = wave.rows.iter().any(|row| row.previous.is_some());
    let mut heads = vec![
        text!(language, class_page.indicator),
        text!(language, class_page.own),
        text!(language, class_page.interval),
    ];
    if school {
        heads.push(text!(language, class_page.school));
        heads.push(text!(language, class_page.compared));
    }
    if previous {
        heads.push(text!(language, class_page.previous));
        heads.push(text!(language, class_page.change));
    }
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let rows = wave.rows.iter().map(|row| table_row(language, row, school, previous));
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
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

fn table_row(
    language: Language,
    row: &IndicatorRow,
    school: bool,
    previous: bool,
) -> impl IntoView + use<> {
    let mut texts = vec![cell_words(language, row.own), interval_words(language, row.own)];
    for other in [(school, row.school), (previous, row.previous)] {
        if let (true, other) = other {
            texts.push(other.map_or_else(nothing, |other| cell_words(language, other)));
            texts.push(other.map_or_else(nothing, |other| {
                Comparison::of(row.own, other).words(language).to_owned()
            }));
        }
    }
    view! {
        <tr>
            <th scope="row">{row.label.clone()}</th>
            {texts.into_iter().map(|text| view! { <td>{text}</td> }).collect_view()}
        </tr>
    }
}

fn interval_words(language: Language, cell: Cell) -> String {
    match cell {
        Cell::Band { interval: [from, to], .. } => range(language, from, to),
        Cell::Hidden { .. } => nothing(),
    }
}

fn nothing() -> String {
    "—".to_owned()
}
