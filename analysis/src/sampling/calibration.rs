use crate::linear_equations::solve;

/// What weights are brought to: known totals of auxiliary values of the population.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// A column an auxiliary value, each with a value a row; none follows from the others.
    pub auxiliaries: &'a [Vec<f64>],
    /// The total of each in the population.
    pub totals: &'a [f64],
}

/// How weights are brought to known totals, and how far each may move. Source: J.-C. Deville,
/// C.-E. Sarndal, Journal of the American Statistical Association 87 (1992) 376-382; R's
/// `calibrate(calfun = "linear")` and `"raking"`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    pub method: Method,
    /// The lowest and the highest factor that a weight may be taken times.
    pub bounds: (f64, f64),
}

/// What the factor of a row is of the linear combination of its auxiliary values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// One more than it (the generalised regression estimator): may make weights negative.
    Linear,
    /// Its exponential: factors stay above 0.
    Raking,
}

/// How well known totals were reached.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Convergence {
    pub rounds: u32,
    /// The largest difference from a known total, over one more than the total.
    pub misfit: f64,
    /// The factors that weights were taken times.
    pub lowest: f64,
    pub highest: f64,
    /// Rows whose factor is one of the bounds.
    pub at_bounds: usize,
}

/// Why weights cannot be brought to known totals.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CalibrationProblem {
    #[error("{got} values for {expected}")]
    Length { expected: usize, got: usize },
    #[error("auxiliary value {column} is no number in row {row}, or its total is none")]
    NotANumber { column: usize, row: usize },
    #[error("an auxiliary value follows from the others, or no row has it; leave it out")]
    Dependent,
    #[error("the lowest factor must be under 1 and the highest over 1")]
    Bounds,
    #[error(
        "after {} rounds the totals are still missed by {:.1e}, with factors from {:.3} to {:.3}; \
         widen the bounds, join small groups, or bring the sum of the weights near the population \
         first", .0.rounds, .0.misfit, .0.lowest, .0.highest
    )]
    NotReached(Convergence),
    #[error("margin {margin} adds up to {got}, the first to {first}")]
    Margins { margin: usize, first: f64, got: f64 },
    #[error("every weight lies outside the limits, so there is none to take the rest")]
    NothingWithin,
}

/// As near as R's `calibrate` goes unless told otherwise.
const CLOSE: f64 = 1e-7;
const MOST_ROUNDS: u32 = 50;

impl Calibration {
    /// Without bounds.
    pub fn new(method: Method) -> Self {
        Self { method, bounds: (f64::NEG_INFINITY, f64::INFINITY) }
    }

    /// The factor less 1.
    fn factor(&self, x: f64) -> f64 {
        let free = match self.method {
            Method::Linear => x + 1.0,
            Method::Raking => x.exp(),
        };
        free.min(self.bounds.1).max(self.bounds.0) - 1.0
    }

    /// How much the factor changes with `x`. R compares the bounds with `x` for raking, too, not
    /// with the factor; the same here, so that it takes the same steps.
    fn slope(&self, x: f64) -> f64 {
        match (self.method, x < self.bounds.1 - 1.0 && x > self.bounds.0 - 1.0) {
            (_, false) => 0.0,
            (Method::Linear, true) => 1.0,
            (Method::Raking, true) => x.exp(),
        }
    }

    /// The factor of each row.
    ///
    /// # Errors
    /// [`CalibrationProblem`]; totals that are not reached in 50 rounds are one.
    pub fn factors(
        &self,
        weights: &[f64],
        known: Known<'_>,
    ) -> Result<(Vec<f64>, Convergence), CalibrationProblem> {
        known.check(weights.len())?;
        if !(self.bounds.0 < 1.0 && self.bounds.1 > 1.0) {
            return Err(CalibrationProblem::Bounds);
        }
        let mut eta = vec![0.0; known.totals.len()];
        let mut combined = vec![0.0; weights.len()];
        let mut rounds = 0;
        loop {
            let missing = self.missing(weights, known, &combined);
            let slopes = weights.iter().zip(&combined).map(|(weight, x)| weight * self.slope(*x));
            let slopes: Vec<f64> = slopes.collect();
            let step = solve_scaled(known.products(&slopes), missing);
            // Later on it is the bounds that leave too few rows to move.
            if step.is_none() && rounds == 0 {
                return Err(CalibrationProblem::Dependent);
            }
            let step = step.unwrap_or_default();
            rounds += 1 + self.walk(known, &mut eta, step, &mut combined);
            let told = self.told(weights, known, &combined, rounds);
            if told.misfit < CLOSE {
                let factors = combined.iter().map(|x| 1.0 + self.factor(*x)).collect();
                return Ok((factors, told));
            }
            if rounds >= MOST_ROUNDS {
                return Err(CalibrationProblem::NotReached(told));
            }
        }
    }

