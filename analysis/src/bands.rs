//! The one rule of precision: every percentage, and every mean on a scale from 0 to 100, is
//! published as a band as wide as the number of valid answers demands. Whole numbers only, so
//! that no rounding moves a count to a neighbour.

use crate::Tenths;

/// The values that are published as one: `low <= value < high`, the last band closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Band {
    pub low: Tenths,
    pub high: Tenths,
}

/// A column of the table of widths, from the left: the widest bands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Column(u8);

/// Valid answers from `from` have bands of `width` tenths, the first and the last of `outer`.
#[derive(Debug, Clone, Copy)]
struct Precision {
    from: u32,
    width: u16,
    outer: u16,
}

/// The table. By valid answers and not by respondents: an item that 8 of 10 answered would
/// otherwise have bands of a single count.
const TABLE: [Precision; 6] = [
    Precision { from: 10, width: 200, outer: 200 },
    Precision { from: 20, width: 100, outer: 100 },
    Precision { from: 40, width: 50, outer: 50 },
    Precision { from: 100, width: 20, outer: 20 },
    Precision { from: 300, width: 10, outer: 10 },
    Precision { from: 1000, width: 1, outer: 10 },
];

/// The band of `hits` among `valid` answers; `None` under 10, which is hidden, and for more hits
/// than answers.
///
/// Under 1000 valid answers every band holds at least two counts.
pub fn band(hits: u32, valid: u32) -> Option<Band> {
    Column::of(valid)?.band(hits.into(), valid.into())
}

impl Column {
    pub(crate) const WIDEST: Self = Self(0);

    /// The column of a number of valid answers; `None` under 10.
    pub(crate) fn of(valid: u32) -> Option<Self> {
        let columns = TABLE.iter().take_while(|column| column.from <= valid).count();
        u8::try_from(columns.checked_sub(1)?).ok().map(Self)
    }

    /// The columns with this band, from the left.
    pub(crate) fn with(band: Band) -> impl Iterator<Item = Self> {
        (0..TABLE.len() as u8)
            .map(Self)
            .filter(move |column| band.low < Tenths::ALL && column.band_at(band.low.0) == band)
    }

    /// The next column to the left; `None` for the first: then only hiding is left.
    pub(crate) fn coarser(self) -> Option<Self> {
        self.0.checked_sub(1).map(Self)
    }

    /// The next column to the right.
    pub(crate) fn finer(self) -> Option<Self> {
        Some(Self(self.0 + 1)).filter(|column| usize::from(column.0) < TABLE.len())
    }

    /// The fewest valid answers that are published as finely as this.
    pub(crate) fn least_valid(self) -> u32 {
        self.precision().from
    }

    /// The binary logarithm of how many bands there are: what a shown cell tells.
    pub(crate) fn bits(self) -> f64 {
        (1000.0 / f64::from(self.precision().width)).log2()
    }

    /// The band in which `value` of `whole` lies; `None` if it is more than the whole.
    pub(crate) fn band(self, value: u64, whole: u64) -> Option<Band> {
        let tenths = value.checked_mul(1000)?.checked_div(whole)?;
        u16::try_from(tenths).ok().filter(|tenths| *tenths <= 1000).map(|at| self.band_at(at))
    }

    fn precision(self) -> Precision {
        TABLE.get(usize::from(self.0)).copied().unwrap_or(TABLE[0])
    }

    /// The band in which a value of `tenths`, rounded down, lies.
    fn band_at(self, tenths: u16) -> Band {
        let low = self.round_down(tenths.min(Tenths::ALL.0 - 1));
        Band { low: Tenths(low), high: Tenths(self.round_up(low + 1)) }
    }

    /// The last edge of a band at or before `tenths`.
    pub(crate) fn round_down(self, tenths: u16) -> u16 {
        let Precision { width, outer, .. } = self.precision();
        if tenths < outer {
            0
        } else if tenths < Tenths::ALL.0 {
            (tenths / width * width).min(Tenths::ALL.0 - outer)
        } else {
            Tenths::ALL.0
        }
    }

    /// The first edge of a band at or after `tenths`.
    pub(crate) fn round_up(self, tenths: u16) -> u16 {
        let Precision { width, outer, .. } = self.precision();
        if tenths == 0 {
            0
        } else if tenths <= outer {
            outer
        } else if tenths <= Tenths::ALL.0 - outer {
            tenths.div_ceil(width) * width
        } else {
            Tenths::ALL.0
        }
    }
}

impl Band {
    /// The least and the greatest whole number that, of `whole`, lies in it; the least is the
    /// greater one when none does.
    pub(crate) fn values(&self, whole: u64) -> (u64, u64) {
        let edge = |tenths: Tenths| (whole * u64::from(tenths.0)).div_ceil(1000);
        let last = match self.high {
            Tenths::ALL => whole,
            high => edge(high).saturating_sub(1),
        };
        (edge(self.low), last)
    }

    /// Whether `value` of `whole` lies in it.
    pub(crate) fn holds(self, value: u64, whole: u64) -> bool {
        let (thousand, low, high) = (value * 1000, u64::from(self.low.0), u64::from(self.high.0));
        low * whole <= thousand
            && (thousand < high * whole || (self.high == Tenths::ALL && value <= whole))
    }
}
