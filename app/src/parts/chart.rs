use crate::{
    Comparison, IndicatorRow, Language,
    figures::{cell_words, range, reason_words},
    language::text,
};
use analysis::{Cell, Tenths};
use leptos::prelude::*;

/// Where the scale begins and how long it is, in units of the drawing.
const LEFT: u32 = 14;
const LENGTH: u32 = 400;
const WIDTH: u32 = LEFT + LENGTH + 18;
const TOP: u32 = 6;
const LANE: u32 = 24;

/// Whose number a lane shows: told apart by shape and pattern, not by colour alone.
#[derive(Clone, Copy)]
enum Who {
    Own,
    School,
    Previous,
}

/// One indicator as a drawing with its words beside it.
pub(crate) fn chart(language: Language, wave: usize, row: &IndicatorRow) -> impl IntoView + use<> {
    let lanes: Vec<(Who, Cell)> = [
        Some((Who::Own, row.own)),
        row.school.map(|cell| (Who::School, cell)),
        row.previous.map(|cell| (Who::Previous, cell)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let legend = lanes.iter().map(|(who, cell)| legend_line(language, *who, *cell)).collect_view();
    let said = [row.school, row.previous].into_iter().zip([Who::School, Who::Previous]);
    let said = said
        .filter_map(|(other, who)| other.map(|other| comparison(language, row.own, other, who)))
        .collect_view();
    view! {
        <figure class="chart">
            <figcaption>{row.label.clone()}</figcaption>
            {drawing(language, &format!("chart-{wave}-{}", row.id), &row.label, &lanes)}
            <ul class="legend">{legend}</ul>
            <ul class="said">{said}</ul>
        </figure>
    }
}

fn drawing(
    language: Language,
    id: &str,
    label: &str,
    lanes: &[(Who, Cell)],
) -> impl IntoView + use<> {
    let bottom = TOP + LANE * lanes.len() as u32;
    let title = text!(language, class_page.chart_title, label = label);
    let description: Vec<String> =
        lanes.iter().map(|(who, cell)| lane_words(language, *who, *cell)).collect();
    let (title_id, text_id, pattern) =
        (format!("{id}-title"), format!("{id}-text"), format!("{id}-lines"));
    let (labelled_by, described_by) = (title_id.clone(), text_id.clone());
    let marks: Vec<AnyView> = lanes
        .iter()
        .enumerate()
        .map(|(lane, (who, cell))| {
            lane_marks(language, TOP + LANE * lane as u32 + LANE / 2, *who, *cell, &pattern)
        })
        .collect();
    view! {
        <svg
            role="img"
            viewBox=format!("0 0 {WIDTH} {}", bottom + 18)
            aria-labelledby=labelled_by
            aria-describedby=described_by
        >
            <title id=title_id>{title}</title>
            <desc id=text_id>{description.join(" ")}</desc>
            <defs>
                <pattern
                    id=pattern
                    width="6"
                    height="6"
                    patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)"
                >
                    <rect class="lines-ground" width="6" height="6" />
                    <line class="lines" x1="0" y1="0" x2="0" y2="6" stroke-width="4" />
                </pattern>
            </defs>
            {axis(bottom)}
            {marks}
        </svg>
    }
}

fn axis(bottom: u32) -> impl IntoView {
    let ticks = [0_u32, 20, 40, 60, 80, 100].map(|percent| {
        let x = LEFT + LENGTH * percent / 100;
        view! {
            <line class="tick" x1=x x2=x y1=TOP y2=bottom />
            <text class="tick-text" x=x y=bottom + 13 text-anchor="middle">
                {percent}
            </text>
        }
    });
    view! { {ticks.collect_view()} }
}

fn lane_marks(language: Language, y: u32, who: Who, cell: Cell, pattern: &str) -> AnyView {
    let Cell::Band { low, high, interval: [from, to] } = cell else {
        let words = format!("✕ {}", text!(language, class_page.hidden));
        return view! { <text class="hidden-mark" x=LEFT + 4 y=y + 4>{words}</text> }.into_any();
    };
    let (x, width) = (position(low), position(high) - position(low));
    let (from, to) = (position(from), position(to));
    let (fill, round) = match who {
        Who::Own => (None, 0),
        Who::School => (Some(format!("url(#{pattern})")), 4),
        Who::Previous => (Some("none".to_owned()), 0),
    };
    let ends = [from, to].map(|x| view! { <line x1=x x2=x y1=y - 4 y2=y + 4 /> });
    view! {
        <rect class=who.class() x=x y=y - 7 width=width.max(1.0) height="14" rx=round fill=fill />
        <g class="interval">
            <line x1=from x2=to y1=y y2=y />
            {ends.collect_view()}
        </g>
    }
    .into_any()
}

fn legend_line(language: Language, who: Who, cell: Cell) -> impl IntoView {
    view! {
        <li>
            <span class=format!("key {}", who.class()) aria-hidden="true"></span>
            <span class="who">{who.words(language)}</span>
            " "
            <strong>{cell_words(language, cell)}</strong>
        </li>
    }
}

fn comparison(language: Language, own: Cell, other: Cell, who: Who) -> impl IntoView + use<> {
    let heading = match who {
        Who::Previous => text!(language, class_page.change),
        Who::Own | Who::School => text!(language, class_page.compared),
    };
    let words = Comparison::of(own, other).words(language);
    view! { <li>{format!("{heading}: {words}")}</li> }
}

fn lane_words(language: Language, who: Who, cell: Cell) -> String {
    let name = who.words(language);
    match cell {
        Cell::Band { low, high, interval: [from, to] } => text!(
            language,
            class_page.chart_band,
            who = name,
            band = range(language, low, high),
            interval = range(language, from, to)
        ),
        Cell::Hidden { reason } => text!(
            language,
            class_page.chart_hidden,
            who = name,
            reason = reason_words(language, reason)
        ),
    }
}

fn position(value: Tenths) -> f64 {
    f64::from(LEFT) + f64::from(LENGTH) * f64::from(value.0) / 1000.0
}

impl Who {
    fn class(self) -> &'static str {
        match self {
            Self::Own => "band-own",
            Self::School => "band-school",
            Self::Previous => "band-previous",
        }
    }

    fn words(self, language: Language) -> &'static str {
        match self {
            Self::Own => text!(language, class_page.own),
            Self::School => text!(language, class_page.school),
            Self::Previous => text!(language, class_page.previous),
        }
    }
}
