use super::design::{Design, DesignProblem, Stage};
use statrs::distribution::{ContinuousCDF, StudentsT};
use std::collections::HashSet;

/// A number for a population with its error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Rows that it rests on.
    pub n: usize,
    pub value: f64,
    /// In the square of the value's unit.
    pub variance: f64,
    /// Degrees of freedom: first-stage clusters less strata among the rows with a weight.
    pub df: usize,
    /// How many times the variance is that of a simple random sample of as many rows, drawn with
    /// replacement; of a mean or proportion, if anything varies.
    pub deff: Option<f64>,
}

impl Design {
    /// The total of `values`, one for each of `rows`, which is the domain.
    ///
    /// # Errors
    /// [`DesignProblem::Lonely`].
    pub fn total(&self, rows: &[u32], values: &[f64]) -> Result<Estimate, DesignProblem> {
        let influence: Vec<f64> = self.weighted(rows, values).collect();
        let value = influence.iter().sum();
        self.estimate(rows, value, &influence)
    }

    /// The mean of `values`, one for each of `rows`, which is the domain; of values 0 and 1 a
    /// proportion. No rows, or rows without weight, give NaN.
    ///
    /// # Errors
    /// [`DesignProblem::Lonely`].
    pub fn mean(&self, rows: &[u32], values: &[f64]) -> Result<Estimate, DesignProblem> {
        let weight: f64 = rows.iter().map(|row| self.weight(*row)).sum();
        let mean = self.weighted(rows, values).sum::<f64>() / weight;
        let differences: Vec<f64> = values.iter().map(|value| value - mean).collect();
        let influence: Vec<f64> =
            self.weighted(rows, &differences).map(|value| value / weight).collect();
        let estimate = self.estimate(rows, mean, &influence)?;
        let squares = differences.iter().map(|difference| difference * difference);
        let squares: Vec<f64> = squares.collect();
        let spread = self.weighted(rows, &squares).sum::<f64>() / weight;
        let simple = spread / (estimate.n as f64 - 1.0);
        let deff = (simple > 0.0 && simple.is_finite()).then(|| estimate.variance / simple);
        Ok(Estimate { deff, ..estimate })
    }

    /// The total of `values` divided by the total of `bases`, one of each for each of `rows`.
    ///
    /// # Errors
    /// [`DesignProblem::Lonely`].
    pub fn ratio(
        &self,
        rows: &[u32],
        values: &[f64],
        bases: &[f64],
    ) -> Result<Estimate, DesignProblem> {
        let base: f64 = self.weighted(rows, bases).sum();
        let ratio = self.weighted(rows, values).sum::<f64>() / base;
        let left: Vec<f64> =
            values.iter().zip(bases).map(|(value, base)| value - ratio * base).collect();
        let influence: Vec<f64> = self.weighted(rows, &left).map(|value| value / base).collect();
        self.estimate(rows, ratio, &influence)
    }

    /// The mean in one domain less that in another; rows may lie in both.
    ///
    /// # Errors
    /// [`DesignProblem::Lonely`].
    pub fn difference(
        &self,
        one: (&[u32], &[f64]),
        other: (&[u32], &[f64]),
    ) -> Result<Estimate, DesignProblem> {
        let mut influence = vec![0.0; self.rows()];
        let mut value = 0.0;
        for ((rows, values), sign) in [(one, 1.0), (other, -1.0)] {
            let weight: f64 = rows.iter().map(|row| self.weight(*row)).sum();
            let mean = self.weighted(rows, values).sum::<f64>() / weight;
            value += sign * mean;
            for (row, of_row) in rows.iter().zip(values) {
                if let Some(influence) = influence.get_mut(*row as usize) {
                    *influence += sign * self.weight(*row) * (of_row - mean) / weight;
                }
            }
        }
        let both: HashSet<u32> = one.0.iter().chain(other.0).copied().collect();
        let mut rows: Vec<u32> = both.into_iter().collect();
        rows.sort_unstable();
        let influence: Vec<f64> =
            rows.iter().filter_map(|row| influence.get(*row as usize).copied()).collect();
        self.estimate(&rows, value, &influence)
    }

    pub(super) fn estimate(
        &self,
        rows: &[u32],
        value: f64,
        influence: &[f64],
    ) -> Result<Estimate, DesignProblem> {
        let variance = self.variance(rows, influence)?;
        Ok(Estimate { n: rows.len(), value, variance, df: self.freedom(rows), deff: None })
    }

    /// First-stage clusters less strata among the rows with a weight.
    pub(super) fn freedom(&self, rows: &[u32]) -> usize {
        let Some(first) = self.stages.first() else { return 0 };
        let mut seen = vec![false; first.stratum.len()];
        for row in rows.iter().filter(|row| self.weight(**row) != 0.0) {
            let cluster = first.cluster.get(*row as usize);
            let seen = cluster.and_then(|cluster| seen.get_mut(*cluster as usize));
            seen.into_iter().for_each(|seen| *seen = true);
        }
        first.freedom(seen.into_iter())
    }

    fn weighted<'a>(
        &'a self,
        rows: &'a [u32],
        values: &'a [f64],
    ) -> impl Iterator<Item = f64> + 'a {
        rows.iter().zip(values).map(|(row, value)| self.weight(*row) * value)
    }
}

impl Stage {
    /// Clusters less strata among those that are marked, cluster by cluster.
    pub(super) fn freedom(&self, marked: impl Iterator<Item = bool>) -> usize {
        let of_strata = self.stratum.iter().zip(marked).filter(|(_, marked)| *marked);
        let of_strata: Vec<u32> = of_strata.map(|(stratum, _)| *stratum).collect();
        let strata = of_strata.chunk_by(|one, other| one == other).count();
        of_strata.len() - strata
    }
}

impl Estimate {
    /// The same in a unit of which one of the old holds `factor`.
    pub fn times(self, factor: f64) -> Self {
        Self { value: self.value * factor, variance: self.variance * factor * factor, ..self }
    }

    /// The standard error, in the value's unit.
    pub fn se(&self) -> f64 {
        self.variance.sqrt()
    }

    /// Student's t interval, 95 %; `None` without degrees of freedom.
    pub fn interval(&self) -> Option<(f64, f64)> {
        let half = student(self.df)? * self.se();
        Some((self.value - half, self.value + half))
    }
}

/// An interval for a proportion, 95 %, that stays within 0 and 1: Student's t on the log of the
/// odds, `ln(p/(1-p)) -+ t(df) se / (p (1-p))`. Source: E. L. Korn, B. I. Graubard, Survey
/// Methodology 24 (1998) 193-201; R's `svyciprop(method = "logit")`.
///
/// `None` without degrees of freedom and for a proportion of 0 or 1, of which the sample does not
/// tell how it varies.
pub fn logit_interval(estimate: &Estimate) -> Option<(f64, f64)> {
    let p = estimate.value;
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    let half = student(estimate.df)? * estimate.se() / (p * (1.0 - p));
    let middle = (p / (1.0 - p)).ln();
    let share = |odds: f64| 1.0 / (1.0 + (-odds).exp());
    Some((share(middle - half), share(middle + half)))
}

/// The 0.975 quantile of Student's t.
pub(super) fn student(df: usize) -> Option<f64> {
    let freedom = Some(df as f64).filter(|df| *df >= 1.0)?;
    Some(StudentsT::new(0.0, 1.0, freedom).ok()?.inverse_cdf(0.975))
}
