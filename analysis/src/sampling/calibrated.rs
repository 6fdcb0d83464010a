use super::calibration::{Calibration, CalibrationProblem, Convergence, Known, solve_scaled};
use super::design::Design;
use super::weights::Weights;
use std::sync::Arc;

/// Weights that were brought to known totals, kept because what the totals explain no longer adds
/// to the error.
#[derive(Debug)]
pub(super) struct Calibrated {
    /// Before, and what they were taken times.
    weights: Vec<f64>,
    factors: Vec<f64>,
    auxiliaries: Vec<Vec<f64>>,
    products: Vec<Vec<f64>>,
}

impl Calibrated {
    /// Leaves of influence values, a number of columns for every row, what a regression on the
    /// auxiliary values does not explain.
    fn residuals(&self, columns: usize, values: &mut [f64]) {
        for column in 0..columns {
            let right = |auxiliary: &Vec<f64>| -> f64 {
                let rows = values.chunks(columns).zip(auxiliary).zip(&self.factors);
                let one = rows.map(|((row, x), factor)| {
                    let value = row.get(column).copied().unwrap_or_default();
                    if value == 0.0 { 0.0 } else { value * x / factor }
                });
                one.sum()
            };
            let right = self.auxiliaries.iter().map(right).collect();
            let Some(beta) = solve_scaled(self.products.clone(), right) else { continue };
            let known = Known { auxiliaries: &self.auxiliaries, totals: &[] };
            let explained = known.combined(&beta, self.weights.len());
            let rows = values.chunks_mut(columns).zip(explained);
            for ((row, explained), (weight, factor)) in
                rows.zip(self.weights.iter().zip(&self.factors))
            {
                if let Some(value) = row.get_mut(column) {
                    *value -= weight * factor * explained;
                }
            }
        }
    }
}

impl Design {
    /// The same sample with weights that add up to known totals. Errors of estimates from it
    /// count what the auxiliary values do not explain.
    ///
    /// # Errors
    /// [`CalibrationProblem`].
    pub fn calibrated(
        &self,
        calibration: &Calibration,
        known: Known<'_>,
    ) -> Result<(Self, Convergence), CalibrationProblem> {
        let weights = self.weights.all();
        let (factors, convergence) = calibration.factors(weights, known)?;
        let product = weights.iter().zip(&factors).map(|(weight, factor)| weight * factor);
        let product: Vec<f64> = product.collect();
        let one = Calibrated {
            products: known.products(weights),
            weights: weights.to_vec(),
            factors,
            auxiliaries: known.auxiliaries.to_vec(),
        };
        let mut calibrated = Self { weights: Weights::new(product), ..self.clone() };
        calibrated.calibrations.push(Arc::new(one));
        Ok((calibrated, convergence))
    }

    /// Influence values of every row, of which what is known already is taken away; `values`
    /// holds those of `rows`.
    pub(super) fn unexplained(&self, rows: &[u32], columns: usize, values: &[f64]) -> Vec<f64> {
        let mut all = vec![0.0; self.rows() * columns];
        for (row, values) in rows.iter().zip(values.chunks(columns)) {
            let start = *row as usize * columns;
            let slots = all.get_mut(start..start + columns);
            slots.into_iter().flatten().zip(values).for_each(|(slot, value)| *slot = *value);
        }
        self.calibrations.iter().for_each(|one| one.residuals(columns, &mut all));
        all
    }
}
