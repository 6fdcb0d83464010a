//! Whether two published numbers differ, whatever counts stand behind their bands.

use super::Outcome;
use super::published_range::{Figure, Range};
use crate::{Difference, Kind, Level, ScoreTest, Share, Verdict, flagged, mean_interval};
use statrs::distribution::{ContinuousCDF, Normal};

/// Of all flags of one report at most this share is false on average.
const FALSE_FLAGS: f64 = 0.05;

/// One comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    pub outcome: Outcome,
    /// The largest p value of the counts that the bands allow, 1 where the bands meet; `None`
    /// where nothing can be compared.
    pub p: Option<f64>,
}

impl Compared {
    const NOT_SHOWN: Self = Self { outcome: Outcome::NotShown, p: None };

    /// Two groups without a pupil in common: the girls and the boys of a group.
    ///
    /// Shares: [`Difference::between`] with the design effects that follow from the header.
    /// Means: with l and u the ends of [`mean_interval`] the same combination,
    /// `d - sqrt((m1 - l1)^2 + (u2 - m2)^2)`, as in G. Y. Zou and A. Donner, Statistics in
    /// Medicine 27 (2008) 1693-1702. Both at the ends of the bands that speak most against a
    /// difference and with the fewest answers: both limits rise with the first value and fall
    /// with the second, and more answers only narrow them. So lower and higher hold for every
    /// pair of counts that the bands allow, and equal bands are ties.
    pub fn apart(first: &Figure<'_>, second: &Figure<'_>) -> Self {
        if first.note.kind != second.note.kind {
            return Self::NOT_SHOWN;
        }
        match (first.range(), second.range()) {
            (Some(one), Some(other)) => Self::of(first.note.kind, &one, &other),
            _ => Self::NOT_SHOWN,
        }
    }

    /// The same group in two waves, taken as independent.
    pub fn of_waves(now: &Figure<'_>, earlier: &Figure<'_>) -> Self {
        let (this, other) = (&now.header.definition, &earlier.header.definition);
        let unchanged_since = now.note.comparable_since.max(earlier.note.comparable_since);
        let comparable = this.id == other.id && unchanged_since <= this.version.min(other.version);
        if comparable {
            Self::apart(now, earlier)
        } else {
            Self { outcome: Outcome::NotComparable, p: None }
        }
    }

    /// A group against the rest of a group around it, of the same release.
    pub fn with_rest(part: &Figure<'_>, around: &Figure<'_>) -> Self {
        let above_school = |level| level > Level::School;
        // A school, or what lies in one, takes one cluster from what is above schools.
        let clusters = match part.clusters {
            Some(clusters) if above_school(part.level) == above_school(around.level) => {
                f64::from(clusters.count)
            }
            _ => 1.0,
        };
        let ranges = part.range().zip(around.range()).and_then(|(part, whole)| {
            let rest = whole.without(&part, clusters)?;
            Some((part, rest))
        });
        match ranges {
            Some((part_range, rest)) => Self::of(part.note.kind, &part_range, &rest),
            None => Self::NOT_SHOWN,
        }
    }

    fn of(kind: Kind, first: &Range, second: &Range) -> Self {
        let higher = surely_higher(kind, first, second);
        let outcome = if higher {
            Outcome::Higher
        } else if surely_higher(kind, second, first) {
            Outcome::Lower
        } else {
            Outcome::NotClearlyDifferent
        };
        let p = if first.low > second.high {
            p_value(kind, first, second)
        } else if second.low > first.high {
            p_value(kind, second, first)
        } else {
            1.0
        };
        Self { outcome, p: Some(p) }
    }
}

/// Which comparisons of one report to point out, in their order: [`flagged`] over those that
/// could be made.
pub fn flags(report: &[Compared]) -> Vec<bool> {
    let p_values: Vec<f64> = report.iter().filter_map(|one| one.p).collect();
    let mut flags = flagged(&p_values, FALSE_FLAGS).into_iter();
    report.iter().map(|one| one.p.is_some() && flags.next().unwrap_or(false)).collect()
}

/// Whether the lower limit of the difference is over 0 for all counts.
fn surely_higher(kind: Kind, first: &Range, second: &Range) -> bool {
    let least = match kind {
        Kind::Mean => least_difference(first, second).map(|least| least > 0.0),
        Kind::Share | Kind::ConditionalShare | Kind::Part => {
            Difference::between(first.lowest(), second.highest())
                .map(|difference| difference.verdict() == Verdict::Higher)
        }
    };
    least.unwrap_or(false)
}

/// `None` where nothing varies: then only equal bands are published.
fn least_difference(first: &Range, second: &Range) -> Option<f64> {
    let interval = |range: &Range, mean| {
        mean_interval(mean, range.sd?, range.fewest / range.deff, range.freedom)
    };
    let (low, _) = interval(first, first.low)?;
    let (_, high) = interval(second, second.high)?;
    Some(first.low - second.high - (first.low - low).hypot(high - second.high))
}

/// Of the first being higher, its largest: z rises with the first value and with both numbers of
/// answers, and falls with the second value.
fn p_value(kind: Kind, first: &Range, second: &Range) -> f64 {
    match kind {
        Kind::Mean => {
            let variance = |range: &Range| Some(range.sd?.powi(2) * range.deff / range.fewest);
            let Some(variance) = variance(first).zip(variance(second)).map(|(a, b)| a + b) else {
                return 1.0;
            };
            let z = (first.low - second.high) / variance.sqrt();
            if variance > 0.0 { (2.0 * Normal::standard().sf(z)).min(1.0) } else { 1.0 }
        }
        Kind::Share | Kind::ConditionalShare | Kind::Part => {
            ScoreTest::of(first.lowest(), second.highest()).map_or(1.0, |test| test.p)
        }
    }
}

impl Range {
    fn lowest(&self) -> Share {
        self.share(self.low)
    }

    fn highest(&self) -> Share {
        self.share(self.high)
    }

    fn share(&self, share: f64) -> Share {
        Share { share, n: self.fewest, effective: self.fewest / self.deff }
    }
}
