//! What one published cell says about the counts behind it.

use super::profile::Span;
use crate::wilson;

/// 100 %, in the unit of published percentages: thousandths of a percentage point.
pub(super) const ALL: i64 = 100_000;

/// What a cell says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Limit {
    /// The valid answers.
    pub(super) answers: Span,
    /// The band, where there is one: hits in all answers, `low <= share < high`.
    pub(super) band: Option<Span>,
    /// The interval beside a share: it holds the interval of the true count, which for pupils
    /// in clusters is wider than the one without.
    pub(super) interval: Option<[f64; 2]>,
}

/// A published end may be rounded by half of the last decimal.
const ROUNDING: f64 = 0.000_501;

impl Limit {
    /// The hits that go with `v` answers; `None` where `v` cannot be. `scale` hits are one
    /// pupil: 1 for shares, [`ALL`] for means, whose hits are sums of scores.
    pub(super) fn hits(&self, v: i64, scale: i64) -> Option<Span> {
        if v < self.answers[0] || v > self.answers[1] {
            return None;
        }
        let [mut low, mut high] = self.in_band([v, v], scale);
        if let (Some([from, to]), 1) = (self.interval, scale) {
            while low <= high && interval(low, v).is_some_and(|ends| ends.0 < from - ROUNDING) {
                low += 1;
            }
            while low <= high && interval(high, v).is_some_and(|ends| ends.1 > to + ROUNDING) {
                high -= 1;
            }
        }
        (low <= high).then_some([low, high])
    }

    /// The hits that go with a range of answers.
    pub(super) fn hits_of_range(&self, answers: Span, scale: i64) -> Span {
        self.in_band(answers, scale)
    }

    fn in_band(&self, answers: Span, scale: i64) -> Span {
        let Some([low, high]) = self.band else { return [0, answers[1] * scale] };
        let from = up(low * answers[0] * scale, ALL);
        let to = high * answers[1] * scale;
        // A mean can be as close to the end of its band as one likes.
        if scale > 1 || high >= ALL { [from, to.div_euclid(ALL)] } else { [from, up(to, ALL) - 1] }
    }
}

/// `a / b`, up; `a` is not negative, `b` is positive.
fn up(a: i64, b: i64) -> i64 {
    (a + b - 1).div_euclid(b)
}

/// The interval of `hits` in `answers` without clusters.
fn interval(hits: i64, answers: i64) -> Option<(f64, f64)> {
    wilson(u32::try_from(hits).ok()?, u32::try_from(answers).ok()?)
}
