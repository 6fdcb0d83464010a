use crate::{
    Figure, IndicatorRow, Language, UnitResults,
    figures::{cell_words, edge_words, range},
    language::text,
    parts::{
        chart::{lanes, said},
        drawing::{Lane, Who, lane_words},
    },
};
use analysis::{Cell, Kind, Tenths};
use serde::Serialize;

/// One number drawn beside others.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Chart {
    label: String,
    /// Everything that is drawn, in words.
    alt: String,
    note: &'static str,
    lanes: Vec<DrawnLane>,
    /// What may be said of the differences; bold is what is hardly chance.
    said: Vec<Said>,
}

#[derive(Debug, Clone, Serialize)]
struct DrawnLane {
    /// `own`, `instead`, `around`, `nation` or `previous`.
    who: &'static str,
    name: String,
    band: String,
    interval: String,
    /// In percent of the scale: both ends of the band, then of its interval; `None` when hidden.
    drawn: Option<[f64; 4]>,
    /// Nobody and few, or all and nearly all, are in one band.
    edge: bool,
}

#[derive(Debug, Clone, Serialize)]
struct Said {
    words: String,
    bold: bool,
}

pub(super) fn charts(language: Language, results: &UnitResults) -> Vec<Chart> {
    let figures = results.leading().flat_map(|row| row.figures.iter().map(move |one| (row, one)));
    figures.map(|(row, one)| chart(language, results, row, one)).collect()
}

fn chart(language: Language, results: &UnitResults, row: &IndicatorRow, one: &Figure) -> Chart {
    let lanes = lanes(language, results, one);
    let alt: Vec<String> = lanes.iter().map(|lane| lane_words(language, row.kind, lane)).collect();
    let edge = edge_words(language, row.kind, one.smallest());
    let edge = edge.map(|words| Said { words, bold: false });
    let said = said(language, results, one).into_iter();
    let conditional = text!(language, unit_results.conditional);
    Chart {
        label: row.label_of(one),
        alt: format!("{}. {}", row.label_of(one), alt.join(" ")),
        note: if row.kind == Kind::ConditionalShare { conditional } else { "" },
        lanes: lanes.into_iter().map(|lane| drawn(language, row.kind, lane)).collect(),
        said: edge.into_iter().chain(said.map(|(words, bold)| Said { words, bold })).collect(),
    }
}

fn drawn(language: Language, kind: Kind, lane: Lane) -> DrawnLane {
    let percent = |tenths: Tenths| tenths.fraction() * 100.0;
    let (interval, drawn) = match lane.cell {
        Cell::Band { low, high, interval: [from, to] } => {
            (range(language, kind, from, to), Some([low, high, from, to].map(percent)))
        }
        Cell::Hidden { .. } => (String::new(), None),
    };
    DrawnLane {
        who: match lane.who {
            Who::Own => "own",
            Who::Instead => "instead",
            Who::Around => "around",
            Who::Nation => "nation",
            Who::Previous => "previous",
        },
        name: lane.name,
        band: cell_words(language, kind, lane.cell),
        interval,
        drawn,
        edge: edge_words(language, kind, lane.cell).is_some(),
    }
}
