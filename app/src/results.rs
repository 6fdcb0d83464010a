//! What pages of classes, schools, districts, regions and the nation show of a released wave:
//! published cells, what may be said of them, and in which order.

mod breakdown;
mod findings;
mod marks;
mod numbers;
mod outline;
mod peers;
mod support;
mod unshown;
mod wave;
mod years;

pub use breakdown::{Parts, PartsLine};
pub use findings::{Advice, Findings, Strength};
pub(crate) use findings::{elsewhere, unsaid};
pub(crate) use marks::{Mark, mark, marked};
pub(crate) use numbers::numbers;
pub(crate) use outline::lead_charts;
pub use peers::{Peer, PeerKind, Peers};
pub(crate) use support::support;
pub use support::{Support, SupportReason};
pub(crate) use wave::{How, how_to_read, reading_notes, section_tables, tables_of, wave_results};
pub(crate) use years::years;

use crate::{Language, language::text};
use analysis::{Cell, Kind, Level, Outcome, Reason, Respondents};

/// What was released of one wave and one form, for one unit.
#[derive(Debug, Clone)]
pub struct UnitResults {
    pub wave: WaveTitle,
    /// The title of the survey definition, in the reader's language.
    pub definition: String,
    pub own: GroupName,
    /// The group that stands beside it, below the nation.
    pub around: Option<GroupName>,
    /// Not all texts of the survey had been checked by native speakers.
    pub pilot: bool,
    /// The wave that it is compared with.
    pub previous: Option<WaveTitle>,
    pub findings: Findings,
    /// The ids of the indicators that are shown first.
    pub lead: Vec<String>,
    /// Every indicator once, in the order of the page.
    pub sections: Vec<ResultSection>,
    /// What may be shown of the unit, or of a class of a group around it; in the order of the
    /// definition.
    pub rows: Vec<IndicatorRow>,
    /// The labels of what may not be shown, for a class not even of its school, by reason.
    pub unshown: Vec<(Reason, Vec<String>)>,
}

/// What a wave is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaveTitle {
    pub id: String,
    pub name: String,
    /// From when to when.
    pub days: String,
}

/// Indicators that stand together.
#[derive(Debug, Clone)]
pub struct ResultSection {
    /// In the reader's language; `None` of a definition without sections.
    pub title: Option<String>,
    pub indicators: Vec<String>,
    pub unfolded: bool,
    /// In words, without drawings.
    pub as_list: bool,
}

/// One indicator; of a distribution a figure for each part, of any other measure one.
#[derive(Debug, Clone)]
pub struct IndicatorRow {
    pub id: String,
    /// In the reader's language.
    pub label: String,
    pub kind: Kind,
    pub figures: Vec<Figure>,
}

/// A number of the unit with what stands beside it.
#[derive(Debug, Clone)]
pub struct Figure {
    /// The id of the cell.
    pub id: String,
    /// Of a distribution the part, in the reader's language.
    pub part: Option<String>,
    pub own: Cell,
    /// Where a class itself may not be shown, the smallest group around it that may.
    pub instead: Option<(GroupName, Cell)>,
    /// Beside the smallest group that is shown.
    pub around: Option<Beside>,
    pub nation: Option<Beside>,
    pub previous: Option<Beside>,
}

/// Another number, and what may be said of the smallest group against it.
#[derive(Debug, Clone, Copy)]
pub struct Beside {
    pub cell: Cell,
    pub outcome: Outcome,
    /// One of the differences of this report that are hardly chance.
    pub flagged: bool,
}

/// Which group, and how many pupils it is shown to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupName {
    pub level: Level,
    /// The id of the group in the release.
    pub code: String,
    /// Of a grade or a band of grades: `7`, `7-9`.
    pub grades: String,
    pub respondents: Respondents,
}

/// The group of everybody; how many they are is not said beside a comparison.
pub(crate) fn nation() -> GroupName {
    let (code, grades) = ("nation".to_owned(), String::new());
    GroupName { level: Level::Nation, code, grades, respondents: Respondents::Hidden }
}

impl UnitResults {
    /// Of which survey and wave, and whether that is a pilot.
    pub(crate) fn about(&self, language: Language) -> String {
        let about = format!("{} · {}", self.definition, self.wave.name);
        if self.pilot { format!("{about} · {}", text!(language, waves.pilot_mark)) } else { about }
    }

    pub(crate) fn row(&self, indicator: &str) -> Option<&IndicatorRow> {
        self.rows.iter().find(|row| row.id == indicator)
    }

    pub(crate) fn leading(&self) -> impl Iterator<Item = &IndicatorRow> {
        self.lead.iter().filter_map(|indicator| self.row(indicator))
    }
}

impl IndicatorRow {
    /// The label of a figure: that of the indicator, and of the part.
    pub(crate) fn label_of(&self, figure: &Figure) -> String {
        match &figure.part {
            Some(part) => format!("{}: {part}", self.label),
            None => self.label.clone(),
        }
    }
}

impl Figure {
    /// The cell of the smallest group that is shown.
    pub(crate) fn smallest(&self) -> Cell {
        self.instead.as_ref().map_or(self.own, |(_, cell)| *cell)
    }
}

impl Beside {
    /// Whether its band belongs beside the others: that of a question that changed does not.
    pub(crate) fn drawn(&self) -> bool {
        self.outcome != Outcome::NotComparable
    }
}
