//! Bands and intervals of one number, of the unit and of what stands beside it, drawn below
//! each other.

use crate::{
    Language,
    figures::{range, reason_words},
    language::text,
    results::Mark,
};
use analysis::{Cell, Kind, Tenths};
use leptos::prelude::*;

/// Where the scale begins and how long it is, in units of the drawing.
const LEFT: u32 = 14;
const LENGTH: u32 = 400;
const WIDTH: u32 = LEFT + LENGTH + 18;
const TOP: u32 = 6;
const LANE: u32 = 24;

/// Whose number a lane shows: told apart by shape and pattern, not by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    Own,
    Instead,
    Around,
    Nation,
    Previous,
}

/// One line of a drawing.
pub(crate) struct Lane {
    pub(crate) who: Who,
    pub(crate) name: String,
    pub(crate) cell: Cell,
    pub(crate) mark: Mark,
}

/// `id` is unique on the page.
pub(crate) fn drawing(
    language: Language,
    id: &str,
    label: &str,
    kind: Kind,
    lanes: &[Lane],
) -> impl IntoView + use<> {
    let bottom = TOP + LANE * lanes.len() as u32;
    let title = match kind {
        Kind::Mean => text!(language, unit_results.chart_title_mean, label = label),
        _ => text!(language, unit_results.chart_title, label = label),
    };
    let description: Vec<String> =
        lanes.iter().map(|lane| lane_words(language, kind, lane)).collect();
    let (title_id, text_id, pattern) =
        (format!("{id}-title"), format!("{id}-text"), format!("{id}-lines"));
    let (labelled_by, described_by) = (title_id.clone(), text_id.clone());
    let middles = (0..).map(|lane| TOP + LANE * lane + LANE / 2);
    let marks: Vec<AnyView> =
        lanes.iter().zip(middles).map(|(lane, y)| marks(language, y, lane, &pattern)).collect();
    let striped = lanes.iter().any(|lane| lane.who == Who::Around);
    view! {
        <svg
            role="img"
            viewBox=format!("0 0 {WIDTH} {}", bottom + 18)
            aria-labelledby=labelled_by
            aria-describedby=described_by
        >
            <title id=title_id>{title}</title>
            <desc id=text_id>{description.join(" ")}</desc>
            {striped.then(|| stripes(pattern))}
            {axis(bottom)}
            {marks}
        </svg>
    }
}

fn stripes(id: String) -> impl IntoView {
    view! {
        <defs>
            <pattern
                id=id
                width="6"
                height="6"
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)"
            >
                <rect class="lines-ground" width="6" height="6" />
                <line class="lines" x1="0" y1="0" x2="0" y2="6" stroke-width="4" />
            </pattern>
        </defs>
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

fn marks(language: Language, y: u32, lane: &Lane, pattern: &str) -> AnyView {
    let Cell::Band { low, high, interval: [from, to] } = lane.cell else {
        let words = format!("✕ {}", text!(language, unit_results.hidden));
        return view! { <text class="hidden-mark" x=LEFT + 4 y=y + 4>{words}</text> }.into_any();
    };
    let (x, width) = (position(low), position(high) - position(low));
    let (from, to) = (position(from), position(to));
    let (fill, round) = match lane.who {
        Who::Own | Who::Nation => (None, 0),
        Who::Instead => (None, 7),
        Who::Around => (Some(format!("url(#{pattern})")), 4),
        Who::Previous => (Some("none".to_owned()), 0),
    };
    let high = if lane.who == Who::Nation { 6 } else { 14 };
    let ends = [from, to].map(|x| view! { <line x1=x x2=x y1=y - 4 y2=y + 4 /> });
    view! {
        <rect
            class=lane.who.class()
            x=x
            y=y - high / 2
            width=width.max(2.0)
            height=high
            rx=round
            fill=fill
        />
        <g class="interval">
            <line x1=from x2=to y1=y y2=y />
            {ends.collect_view()}
        </g>
    }
    .into_any()
}

pub(crate) fn lane_words(language: Language, kind: Kind, lane: &Lane) -> String {
    let name = lane.name.as_str();
    match lane.cell {
        Cell::Band { low, high, interval: [from, to] } => text!(
            language,
            unit_results.chart_band,
            who = name,
            band = range(language, kind, low, high),
            interval = range(language, kind, from, to)
        ),
        Cell::Hidden { reason } => text!(
            language,
            unit_results.chart_hidden,
            who = name,
            reason = reason_words(language, reason)
        ),
    }
}

fn position(value: Tenths) -> f64 {
    f64::from(LEFT) + f64::from(LENGTH) * f64::from(value.0) / 1000.0
}

impl Who {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Own | Self::Instead => "band-own",
            Self::Around => "band-school",
            Self::Nation => "band-nation",
            Self::Previous => "band-previous",
        }
    }
}
