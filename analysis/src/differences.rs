//! Whether two shares differ.

use crate::wilson_share;
use statrs::distribution::{ContinuousCDF, Normal};

/// A share with the pupils it stands on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// From 0 to 1.
    pub share: f64,
    /// Valid answers.
    pub n: f64,
    /// n / deff, over 0 and at most n.
    pub effective: f64,
}

/// The difference of two shares, the first less the second, with its 95 % interval: -1 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    pub difference: f64,
    pub low: f64,
    pub high: f64,
}

/// What a reader is told of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Lower,
    NotClearlyDifferent,
    Higher,
}

/// A test of two shares being equal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoreTest {
    /// Standard normal when they are equal; positive where the first is higher.
    pub z: f64,
    /// Of a z as far from 0 to either side; 0 to 1.
    pub p: f64,
}

impl Difference {
    /// Newcombe's hybrid score interval of two independent shares on their effective sizes.
    ///
    /// With l and u the ends of [`wilson_share`] and d = p1 - p2 it goes from
    /// `d - sqrt((p1 - l1)^2 + (u2 - p2)^2)` to `d + sqrt((u1 - p1)^2 + (p2 - l2)^2)`.
    /// Source: R. G. Newcombe, Interval estimation for the difference between independent
    /// proportions, Statistics in Medicine 17 (1998) 873-890, method 10.
    ///
    /// Shares of 0 and 1 have an interval too. `None` where nobody answered in one of the two
    /// and for shares outside 0 to 1.
    pub fn between(first: Share, second: Share) -> Option<Self> {
        let (low_1, high_1) = wilson_share(first.share, first.effective)?;
        let (low_2, high_2) = wilson_share(second.share, second.effective)?;
        let difference = first.share - second.share;
        let down = (first.share - low_1).hypot(high_2 - second.share);
        let up = (high_1 - first.share).hypot(second.share - low_2);
        // The ends stay within -1 and 1, give or take rounding.
        let (low, high) = ((difference - down).max(-1.0), (difference + up).min(1.0));
        Some(Self { difference, low, high })
    }

    /// Lower or higher where the interval leaves 0 out.
    pub fn verdict(&self) -> Verdict {
        match (self.low > 0.0, self.high < 0.0) {
            (true, _) => Verdict::Higher,
            (_, true) => Verdict::Lower,
            _ => Verdict::NotClearlyDifferent,
        }
    }
}

impl ScoreTest {
    /// The pooled score test of two independent shares on their effective sizes:
    /// `z = (p1 - p2) / sqrt(p (1 - p) (1/n1 + 1/n2))`, p the share of both together.
    ///
    /// Source: K. Pearson's chi-square of a table of two by two without correction (Philosophical
    /// Magazine 50, 1900), z^2; R's `prop.test(correct = FALSE)`. Two shares of 0, and two of 1,
    /// are equal: z = 0, p = 1. `None` as [`Difference::between`].
    pub fn of(first: Share, second: Share) -> Option<Self> {
        let usable = |share: Share| wilson_share(share.share, share.effective).is_some();
        if !usable(first) || !usable(second) {
            return None;
        }
        let size = first.effective + second.effective;
        let hits = first.share * first.effective + second.share * second.effective;
        let pooled = (hits / size).clamp(0.0, 1.0);
        let variance = pooled * (1.0 - pooled) * (1.0 / first.effective + 1.0 / second.effective);
        let difference = first.share - second.share;
        let z = if difference == 0.0 { 0.0 } else { difference / variance.sqrt() };
        Some(Self { z, p: (2.0 * Normal::standard().sf(z.abs())).min(1.0) })
    }
}

impl Share {
    /// A group without one of its parts, against which the part is held: a class and the rest
    /// of its school, which are independent where a class and its school are not.
    ///
    /// With P, N of the group and p, n of the part: `(P N - p n) / (N - n)` on N - n answers,
    /// clipped to 0 and 1 (shares known as bands need not fit together), with the group's
    /// design effect. `None` where no answer is left.
    pub fn without(self, part: Self) -> Option<Self> {
        let n = self.n - part.n;
        if n.is_nan() || n <= 0.0 {
            return None;
        }
        let share = ((self.share * self.n - part.share * part.n) / n).clamp(0.0, 1.0);
        Some(Self { share, n, effective: self.effective * n / self.n })
    }
}

/// P values adjusted for their number, in their order: `min over j >= i of (m / j) p_(j)`, at
/// most 1, for the i-th smallest of m.
///
/// Source: Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995)
/// 289-300; R's `p.adjust(method = "BH")`. Comparisons that could not be made are left out by
/// the caller. No values give none, one stays as it is.
pub fn adjusted(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = p_values.iter().copied().enumerate().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let count = p_values.len() as f64;
    let (mut least, mut rank) = (1.0f64, count);
    for (_, p) in &mut order {
        least = least.min(count / rank * *p);
        *p = least;
        rank -= 1.0;
    }
    order.sort_by_key(|(place, _)| *place);
    order.into_iter().map(|(_, p)| p).collect()
}

/// Which comparisons of one report to flag so that at most the share `q` of flags is false on
/// average: those with an [`adjusted`] p value of at most q. Source as there.
pub fn flagged(p_values: &[f64], q: f64) -> Vec<bool> {
    adjusted(p_values).into_iter().map(|p| p <= q).collect()
}
