//! Numbers with a mark that says which published cell they are: whoever checks a page can find
//! each of them in the release.

use crate::{UnitResults, results::GroupName};
use analysis::{Cell, Tenths};
use leptos::prelude::*;

/// Which cell of which wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    wave: String,
    group: String,
    cell: String,
    interval: bool,
}

/// The mark of a cell of a wave.
pub(crate) fn mark(wave: &str, group: &GroupName, cell: &str) -> Mark {
    Mark {
        wave: wave.to_owned(),
        group: format!("{}:{}", group.level.code(), group.code),
        cell: cell.to_owned(),
        interval: false,
    }
}

impl Mark {
    /// Of the interval around the same cell.
    pub(crate) fn interval(self) -> Self {
        Self { interval: true, ..self }
    }

    /// Of the same cell for the girls, the boys or a language of the group.
    pub(crate) fn part(self, breakdown: &str, part: &str) -> Self {
        Self { group: format!("{}:{breakdown}:{part}", self.group), ..self }
    }

    /// Of the same group in the wave before.
    pub(crate) fn before(self, results: &UnitResults) -> Self {
        let wave = results.previous.as_ref().map(|wave| wave.id.clone()).unwrap_or_default();
        Self { wave, ..self }
    }
}

/// Words that say a published number, with its mark.
pub(crate) fn marked(mark: &Mark, words: String) -> impl IntoView + use<> {
    let Mark { wave, group, cell, interval } = mark.clone();
    view! {
        <data value=cell data-wave=wave data-group=group data-interval=interval.then_some("yes")>
            {words}
        </data>
    }
}

/// The ends of the interval of a shown cell.
pub(crate) fn interval(cell: Cell) -> Option<[Tenths; 2]> {
    match cell {
        Cell::Band { interval, .. } => Some(interval),
        Cell::Hidden { .. } => None,
    }
}
