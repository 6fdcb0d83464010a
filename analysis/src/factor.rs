//! One common factor behind the items of a scale, by maximum likelihood.

use crate::linear_equations::solve;

/// A factor solution: of each item its loading and its uniqueness, for standardised items.
/// Loadings are -1 to 1, `loading^2 + uniqueness = 1`.
#[derive(Debug, Clone, PartialEq)]
pub struct OneFactor {
    pub loadings: Vec<f64>,
    pub uniquenesses: Vec<f64>,
}

/// Under it an item counts as explained in full, a Heywood case: the bound at which R's
/// `factanal` stops.
const LEAST_UNIQUENESS: f64 = 0.005;
const STEPS: usize = 500;
/// Of the last step in the logarithm of a uniqueness.
const TOLERANCE: f64 = 1e-9;

/// The maximum-likelihood solution of the one-factor model on a correlation matrix of at least
/// 3 items, given as its rows. Of the two solutions the one whose loadings have a positive sum.
///
/// Minimises over the logarithms of the uniquenesses psi what is left of the likelihood when
/// the loadings are at their best: with e and w the first eigenvalue and eigenvector of
/// `R* = psi^-1/2 R psi^-1/2` that is `sum ln psi + tr R* - e + ln e`, its slopes
/// `(1 - w_i^2) - (R*_ii - e w_i^2)`, and its second derivatives near a fit `(d_ij - w_i w_j)^2`.
/// Loadings are `psi_i^1/2 w_i (e - 1)^1/2`. Source: K. G. Joreskog, Psychometrika 32 (1967)
/// 443-482; D. N. Lawley and A. E. Maxwell, Factor Analysis as a Statistical Method (1971),
/// chapter 4. The same solution as R's `factanal(factors = 1)`, from the same start.
///
/// `None` for fewer than 3 items, a singular matrix (an item that others determine), no
/// convergence, and a uniqueness of 0.005 or less (a Heywood case).
pub fn one_factor(correlations: &[Vec<f64>]) -> Option<OneFactor> {
    if correlations.len() < 3 {
        return None;
    }
    let mut logs = start(correlations)?;
    let mut at = Point::at(correlations, &logs)?;
    for _ in 0..STEPS {
        let step = at.step()?;
        if step.iter().all(|part| part.abs() < TOLERANCE) {
            return at.solution(&logs);
        }
        (logs, at) = better(correlations, &logs, &at, &step)?;
    }
    None
}

/// Half of what the other items leave unexplained of each: `1 / (R^-1)_ii / 2`.
fn start(correlations: &[Vec<f64>]) -> Option<Vec<f64>> {
    let size = correlations.len();
    let log = |item: usize| {
        let unit = (0..size).map(|other| if other == item { 1.0 } else { 0.0 }).collect();
        Some((0.5 / solve(correlations.to_vec(), unit)?.get(item)?).ln())
    };
    (0..size).map(log).collect()
}

/// A step of Newton's, halved until the likelihood does not get worse.
fn better(
    correlations: &[Vec<f64>],
    logs: &[f64],
    at: &Point,
    step: &[f64],
) -> Option<(Vec<f64>, Point)> {
    let longest = step.iter().fold(0.0f64, |longest, part| longest.max(part.abs()));
    // No uniqueness changes more than e-fold at once.
    let mut part = 1.0 / longest.max(1.0);
    for _ in 0..40 {
        let next: Vec<f64> = logs.iter().zip(step).map(|(log, step)| log - part * step).collect();
        let reached = Point::at(correlations, &next)?;
        if reached.value <= at.value + 1e-13 * at.value.abs().max(1.0) {
            return Some((next, reached));
        }
        part /= 2.0;
    }
    None
}

/// The likelihood at some uniquenesses.
struct Point {
    value: f64,
    slopes: Vec<f64>,
    eigenvalue: f64,
    vector: Vec<f64>,
}

impl Point {
    fn at(correlations: &[Vec<f64>], logs: &[f64]) -> Option<Self> {
        let row = |(row, log): (&Vec<f64>, &f64)| -> Vec<f64> {
            row.iter().zip(logs).map(|(r, other)| r * (-(log + other) / 2.0).exp()).collect()
        };
        let scaled: Vec<Vec<f64>> = correlations.iter().zip(logs).map(row).collect();
        let (eigenvalue, vector) = first_eigenpair(&scaled)?;
        // The correlation of an item with itself is 1.
        let diagonal: Vec<f64> = logs.iter().map(|log| (-log).exp()).collect();
        let slope = |(own, w): (&f64, &f64)| (1.0 - w * w) - (own - eigenvalue * w * w);
        let slopes = diagonal.iter().zip(&vector).map(slope).collect();
        let value =
            logs.iter().sum::<f64>() + diagonal.iter().sum::<f64>() - eigenvalue + eigenvalue.ln();
        value.is_finite().then_some(Self { value, slopes, eigenvalue, vector })
    }

    /// How far off the solution the uniquenesses' logarithms are, by Newton's method.
    fn step(&self) -> Option<Vec<f64>> {
        let second = |a: usize, x: f64, b: usize, y: f64| {
            let part = if a == b { 1.0 - x * y } else { -x * y };
            part * part
        };
        let row = |(a, x): (usize, &f64)| {
            self.vector.iter().enumerate().map(|(b, y)| second(a, *x, b, *y)).collect()
        };
        solve(self.vector.iter().enumerate().map(row).collect(), self.slopes.clone())
    }

    fn solution(&self, logs: &[f64]) -> Option<OneFactor> {
        let uniquenesses: Vec<f64> = logs.iter().map(|log| log.exp()).collect();
        if uniquenesses.iter().any(|uniqueness| *uniqueness <= LEAST_UNIQUENESS) {
            return None;
        }
        let length = (self.eigenvalue - 1.0).max(0.0).sqrt();
        let loadings = self.vector.iter().zip(&uniquenesses);
        let mut loadings: Vec<f64> = loadings.map(|(w, psi)| length * w * psi.sqrt()).collect();
        if loadings.iter().sum::<f64>() < 0.0 {
            loadings.iter_mut().for_each(|loading| *loading = -*loading);
        }
        Some(OneFactor { loadings, uniquenesses })
    }
}

/// The largest eigenvalue of a positive definite matrix and its eigenvector of length 1, by
/// powers; `None` when the next is so near that they do not settle.
fn first_eigenpair(matrix: &[Vec<f64>]) -> Option<(f64, Vec<f64>)> {
    let square = |row: &&Vec<f64>| row.iter().map(|x| x * x).sum::<f64>();
    let mut vector = matrix.iter().max_by(|a, b| square(a).total_cmp(&square(b)))?.clone();
    for _ in 0..20_000 {
        let next: Vec<f64> = matrix.iter().map(|row| dot(row, &vector)).collect();
        let length = dot(&next, &next).sqrt();
        let next: Vec<f64> = next.iter().map(|x| x / length).collect();
        let moved = next.iter().zip(&vector).fold(0.0f64, |most, (a, b)| most.max((a - b).abs()));
        vector = next;
        if moved < 1e-14 {
            return Some((length, vector));
        }
    }
    None
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
