//! Every count that a published band allows, as ends between which it lies.

use crate::{
    Band, Cell, Clustering, Group, Header, IndicatorNote, Level, Part, Published, Respondents,
};

/// One cell with all that its release says of the pupils behind it.
#[derive(Debug, Clone, Copy)]
pub struct Figure<'r> {
    pub(super) header: &'r Header,
    pub(super) note: &'r IndicatorNote,
    pub(super) level: Level,
    respondents: Respondents,
    pub(super) clusters: Option<Clustering>,
    cell: Option<Cell>,
}

/// Where the value and the number of valid answers of a shown cell lie. Both may be anything
/// between their ends, and not all of it is possible: what holds for all of it holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    /// Fractions.
    pub(super) low: f64,
    pub(super) high: f64,
    /// Valid answers.
    pub(super) fewest: f64,
    pub(super) most: f64,
    pub(super) deff: f64,
    /// Of a mean: clusters, or pupils of a class, less one; at least 1.
    pub(super) freedom: f64,
    /// Of a mean, as a fraction.
    pub(super) sd: Option<f64>,
}

impl<'r> Figure<'r> {
    /// A cell of a group; `None` if the release knows no such indicator.
    pub fn of_group(header: &'r Header, group: &Group, cell: &str) -> Option<Self> {
        Some(Self {
            header,
            note: header.indicators.get(cell)?,
            level: group.level,
            respondents: group.n,
            clusters: group.clusters,
            cell: group.cells.get(cell),
        })
    }

    /// A cell of the girls, the boys or a language of a group of `level`.
    pub fn of_part(header: &'r Header, level: Level, part: &Part, cell: &str) -> Option<Self> {
        Some(Self {
            header,
            note: header.indicators.get(cell)?,
            level,
            respondents: part.n,
            clusters: Some(part.clusters),
            cell: part.cells.get(cell),
        })
    }

    /// `None` when the cell is not shown.
    pub(super) fn range(&self) -> Option<Range> {
        let Some(Cell::Band { low, high, .. }) = self.cell else { return None };
        let published = self.published();
        let (fewest, most) = published.valid(Band { low, high })?;
        let clusters = self.clusters.map_or(fewest, |clusters| clusters.count);
        Some(Range {
            low: low.fraction(),
            high: high.fraction(),
            fewest: f64::from(fewest),
            most: f64::from(most),
            deff: published.design_effect(),
            freedom: f64::from(clusters.saturating_sub(1).max(1)),
            sd: self.note.spread.sd.map(|sd| f64::from(sd) / 100.0),
        })
    }

    fn published(&self) -> Published<'_> {
        Published {
            note: self.note,
            policy: &self.header.policy,
            level: self.level,
            respondents: self.respondents,
            clusters: self.clusters,
        }
    }
}

impl Range {
    /// A group less one of its parts; `None` if nobody else may be left.
    ///
    /// With P, N of the group and p, n of the part the rest has `P + (P - p) n / (N - n)`: most at
    /// one of the two ends of n / (N - n) for the largest P and the smallest p.
    pub(super) fn without(&self, part: &Self, clusters_of_part: f64) -> Option<Self> {
        let fewest = self.fewest - part.most;
        if fewest <= 0.0 {
            return None;
        }
        let (steepest, flattest) = (part.most / fewest, part.fewest / (self.most - part.fewest));
        let rest = |whole: f64, part: f64, slope: f64| whole + (whole - part) * slope;
        let (lows, highs) = (
            [steepest, flattest].map(|slope| rest(self.low, part.high, slope)),
            [steepest, flattest].map(|slope| rest(self.high, part.low, slope)),
        );
        Some(Self {
            low: lows[0].min(lows[1]).clamp(0.0, 1.0),
            high: highs[0].max(highs[1]).clamp(0.0, 1.0),
            fewest,
            most: self.most - part.fewest,
            freedom: (self.freedom - clusters_of_part).max(1.0),
            ..*self
        })
    }
}
