//! How reliable the sum of a scale's items is.

use crate::factor::{OneFactor, one_factor};

/// Sums over the complete cases of a scale of k items: pupils with a valid answer to each of
/// them, with codes after reversal. Exact and additive, so one for each class gives those of
/// all groups.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CrossProducts {
    /// Complete cases.
    pub n: u64,
    /// The k sums of codes.
    pub sums: Vec<u64>,
    /// The k (k + 1) / 2 sums of products of two codes, the upper triangle row by row:
    /// (0,0), (0,1) .. (0,k-1), (1,1) ..
    pub products: Vec<u64>,
}

/// The reliability of a scale's mean or sum; both figures are the share of its variance that
/// is not error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reliability {
    /// Cronbach's alpha, at most 1; negative where items go against each other.
    pub alpha: Option<f64>,
    /// McDonald's omega total, 0 to 1.
    pub omega: Option<f64>,
}

/// Fewer complete cases, or fewer items, have no reliability.
const LEAST_CASES: u64 = 100;
const LEAST_ITEMS: usize = 3;

impl CrossProducts {
    /// Of nobody, for a scale of so many items.
    pub(crate) fn none(items: usize) -> Self {
        Self { n: 0, sums: vec![0; items], products: vec![0; items * (items + 1) / 2] }
    }

    /// Adds the cases of another group of the same scale; empty sums take any scale.
    pub fn add(&mut self, other: &Self) {
        if self.sums.is_empty() {
            self.clone_from(other);
            return;
        }
        debug_assert!(other.sums.is_empty() || other.sums.len() == self.sums.len());
        self.n += other.n;
        self.sums.iter_mut().zip(&other.sums).for_each(|(a, b)| *a += b);
        self.products.iter_mut().zip(&other.products).for_each(|(a, b)| *a += b);
    }

    /// The covariance matrix of the codes, with n - 1, as its k rows: the nearest numbers to
    /// the exact quotients.
    ///
    /// `None` under two cases, without items, and where the numbers of sums and products do
    /// not fit.
    pub fn covariances(&self) -> Option<Vec<Vec<f64>>> {
        let items = self.sums.len();
        if self.n < 2 || items == 0 || self.products.len() != items * (items + 1) / 2 {
            return None;
        }
        let n = i128::from(self.n);
        let divisor = (n * (n - 1)) as f64;
        let covariance = |a: usize, b: usize| {
            let (a, b) = (a.min(b), a.max(b));
            let place = a * items - a * (a + 1) / 2 + b;
            let sums = i128::from(*self.sums.get(a)?) * i128::from(*self.sums.get(b)?);
            Some((n * i128::from(*self.products.get(place)?) - sums) as f64 / divisor)
        };
        (0..items).map(|a| (0..items).map(|b| covariance(a, b)).collect()).collect()
    }

    /// Alpha and omega of the scale, from 100 complete cases and 3 items up; this is where the
    /// two limits of publication stand. `None` under them.
    pub fn reliability(&self) -> Option<Reliability> {
        if self.n < LEAST_CASES || self.sums.len() < LEAST_ITEMS {
            return None;
        }
        let covariances = self.covariances()?;
        Some(Reliability { alpha: alpha(&covariances), omega: omega(&covariances) })
    }
}

/// Cronbach's alpha of the sum of k items, from their covariance matrix:
/// `k / (k - 1) (1 - sum s_ii / sum s_ij)`.
///
/// Source: L. J. Cronbach, Coefficient alpha and the internal structure of tests, Psychometrika
/// 16 (1951) 297-334; `raw_alpha` of R's `psych::alpha`. `None` for fewer than two items, where
/// the sum does not vary, and where an item does not vary (`psych` would drop it and give the
/// alpha of another scale).
pub fn alpha(covariances: &[Vec<f64>]) -> Option<f64> {
    let deviations = deviations(covariances)?;
    let items = covariances.len() as f64;
    let own: f64 = deviations.iter().map(|sd| sd * sd).sum();
    let all: f64 = covariances.iter().flatten().sum();
    (items > 1.0 && all > 0.0).then(|| items / (items - 1.0) * (1.0 - own / all))
}

/// McDonald's omega total of the sum of the items, from their covariance matrix:
/// `(sum l_i)^2 / ((sum l_i)^2 + sum theta_i)`, where [`one_factor`] of the correlation matrix
/// gives loadings and uniquenesses, l_i is a loading times the item's standard deviation and
/// theta_i its uniqueness times its variance.
///
/// Source: R. P. McDonald, Test Theory: A Unified Treatment (1999), chapter 6. `None` where an
/// item does not vary and where [`one_factor`] gives nothing.
pub fn omega(covariances: &[Vec<f64>]) -> Option<f64> {
    let deviations = deviations(covariances)?;
    let correlation = |(row, sd): (&Vec<f64>, &f64)| {
        row.iter().zip(&deviations).map(|(covariance, other)| covariance / (sd * other)).collect()
    };
    let correlations: Vec<Vec<f64>> =
        covariances.iter().zip(&deviations).map(correlation).collect();
    let OneFactor { loadings, uniquenesses } = one_factor(&correlations)?;
    let common: f64 = loadings.iter().zip(&deviations).map(|(loading, sd)| loading * sd).sum();
    let unique: f64 = uniquenesses.iter().zip(&deviations).map(|(psi, sd)| psi * sd * sd).sum();
    Some(common * common / (common * common + unique))
}

/// The items' standard deviations; `None` where one does not vary.
fn deviations(covariances: &[Vec<f64>]) -> Option<Vec<f64>> {
    let own = covariances.iter().enumerate().map(|(item, row)| row.get(item));
    own.map(|variance| variance.filter(|v| **v > 0.0).map(|v| v.sqrt())).collect()
}
