//! The interval of a published band. It must not tell more than the band does, so it is made
//! from what is published alone.

use crate::bands::{Precision, TABLE};
use crate::intervals::score;
use crate::{Band, Policy, Respondents, Tenths, wilson};

/// The hull of Wilson's intervals of all counts that a published band and a published number of
/// respondents allow, widened to edges of bands.
///
/// Allowed are all numbers of valid answers from 10 and 80 % of the fewest respondents up to
/// the most, whose column of the table has this band, with every count in the band. `None` when
/// there is no such number.
pub fn interval(band: Band, respondents: Respondents) -> Option<[Tenths; 2]> {
    let (fewest, most) = respondents.bounds()?;
    let answered = (u64::from(fewest) * u64::from(Policy::STANDARD.answered_percent)).div_ceil(100);
    let least = u32::try_from(answered).ok()?.max(Policy::STANDARD.threshold);
    let parts = TABLE.iter().filter(|column| column.has(band)).filter_map(|column| {
        let (from, to) = (least.max(column.from), most.min(column.to));
        Some(widen(*column, lowest(band, from, to)?, highest(band, from, to)?))
    });
    parts.reduce(|[low, high], [other_low, other_high]| [low.min(other_low), high.max(other_high)])
}

/// The lowest lower end; `None` when no number of answers from `from` to `to` has a count in
/// the band.
fn lowest(band: Band, from: u32, to: u32) -> Option<f64> {
    let edge = f64::from(band.low.0) / 1000.0;
    let mut lowest: Option<f64> = None;
    for valid in from..=to {
        // At the edge itself the lower end only rises with the number of answers, and no count
        // in the band lies under the edge: from here on none can be lower.
        if lowest.is_some_and(|lowest| score(edge, f64::from(valid)).0 >= lowest) {
            break;
        }
        let hits = fewest_hits(band, valid);
        if hits <= most_hits(band, valid)? {
            let (low, _) = wilson(hits, valid)?;
            lowest = Some(lowest.map_or(low, |other| other.min(low)));
        }
    }
    lowest
}

/// The highest upper end, as [`lowest`].
fn highest(band: Band, from: u32, to: u32) -> Option<f64> {
    let edge = f64::from(band.high.0) / 1000.0;
    let mut highest: Option<f64> = None;
    for valid in from..=to {
        if highest.is_some_and(|highest| score(edge, f64::from(valid)).1 <= highest) {
            break;
        }
        let hits = most_hits(band, valid)?;
        if fewest_hits(band, valid) <= hits {
            let (_, high) = wilson(hits, valid)?;
            highest = Some(highest.map_or(high, |other| other.max(high)));
        }
    }
    highest
}

fn fewest_hits(band: Band, valid: u32) -> u32 {
    let hits = (u64::from(valid) * u64::from(band.low.0)).div_ceil(1000);
    u32::try_from(hits).unwrap_or(u32::MAX)
}

/// `None` when even no hits at all are too many.
fn most_hits(band: Band, valid: u32) -> Option<u32> {
    if band.high == Tenths::ALL {
        return Some(valid);
    }
    let first_above = (u64::from(valid) * u64::from(band.high.0)).div_ceil(1000);
    u32::try_from(first_above.checked_sub(1)?).ok()
}

fn widen(column: Precision, low: f64, high: f64) -> [Tenths; 2] {
    let (low, high) = ((low * 1000.0).floor() as u16, (high * 1000.0).ceil() as u16);
    [Tenths(column.round_down(low)), Tenths(column.round_up(high))]
}
