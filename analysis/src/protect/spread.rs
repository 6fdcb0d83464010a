//! How alike pupils of one class or school answer, for the header of a release.

use super::numbers::Numbers;
use crate::measured::Measured;
use crate::tree::Tree;
use crate::{Cluster, Clusters, Spread};

/// Fewer classes with answers, or fewer schools, measure nothing, and a reader might learn
/// something of one of them.
const LEAST_CLASSES: u64 = 100;
const LEAST_SCHOOLS: u64 = 30;

/// Steps in percent, rounded up to: of an intraclass correlation, so that one pupil's answer
/// cannot be told from it.
const ICC_STEPS: [u8; 8] = [0, 1, 2, 5, 10, 20, 40, 100];

/// Steps of a standard deviation, in points.
const SD_STEP: f64 = 5.0;

/// What is assumed where nothing can be measured: classes and schools about as alike as in
/// school surveys of behaviour and climate, and an even spread over the scale.
const ASSUMED: Spread = Spread { class_icc: 5, school_icc: 2, sd: None, measured: false };
const ASSUMED_SD: u8 = 30;

/// The spread of one part of a measure; `full` is the highest score of a pupil.
pub(crate) fn spread(
    tree: &Tree,
    numbers: &Numbers,
    part: usize,
    measured: &Measured,
    full: u64,
) -> Spread {
    let squares: Vec<&[u64]> =
        measured.strata.iter().map(|stratum| stratum.squares.as_slice()).collect();
    let is_mean = squares.iter().any(|squares| !squares.is_empty());
    let cluster = |node: usize| {
        let valid = numbers.valid.get(node).copied().unwrap_or_default();
        let value = numbers.parts.get(part).and_then(|part| part.get(node)).copied();
        let value = value.unwrap_or_default();
        if is_mean {
            let sum: u128 = squares
                .iter()
                .filter_map(|list| list.get(node))
                .map(|square| u128::from(*square))
                .sum();
            let full = full as f64;
            Cluster { n: valid.into(), sum: value as f64 / full, squares: sum as f64 / full / full }
        } else {
            Cluster::of_hits(value, valid.into())
        }
    };
    let classes: Clusters = (0..tree.classes()).map(cluster).collect();
    let schools: Clusters = tree.schools().map(cluster).collect();
    if classes.clusters() < LEAST_CLASSES || schools.clusters() < LEAST_SCHOOLS {
        return Spread { sd: is_mean.then_some(ASSUMED_SD), ..ASSUMED };
    }
    let sd = || {
        let points = classes.sd()? * 100.0 / SD_STEP;
        Some((points.ceil().max(1.0) * SD_STEP) as u8)
    };
    Spread {
        class_icc: step(classes.icc()),
        school_icc: step(schools.icc()),
        sd: is_mean.then(|| sd().unwrap_or(ASSUMED_SD)),
        measured: true,
    }
}

/// Nothing varies without an ICC, and then nothing is alike either.
fn step(icc: Option<f64>) -> u8 {
    let percent = icc.unwrap_or(0.0) * 100.0;
    ICC_STEPS.into_iter().find(|step| percent <= f64::from(*step)).unwrap_or(100)
}
