//! Means of whole numbers: what indicators are made of. One pass over the rows of a domain, in
//! whole numbers, so that the same rows in any order give the same bytes.

use super::design::{Design, DesignProblem, Stage};
use super::estimate::Estimate;
use super::variance::Totals;

/// What the rows of a domain add up to in one cluster, weights in units.
#[derive(Clone, Copy, Default)]
struct Sum {
    weight: u128,
    /// Weight times value.
    value: u128,
    /// Whether it holds a row of the domain, be it without weight.
    seen: bool,
}

impl Design {
    /// The mean of `values`, under 2^18, one for each of `rows`, which is the domain; of values 0
    /// and 1 a proportion. No rows, or rows without weight, give NaN. The same as [`Self::mean`]
    /// to rounding, and for the same rows in another order the same to the bit, unless weights were calibrated.
    ///
    /// # Errors
    /// [`DesignProblem::Lonely`].
    pub fn mean_of_whole(&self, rows: &[u32], values: &[u32]) -> Result<Estimate, DesignProblem> {
        if !self.calibrations.is_empty() {
            let values: Vec<f64> = values.iter().copied().map(f64::from).collect();
            return self.mean(rows, &values);
        }
        let mut square: u128 = 0;
        for (row, value) in rows.iter().zip(values) {
            let value = u128::from(*value);
            square += u128::from(self.weights.units(*row)) * value * value;
        }
        let mut estimate =
            Estimate { n: rows.len(), value: f64::NAN, variance: 0.0, df: 0, deff: None };
        for (number, stage) in self.stages.iter().enumerate() {
            let sums = stage.sums(self, rows, values);
            let weight = sums.iter().map(|sum| sum.weight).sum::<u128>() as f64;
            if number == 0 {
                let value = sums.iter().map(|sum| sum.value).sum::<u128>() as f64;
                estimate.value = value / weight;
                estimate.df = stage.freedom(sums.iter().map(|sum| sum.weight > 0));
                let spread = square as f64 / weight - estimate.value * estimate.value;
                let simple = spread / (estimate.n as f64 - 1.0);
                estimate.deff = Some(simple).filter(|simple| *simple > 0.0 && simple.is_finite());
            }
            let totals = stage.totals_of(&sums, estimate.value, weight);
            let variance = self.of_stage(number, stage, &totals, 1)?;
            estimate.variance += variance.first().copied().unwrap_or(f64::NAN);
        }
        let deff = estimate.deff.map(|simple| estimate.variance / simple);
        Ok(Estimate { deff, ..estimate })
    }
}

impl Stage {
    fn sums(&self, design: &Design, rows: &[u32], values: &[u32]) -> Vec<Sum> {
        let mut sums = vec![Sum::default(); self.stratum.len()];
        for (row, value) in rows.iter().zip(values) {
            let cluster = self.cluster.get(*row as usize);
            let Some(sum) = cluster.and_then(|cluster| sums.get_mut(*cluster as usize)) else {
                continue;
            };
            let weight = u128::from(design.weights.units(*row));
            sum.weight += weight;
            sum.value += weight * u128::from(*value);
            sum.seen = true;
        }
        sums
    }

    /// Totals of the influence values of a mean.
    fn totals_of(&self, sums: &[Sum], mean: f64, weight: f64) -> Totals {
        let total = |sum: &Sum| (sum.value as f64 - mean * sum.weight as f64) / weight;
        let mut of_cluster: Vec<f64> = sums.iter().map(total).collect();
        let mut touched = vec![false; self.strata.len()];
        for (stratum, _) in self.stratum.iter().zip(sums).filter(|(_, sum)| sum.seen) {
            touched.get_mut(*stratum as usize).into_iter().for_each(|touched| *touched = true);
        }
        // Within a stratum it only matters how much they differ; where every row is a cluster,
        // their numbers come from the order of the rows.
        let mut rest = of_cluster.as_mut_slice();
        for stratum in &self.strata {
            let Some((own, after)) = rest.split_at_mut_checked(stratum.drawn as usize) else {
                break;
            };
            own.sort_unstable_by(f64::total_cmp);
            rest = after;
        }
        Totals { of_cluster, touched }
    }
}
