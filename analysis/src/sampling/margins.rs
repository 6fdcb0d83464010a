use super::calibration::CalibrationProblem;
use super::design::Design;
use super::weights::Weights;

/// Auxiliary values for known counts of some classifications, and their totals: everybody, and of
/// each classification every class but the first, which follows from the others. Raking to these
/// is raking to the margins.
///
/// `classes` holds for each classification the class of every row, from 0; `counts` how many the
/// population has in each.
///
/// # Errors
/// [`CalibrationProblem::Margins`] for counts of unequal sums, [`CalibrationProblem::Length`].
pub fn margins(
    classes: &[&[u32]],
    counts: &[&[f64]],
) -> Result<(Vec<Vec<f64>>, Vec<f64>), CalibrationProblem> {
    if classes.len() != counts.len() {
        let (expected, got) = (classes.len(), counts.len());
        return Err(CalibrationProblem::Length { expected, got });
    }
    let first: f64 = counts.first().map_or(0.0, |counts| counts.iter().sum());
    let rows = classes.first().map_or(0, |classes| classes.len());
    let (mut auxiliaries, mut totals) = (vec![vec![1.0; rows]], vec![first]);
    for (margin, (classes, counts)) in classes.iter().zip(counts).enumerate() {
        let got: f64 = counts.iter().sum();
        if (got - first).abs() > 1e-6 * first.abs() {
            return Err(CalibrationProblem::Margins { margin: margin + 1, first, got });
        }
        if let Some(wrong) = classes.iter().find(|class| **class as usize >= counts.len()) {
            let (expected, got) = (counts.len(), *wrong as usize + 1);
            return Err(CalibrationProblem::Length { expected, got });
        }
        for (class, count) in (0_u32..).zip(*counts).skip(1) {
            let of_row = classes.iter().map(|of_row| f64::from(u8::from(*of_row == class)));
            auxiliaries.push(of_row.collect());
            totals.push(*count);
        }
    }
    Ok((auxiliaries, totals))
}

/// What trimming did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trimming {
    /// How often it had to begin anew, because weights rose over the limit.
    pub rounds: u32,
    /// Rows whose weight is a limit now.
    pub rows: usize,
    /// How much weight was given to other rows.
    pub moved: f64,
}

/// More rounds move next to nothing.
const MOST_ROUNDS: u32 = 100;

impl Design {
    /// The same sample with no weight under `low` or over `high`; what is cut off is spread
    /// evenly over the others, until none is outside: R's `trimWeights(strict = TRUE)`. The sum of
    /// the weights stays; totals that they were brought to are no longer met to the last.
    ///
    /// # Errors
    /// [`CalibrationProblem::NothingWithin`].
    pub fn trimmed(&self, low: f64, high: f64) -> Result<(Self, Trimming), CalibrationProblem> {
        let mut weights = self.weights.all().to_vec();
        let mut told = Trimming { rounds: 0, rows: 0, moved: 0.0 };
        loop {
            let outside = |weight: &f64| *weight < low || *weight > high;
            let within = weights.iter().filter(|weight| !outside(weight)).count();
            if within == weights.len() || told.rounds == MOST_ROUNDS {
                break;
            }
            if within == 0 {
                return Err(CalibrationProblem::NothingWithin);
            }
            let cut = |weight: &f64| weight - weight.max(low).min(high);
            let moved: f64 = weights.iter().map(cut).sum();
            told.moved += weights.iter().map(cut).map(f64::abs).sum::<f64>();
            for weight in &mut weights {
                *weight = match outside(weight) {
                    true => weight.max(low).min(high),
                    false => *weight + moved / within as f64,
                };
            }
            told.rounds += 1;
        }
        told.rows = weights.iter().filter(|weight| **weight == low || **weight == high).count();
        Ok((Self { weights: Weights::new(weights), ..self.clone() }, told))
    }
}