    /// Goes a step, halved as often as it takes for factors to be numbers; how often that was.
    fn walk(
        &self,
        known: Known<'_>,
        eta: &mut Vec<f64>,
        mut step: Vec<f64>,
        combined: &mut Vec<f64>,
    ) -> u32 {
        let mut halved = 0;
        loop {
            let next: Vec<f64> = eta.iter().zip(&step).map(|(eta, step)| eta + step).collect();
            let there = known.combined(&next, combined.len());
            let finite = |x: &f64| self.factor(*x).is_finite() && self.slope(*x).is_finite();
            if there.iter().all(finite) || halved >= MOST_ROUNDS {
                if !step.is_empty() {
                    (*eta, *combined) = (next, there);
                }
                return halved;
            }
            halved += 1;
            step.iter_mut().for_each(|step| *step /= 2.0);
        }
    }

    /// Of each total what weights with these factors lack.
    fn missing(&self, weights: &[f64], known: Known<'_>, combined: &[f64]) -> Vec<f64> {
        let weighted = |column: &Vec<f64>| {
            let rows = column.iter().zip(weights).zip(combined);
            rows.map(|((value, weight), x)| value * weight * (1.0 + self.factor(*x))).sum::<f64>()
        };
        let pairs = known.auxiliaries.iter().zip(known.totals);
        pairs.map(|(column, total)| total - weighted(column)).collect()
    }

    fn told(
        &self,
        weights: &[f64],
        known: Known<'_>,
        combined: &[f64],
        rounds: u32,
    ) -> Convergence {
        let missing = self.missing(weights, known, combined);
        let misfits = missing.iter().zip(known.totals);
        let misfits = misfits.map(|(missing, total)| missing.abs() / (1.0 + total.abs()));
        // Not a number counts as no end of misfit.
        let misfits = misfits.map(|one| if one.is_nan() { f64::INFINITY } else { one });
        let misfit = misfits.fold(0.0, f64::max);
        let factors = || combined.iter().map(|x| 1.0 + self.factor(*x));
        let at_bound = |factor: &f64| *factor <= self.bounds.0 || *factor >= self.bounds.1;
        Convergence {
            rounds,
            misfit,
            lowest: factors().fold(f64::INFINITY, f64::min),
            highest: factors().fold(f64::NEG_INFINITY, f64::max),
            at_bounds: factors().filter(at_bound).count(),
        }
    }
}

impl Known<'_> {
    fn check(&self, rows: usize) -> Result<(), CalibrationProblem> {
        let (expected, got) = (self.auxiliaries.len(), self.totals.len());
        if expected != got {
            return Err(CalibrationProblem::Length { expected, got });
        }
        for (column, (values, total)) in self.auxiliaries.iter().zip(self.totals).enumerate() {
            if values.len() != rows {
                return Err(CalibrationProblem::Length { expected: rows, got: values.len() });
            }
            let bad = values.iter().position(|value| !value.is_finite());
            let bad = bad.or((!total.is_finite()).then_some(0));
            if let Some(row) = bad {
                return Err(CalibrationProblem::NotANumber { column: column + 1, row: row + 1 });
            }
        }
        Ok(())
    }

    pub(super) fn combined(&self, eta: &[f64], rows: usize) -> Vec<f64> {
        let mut sums = vec![0.0; rows];
        for (column, eta) in self.auxiliaries.iter().zip(eta) {
            sums.iter_mut().zip(column).for_each(|(sum, value)| *sum += eta * value);
        }
        sums
    }

    /// Sums of products of the auxiliary values, weighted.
    pub(super) fn products(&self, weights: &[f64]) -> Vec<Vec<f64>> {
        let product = |one: &[f64], other: &[f64]| -> f64 {
            let rows = one.iter().zip(other).zip(weights);
            rows.map(|((one, other), weight)| one * other * weight).sum()
        };
        let line = |one: &Vec<f64>| self.auxiliaries.iter().map(|two| product(one, two)).collect();
        self.auxiliaries.iter().map(line).collect()
    }
}

/// x of A x = b for a symmetric A, brought to a diagonal of ones first; `None` when a column
/// follows from others.
pub(super) fn solve_scaled(mut rows: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let diagonal = rows.iter().enumerate().map(|(at, row)| row.get(at).copied());
    let scales = diagonal.map(|value| value.filter(|value| *value > 0.0).map(f64::sqrt));
    let scales: Vec<f64> = scales.collect::<Option<_>>()?;
    for ((row, right), scale) in rows.iter_mut().zip(&mut right).zip(&scales) {
        row.iter_mut().zip(&scales).for_each(|(value, other)| *value /= scale * other);
        *right /= scale;
    }
    let solved = solve(rows, right)?;
    Some(solved.iter().zip(&scales).map(|(value, scale)| value / scale).collect())
}
