//! Reads releases leniently: also those that say more than they should.

use super::AttackError;
use super::limit::ALL;
use super::links::MANY;
use super::profile::Span;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A release as an attacker reads it.
#[derive(Debug, Clone)]
pub struct Published {
    pub(super) wave: String,
    /// Id, version and digest as they stand in the file.
    pub(super) definition: String,
    /// What kind of number each indicator is, where the header says it.
    pub(super) kinds: BTreeMap<String, String>,
    pub(super) groups: Vec<PublishedGroup>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct PublishedGroup {
    pub(super) level: String,
    pub(super) group: String,
    #[serde(flatten)]
    pub(super) table: Table,
    /// `sex` and `language`, each with its tables.
    #[serde(default)]
    pub(super) by: BTreeMap<String, BTreeMap<String, Table>>,
}

/// A group's cells, or those of a part of it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Table {
    n: Option<Count>,
    #[serde(default)]
    pub(super) cells: BTreeMap<String, PublishedCell>,
}

/// A count may be published as a range or, by mistake, as it is.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged)]
enum Count {
    Range(Span),
    Exact(i64),
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct PublishedCell {
    low: Option<f64>,
    high: Option<f64>,
    interval: Option<[f64; 2]>,
    n: Option<Count>,
    reason: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    #[serde(default)]
    wave: String,
    #[serde(default)]
    definition: serde_json::Value,
    #[serde(default)]
    indicators: BTreeMap<String, Kind>,
}

#[derive(Deserialize)]
struct Kind {
    #[serde(default)]
    kind: String,
}

impl Published {
    /// Reads a release file of any version, whatever it says too much.
    ///
    /// # Errors
    /// The first line that is not JSON, or not a header or a group.
    pub fn parse(text: &str) -> Result<Self, AttackError> {
        let mut lines = text.lines().enumerate();
        let (_, first) = lines.next().ok_or(AttackError::NoHeader)?;
        let header: Header = line(0, first)?;
        let groups = lines.map(|(index, text)| line(index, text)).collect::<Result<_, _>>()?;
        let kinds = header.indicators.into_iter().map(|(id, kind)| (id, kind.kind)).collect();
        Ok(Self { wave: header.wave, definition: header.definition.to_string(), kinds, groups })
    }
}

fn line<T: for<'de> Deserialize<'de>>(index: usize, text: &str) -> Result<T, AttackError> {
    serde_json::from_str(text)
        .map_err(|error| AttackError::Line { line: index + 1, problem: error.to_string() })
}

impl Count {
    fn range(self) -> Span {
        match self {
            Self::Range(range) => range,
            Self::Exact(n) => [n, n],
        }
        .map(|end| end.clamp(0, MANY))
    }
}

impl Table {
    /// The respondents, as far as they are said.
    pub(super) fn respondents(&self) -> Option<Span> {
        self.n.map(Count::range)
    }

    /// Whether one of the cells is hidden for this reason.
    pub(super) fn has_reason(&self, reason: &str) -> bool {
        self.cells.values().any(|cell| cell.reason() == Some(reason))
    }
}

impl PublishedCell {
    /// The band in thousandths of a point; `None` when the cell is hidden.
    pub(super) fn band(&self) -> Option<Span> {
        let (low, high) = (thousandths(self.low?), thousandths(self.high?));
        // A percentage instead of a band is rounded by half of its last decimal.
        Some(if low == high { [(low - 50).max(0), (high + 50).min(ALL)] } else { [low, high] })
    }

    /// The interval as fractions.
    pub(super) fn interval(&self) -> Option<[f64; 2]> {
        self.interval.map(|ends| ends.map(|end| end / 100.0))
    }

    /// The valid answers, if the cell gives them away.
    pub(super) fn answers(&self) -> Option<Span> {
        self.n.map(Count::range)
    }

    pub(super) fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

fn thousandths(percentage: f64) -> i64 {
    ((percentage * 1000.0).round() as i64).clamp(0, ALL)
}
