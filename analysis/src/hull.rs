//! The interval of a published band. It must not tell more than the band does, so it is made
//! from what is published alone: the band, the number of respondents as it is shown, the
//! clusters of the structure, and the spread in the header.

use crate::bands::Column;
use crate::clusters::design_effect;
use crate::intervals::{mean_interval, wilson_share};
use crate::{Band, Clustering, IndicatorNote, Kind, Level, Policy, Respondents, Spread, Tenths};
use rustc_hash::FxHashMap;

/// What an interval is made from, besides the band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Published<'a> {
    pub note: &'a IndicatorNote,
    pub policy: &'a Policy,
    pub level: Level,
    pub respondents: Respondents,
    pub clusters: Option<Clustering>,
}

/// Intervals that were made before: a nation has ten million, most of them the same few thousand.
#[derive(Debug, Default)]
pub(crate) struct Intervals {
    made: FxHashMap<Same, Option<[Tenths; 2]>>,
}

/// All that an interval depends on within one release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Same {
    band: Band,
    kind: Kind,
    spread: Spread,
    level: Level,
    respondents: Respondents,
    clusters: Option<Clustering>,
}

impl Intervals {
    /// As many as are kept: groups with many classes hardly ever have the same intervals.
    const MOST: usize = 1 << 16;

    /// As [`interval`] says.
    pub(crate) fn of(&mut self, band: Band, published: &Published<'_>) -> Option<[Tenths; 2]> {
        let Published { note, level, respondents, clusters, .. } = *published;
        let same =
            Same { band, kind: note.kind, spread: note.spread, level, respondents, clusters };
        if self.made.len() >= Self::MOST {
            self.made.clear();
        }
        *self.made.entry(same).or_insert_with(|| interval(band, published))
    }
}

/// The hull of the 95 % intervals of all values that a published band and a published number of
/// respondents allow, widened to edges of bands.
///
/// Every number of valid answers from the fewest that are published so finely to the number of
/// respondents is allowed, with every value in the band: bands may have been made coarser than
/// the answers demand. Shares: Wilson's interval on the effective number of answers. Means: t
/// with one degree of freedom less than clusters (respondents, in a class).
/// `None` when nobody can have the band.
pub fn interval(band: Band, published: &Published<'_>) -> Option<[Tenths; 2]> {
    let (least, most) = published.valid(band)?;
    let ends = match published.note.kind {
        Kind::Mean => mean(band, least, published)?,
        _ => share(band, least, most, published)?,
    };
    let columns = Column::with(band).filter(|column| column.least_valid() <= most);
    columns.last().map(|finest| widen(finest, ends))
}

/// The lowest lower and the highest upper end, as fractions.
fn share(band: Band, least: u32, most: u32, published: &Published<'_>) -> Option<(f64, f64)> {
    let deff = published.design_effect();
    let effective = |valid: u32| f64::from(valid) / deff;
    let mut lowest: Option<f64> = None;
    for valid in least..=most {
        // At the edge itself the lower end only rises with the number of answers, and no count
        // in the band lies under the edge: from here on none can be lower.
        let edge = wilson_share(band.low.fraction(), effective(valid))?.0;
        if lowest.is_some_and(|lowest| edge >= lowest) {
            break;
        }
        if let Some((hits, _)) = counts(band, valid) {
            let (low, _) = wilson_share(f64::from(hits) / f64::from(valid), effective(valid))?;
            lowest = Some(lowest.map_or(low, |other| other.min(low)));
        }
    }
    let mut highest: Option<f64> = None;
    for valid in least..=most {
        let edge = wilson_share(band.high.fraction(), effective(valid))?.1;
        if highest.is_some_and(|highest| edge <= highest) {
            break;
        }
        if let Some((_, hits)) = counts(band, valid) {
            let (_, high) = wilson_share(f64::from(hits) / f64::from(valid), effective(valid))?;
            highest = Some(highest.map_or(high, |other| other.max(high)));
        }
    }
    Some((lowest?, highest?))
}

/// The fewest and the most hits in the band; `None` when there are none for so many answers.
fn counts(band: Band, valid: u32) -> Option<(u32, u32)> {
    let (first, last) = band.values(valid.into());
    (first <= last).then_some((u32::try_from(first).ok()?, u32::try_from(last).ok()?))
}

/// The fewest answers have the widest interval at both edges.
fn mean(band: Band, least: u32, published: &Published<'_>) -> Option<(f64, f64)> {
    let sd = f64::from(published.note.spread.sd?) / 100.0;
    let effective = f64::from(least) / published.design_effect();
    let freedom = match published.clusters {
        None => least.saturating_sub(1),
        Some(clusters) => clusters.count.saturating_sub(1),
    };
    let freedom = f64::from(freedom.max(1));
    let (low, _) = mean_interval(band.low.fraction(), sd, effective, freedom)?;
    let (_, high) = mean_interval(band.high.fraction(), sd, effective, freedom)?;
    Some((low.max(0.0), high.min(1.0)))
}

fn widen(column: Column, (low, high): (f64, f64)) -> [Tenths; 2] {
    // Ends on an edge, give or take rounding, stay there.
    const ROUNDING: f64 = 1e-9;
    let (low, high) = (low * 1000.0 + ROUNDING, high * 1000.0 - ROUNDING);
    [Tenths(column.round_down(low.floor() as u16)), Tenths(column.round_up(high.ceil() as u16))]
}

impl Published<'_> {
    /// The fewest and the most valid answers with which the band is published; `None` when nobody
    /// can have it.
    pub(crate) fn valid(&self, band: Band) -> Option<(u32, u32)> {
        let (fewest, most) = self.respondents.bounds()?;
        let least = match self.note.kind {
            Kind::ConditionalShare => self.policy.condition,
            Kind::Share | Kind::Part | Kind::Mean => {
                let percent = u64::from(self.policy.answered_percent);
                u32::try_from((u64::from(fewest) * percent).div_ceil(100)).ok()?
            }
        };
        // An outer band may be of two columns; answers are then at least as many as for the first.
        let least = least.max(Column::with(band).next()?.least_valid());
        (least <= most).then_some((least, most))
    }

    pub(crate) fn design_effect(&self) -> f64 {
        let Some(clusters) = self.clusters.filter(|clusters| clusters.count > 1) else {
            return 1.0;
        };
        let spread = &self.note.spread;
        let icc = if self.level > Level::School { spread.school_icc } else { spread.class_icc };
        design_effect(f64::from(icc) / 100.0, f64::from(clusters.size))
    }
}
