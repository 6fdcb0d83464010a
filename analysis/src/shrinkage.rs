//! Shares of units above school level, drawn towards their mean by as much as chance explains.

use crate::Clusters;
use crate::intervals::Z;
use statrs::distribution::{Beta, Continuous, ContinuousCDF};

/// What all units together say before a unit is looked at: a Beta distribution by its mean and
/// the correlation of two pupils of one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// p, the share over all pupils, from 0 to 1.
    pub share: f64,
    /// rho, from 0 (units differ by no more than chance) to 0.99.
    pub rho: f64,
}

/// The highest rho. At 1 the prior would be no distribution.
const HIGHEST_RHO: f64 = 0.99;

impl Prior {
    /// The prior of units given as clusters of hits and misses (n_i, k_i).
    ///
    /// `rho = (S / (p q) - (m - 1)) / ((N - sum n_i^2 / N) - (m - 1))` with
    /// `S = sum n_i (p_i - p)^2`, clipped to 0 and 0.99: the estimator of moments with weights
    /// n_i of J. C. Kleinman, Journal of the American Statistical Association 68 (1973) 46-54.
    ///
    /// Counts may be effective ones (both divided by the design effect of schools within the
    /// unit). They should be: on raw counts rho holds the likeness of schools too, and what is
    /// chance between districts is taken for a difference.
    ///
    /// Where all or none are hits rho is 0. `None` under two units, and where each holds one
    /// pupil: rho has no estimate then.
    pub fn of(units: &Clusters) -> Option<Self> {
        let share = units.mean()?;
        let freedom = units.clusters().checked_sub(1).filter(|freedom| *freedom > 0)? as f64;
        let spread = units.n() - units.mean_size() - freedom;
        let variance = share * (1.0 - share);
        if spread <= 0.0 {
            return None;
        }
        let rho =
            if variance > 0.0 { (units.between() / variance - freedom) / spread } else { 0.0 };
        Some(Self { share, rho: rho.clamp(0.0, HIGHEST_RHO) })
    }

    /// What is known of a unit with `hits` of `n`: Beta(p M + k, q M + n - k), M = 1 / rho - 1.
    ///
    /// Source: the beta-binomial model, J. C. Kleinman as above. A unit without answers has the
    /// prior, and with rho = 0 every unit is at p. `None` for more hits than answers and for
    /// numbers under 0.
    pub fn posterior(&self, hits: f64, n: f64) -> Option<Posterior> {
        if !(0.0..=n).contains(&hits) || !n.is_finite() {
            return None;
        }
        if self.rho <= 0.0 || self.share <= 0.0 || self.share >= 1.0 {
            return Some(Posterior { share: self.share, beta: None });
        }
        let weight = 1.0 / self.rho - 1.0;
        let (a, b) = (self.share * weight + hits, (1.0 - self.share) * weight + n - hits);
        Some(Posterior { share: a / (a + b), beta: Some(Beta::new(a, b).ok()?) })
    }
}

/// What is known of a unit's share after its answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Posterior {
    share: f64,
    /// `None` where the share is known to be that of all, rho = 0.
    beta: Option<Beta>,
}

impl Posterior {
    /// The mean `(p M + k) / (M + n)`, between the unit's own share and that of all.
    pub fn mean(&self) -> f64 {
        self.share
    }

    /// The middle 95 % of the posterior, as fractions from 0 to 1, to 1e-9. Without width at p
    /// where rho is 0: the units cannot be told apart, which says nothing of how well p is known.
    pub fn interval(&self) -> (f64, f64) {
        self.beta.map_or((self.share, self.share), |beta| {
            (tail(beta, self.share, -*Z, 0.025), tail(beta, self.share, *Z, 0.975))
        })
    }
}

/// The quantile of a tail of a Beta distribution: Newton's steps within a bracket that only
/// shrinks, from as many standard deviations off the mean as a normal distribution would need.
///
/// Not the library's `inverse_cdf`: its search has no limit and never returns for
/// Beta(10, 9999990), and near the median of shapes over 100,000 the distribution function
/// itself is off (140 terms of a continued fraction that needs more); in the tails it is good.
fn tail(beta: Beta, mean: f64, deviations: f64, level: f64) -> f64 {
    let sd = (mean * (1.0 - mean) / (beta.shape_a() + beta.shape_b() + 1.0)).sqrt();
    let (mut low, mut high) = (0.0f64, 1.0f64);
    let mut at = mean + deviations * sd;
    for _ in 0..200 {
        // The step may have left the bracket or be no number, where the density is 0 or infinite.
        if !(low < at && at < high) {
            at = low.midpoint(high);
        }
        let above = beta.cdf(at) - level;
        if above > 0.0 {
            high = at
        } else {
            low = at
        }
        let step = above / beta.pdf(at);
        if step.abs() <= 1e-14 * at || high - low <= f64::EPSILON * high {
            break;
        }
        at -= step;
    }
    at
}
