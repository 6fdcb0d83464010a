/// What rows stand for, also as whole numbers of a common unit: sums of those are exact, so that
/// no order of rows changes them.
#[derive(Debug, Clone, Default)]
pub(super) struct Weights {
    of_row: Vec<f64>,
    units: Vec<u64>,
}

/// The largest weight has so many bits. Weights from a sixteenth of it on are kept to the bit, and
/// 2^30 rows times the square of a value under 2^18 still fit 128 bits.
const BITS: i32 = 57;

impl Weights {
    /// Of weights that are finite and not under 0.
    pub(super) fn new(of_row: Vec<f64>) -> Self {
        let most = of_row.iter().copied().fold(0.0, f64::max);
        let unit = power_of_two(exponent(most) + 1 - BITS);
        // Rounding only touches what is under a sixteenth of the largest; the cast fits.
        let units = of_row.iter().map(|weight| (weight / unit).round() as u64).collect();
        Self { of_row, units }
    }

    pub(super) fn len(&self) -> usize {
        self.of_row.len()
    }

    pub(super) fn all(&self) -> &[f64] {
        &self.of_row
    }

    pub(super) fn of(&self, row: u32) -> f64 {
        self.of_row.get(row as usize).copied().unwrap_or_default()
    }

    pub(super) fn units(&self, row: u32) -> u64 {
        self.units.get(row as usize).copied().unwrap_or_default()
    }
}

/// The power of two at or under a number; the smallest normal one for less.
fn exponent(number: f64) -> i32 {
    ((number.to_bits() >> 52) & 0x7ff) as i32 - 1023
}

/// Of an exponent below what a number can have, the smallest normal one.
fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(((exponent.clamp(-1022, 1023) + 1023) as u64) << 52)
}
