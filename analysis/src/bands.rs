//! The one rule of precision: every percentage is published as a band as wide as the number of
//! valid answers demands. Whole numbers only, so that no rounding moves a count to a neighbour.

use crate::Tenths;

/// The percentages that are published as one: `low <= share < high`, the last band closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Band {
    pub low: Tenths,
    pub high: Tenths,
}

/// One column of the table: valid answers from `from` to `to` have bands of `width` tenths, the
/// first and the last of `outer` tenths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Precision {
    pub(crate) from: u32,
    pub(crate) to: u32,
    width: u16,
    outer: u16,
}

/// The table. By valid answers and not by respondents: an item that 8 of 10 answered would
/// otherwise have bands of a single count.
pub(crate) const TABLE: [Precision; 6] = [
    Precision { from: 10, to: 19, width: 200, outer: 200 },
    Precision { from: 20, to: 39, width: 100, outer: 100 },
    Precision { from: 40, to: 99, width: 50, outer: 50 },
    Precision { from: 100, to: 299, width: 20, outer: 20 },
    Precision { from: 300, to: 999, width: 10, outer: 10 },
    Precision { from: 1000, to: u32::MAX, width: 1, outer: 10 },
];

/// The band of `hits` among `valid` answers; `None` under 10, which is hidden, and for more hits
/// than answers.
///
/// Under 1000 valid answers every band holds at least two counts.
pub fn band(hits: u32, valid: u32) -> Option<Band> {
    if hits > valid {
        return None;
    }
    let precision = TABLE.iter().find(|column| (column.from..=column.to).contains(&valid))?;
    let tenths = u64::from(hits) * 1000 / u64::from(valid);
    Some(precision.band_at(u16::try_from(tenths).ok()?))
}

impl Precision {
    /// The band in which a share of `tenths`, rounded down, lies.
    fn band_at(self, tenths: u16) -> Band {
        let low = self.round_down(tenths.min(Tenths::ALL.0 - 1));
        Band { low: Tenths(low), high: Tenths(self.round_up(low + 1)) }
    }

    /// Whether the column has this band.
    pub(crate) fn has(self, band: Band) -> bool {
        band.low < Tenths::ALL && self.band_at(band.low.0) == band
    }

    /// The last edge of a band at or before `tenths`.
    pub(crate) fn round_down(self, tenths: u16) -> u16 {
        if tenths < self.outer {
            0
        } else if tenths < Tenths::ALL.0 {
            (tenths / self.width * self.width).min(Tenths::ALL.0 - self.outer)
        } else {
            Tenths::ALL.0
        }
    }

    /// The first edge of a band at or after `tenths`.
    pub(crate) fn round_up(self, tenths: u16) -> u16 {
        if tenths == 0 {
            0
        } else if tenths <= self.outer {
            self.outer
        } else if tenths <= Tenths::ALL.0 - self.outer {
            tenths.div_ceil(self.width) * self.width
        } else {
            Tenths::ALL.0
        }
    }
}
