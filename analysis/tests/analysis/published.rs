//! Lines of a release made by hand.

use analysis::{
    Cell, Clustering, DefinitionRef, Group, Header, IndicatorNote, Kind, Level, Policy, Reason,
    Respondents, SCHEMA, Spread, Tenths,
};
use std::collections::BTreeMap;

/// A header with the indicator `a`, asked in one way since version 1.
pub(crate) fn header(kind: Kind) -> Header {
    let sd = (kind == Kind::Mean).then_some(20);
    let spread = Spread { class_icc: 6, school_icc: 3, sd, measured: true };
    let note = IndicatorNote { kind, comparable_since: 1, spread };
    Header {
        schema: SCHEMA,
        wave: "wave".to_owned(),
        definition: DefinitionRef { id: "small".to_owned(), version: 1, sha256: "00".repeat(32) },
        policy: Policy::STANDARD,
        indicators: BTreeMap::from([("a".to_owned(), note)]),
    }
}

pub(crate) fn shown(low: u16, high: u16) -> Cell {
    let (low, high) = (Tenths(low), Tenths(high));
    Cell::Band { low, high, interval: [low, high] }
}

pub(crate) fn hidden(reason: Reason) -> Cell {
    Cell::Hidden { reason }
}

pub(crate) fn group(level: Level, n: (u32, u32), cells: &[(&str, Cell)]) -> Group {
    let clusters = (level > Level::Class).then_some(Clustering { count: 4, size: 22 });
    Group {
        level,
        group: format!("{}-1", level.code()),
        parent: None,
        n: Respondents::Between { low: n.0, high: n.1 },
        clusters,
        cells: cells.iter().map(|(id, cell)| ((*id).into(), *cell)).collect(),
        by: BTreeMap::new(),
    }
}
