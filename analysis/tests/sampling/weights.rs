//! Weights that are brought to known totals or replicated, against R.

use crate::data::{Data, design};
use analysis::sampling::{
    Calibration, CalibrationProblem, Design, Drawn, Known, Lonely, Method, Replicates, margins,
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const CLOSE: f64 = 1e-8;

/// A design as a case of the figures has it, with replicates and what they are brought to.
struct Case {
    data: Data,
    design: Design,
    replicates: Option<Replicates>,
    again: Option<(Vec<Vec<f64>>, Vec<f64>)>,
}

impl Case {
    fn new(name: &str) -> Self {
        let (base, rest) = match name {
            "jackknife_apistrat" | "strata_api99" => ("apistrat", name),
            "jackknife_calibrated" => ("apiclus1_without_fpc", name),
            "scd" | "scd_fpc" => (name, "linearised"),
            "scd_jackknife" => ("scd", name),
            "scd_jackknife_fpc" => ("scd_fpc", name),
            lonely if lonely.starts_with("lonely_jackknife") => (lonely, name),
            _ => ("apiclus1", name),
        };
        let (data, design) = design(&base.replace("_jackknife", ""));
        let replicates = rest.contains("jackknife").then(|| design.jackknife().unwrap());
        let mut case = Self { data, design, replicates, again: None };
        case.calibrate(name);
        case
    }

    fn calibrate(&mut self, name: &str) {
        let calibrated = ["linear", "raking", "bounded", "trimmed", "strata", "raked"];
        let calibrated = calibrated.iter().any(|one| name.starts_with(one));
        if !calibrated && name != "jackknife_calibrated" {
            return;
        }
        let (mut columns, mut totals) = (vec![vec![1.0; self.design.rows()]], vec![6194.0]);
        if name != "strata_api99" {
            columns.extend(["H", "M"].map(|stype| self.data.marks("stype", stype)));
            totals.extend([755.0, 1018.0]);
        }
        if name.ends_with("api99") {
            columns.push(self.data.numbers("api99"));
            totals.push(3_914_069.0);
        }
        let free = Calibration::new(Method::Linear);
        let calibration = match name {
            "raking_api99" | "raked_margins" => Calibration::new(Method::Raking),
            "bounded_api99" => Calibration { bounds: (0.5, 1.6), ..free },
            "jackknife_calibrated" => {
                self.again = Some((columns, totals));
                return;
            }
            _ => free,
        };
        if name == "raked_margins" {
            let of_type = |text: &String| ["E", "H", "M"].iter().position(|one| one == text);
            let types = self.data.texts("stype").iter().map(|text| of_type(text).unwrap() as u32);
            let types: Vec<u32> = types.collect();
            let wide: Vec<u32> =
                self.data.numbers("sch.wide").into_iter().map(|one| one as u32).collect();
            let counts: [&[f64]; 2] = [&[4421.0, 755.0, 1018.0], &[1072.0, 5122.0]];
            (columns, totals) = margins(&[&types, &wide], &counts).unwrap();
        }
        let known = Known { auxiliaries: &columns, totals: &totals };
        let (design, told) = self.design.calibrated(&calibration, known).unwrap();
        assert!(told.misfit < 1e-7 && told.rounds < 20, "{told:?}");
        assert!(told.lowest >= calibration.bounds.0 && told.highest <= calibration.bounds.1);
        self.design = design;
        if name == "trimmed_api99" {
            let (design, told) = self.design.trimmed(20.0, 45.0).unwrap();
            assert!(told.rows > 0 && told.moved > 0.0, "{told:?}");
            self.design = design;
        }
    }

    fn rows(&self, rest: &[&str]) -> Vec<u32> {
        let rows = 0..self.design.rows() as u32;
        match rest {
            [column, code] => {
                rows.filter(|row| self.data.texts(column)[*row as usize] == **code).collect()
            }
            _ => rows.collect(),
        }
    }

    /// Value and standard error.
    fn figure(&self, words: &[&str]) -> (f64, Option<f64>) {
        let all = self.rows(&[]);
        let weights = || all.iter().map(|row| self.design.weight(*row));
        let (variable, rest) = (words[1], &words[2..]);
        let rows = match words[0] {
            "lowest" => return (weights().fold(f64::INFINITY, f64::min), None),
            "highest" => return (weights().fold(0.0, f64::max), None),
            "mean" => self.rows(rest),
            _ => all,
        };
        let of = |variable: &str| -> Vec<f64> {
            let numbers = self.data.numbers(variable);
            rows.iter().map(|row| numbers[*row as usize]).collect()
        };
        let ones = vec![1.0; rows.len()];
        let (values, bases) = match words[0] {
            "ratio" => (of(variable), of(rest[0])),
            _ => (of(variable), ones),
        };
        let estimate = match words[0] {
            "total" => self.design.total(&rows, &values),
            _ => self.design.ratio(&rows, &values, &bases),
        };
        let estimate = estimate.unwrap();
        let Some(replicates) = &self.replicates else {
            return (estimate.value, Some(estimate.se()));
        };
        let sum = |weights: &[f64], values: &[f64]| -> f64 {
            rows.iter().zip(values).map(|(row, value)| weights[*row as usize] * value).sum()
        };
        let estimator = |weights: &[f64]| {
            let weights = self.recalibrated(weights);
            match words[0] {
                "total" => sum(&weights, &values),
                _ => sum(&weights, &values) / sum(&weights, &bases),
            }
        };
        let whole: Vec<f64> =
            (0..self.design.rows() as u32).map(|row| self.design.weight(row)).collect();
        let variance = self.design.replicated_variance(replicates, estimator);
        (estimator(&whole), Some(variance.sqrt()))
    }

    fn recalibrated(&self, weights: &[f64]) -> Vec<f64> {
        let Some((columns, totals)) = &self.again else { return weights.to_vec() };
        let known = Known { auxiliaries: columns, totals };
        let (factors, _) = Calibration::new(Method::Linear).factors(weights, known).unwrap();
        weights.iter().zip(factors).map(|(weight, factor)| weight * factor).collect()
    }
}

#[test]
fn every_weighted_figure_is_that_of_r() {
    let lines: Vec<Vec<&str>> = include_str!("../reference/sampling/weights.csv")
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect())
        .collect();
    assert!(lines.len() >= 60, "{}", lines.len());
    let mut wrong = Vec::new();
    for of_case in lines.chunk_by(|one, other| one[0] == other[0]) {
        let case = Case::new(of_case[0][0]);
        for line in of_case {
            let (value, se) = case.figure(&line[1].split(' ').collect::<Vec<_>>());
            let close = |ours: f64, theirs: &str| {
                let theirs: f64 = theirs.parse().unwrap();
                (ours - theirs).abs() <= CLOSE * theirs.abs().max(1.0)
            };
            if !close(value, line[2]) || se.is_some_and(|se| !close(se, line[3])) {
                wrong.push(format!("{line:?}: {value}, {se:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn bootstrap_weights_stand_for_the_sample_and_tell_its_error() {
    let (data, design) = design("apistrat_without_fpc");
    let mut random = ChaCha8Rng::seed_from_u64(8);
    let replicates = design.bootstrap(2000, |n| random.gen_range(0..n)).unwrap();
    assert_eq!(replicates.len(), 2000);
    let values = data.numbers("api00");
    let mean = |weights: &[f64]| {
        let sum: f64 = weights.iter().zip(&values).map(|(weight, value)| weight * value).sum();
        sum / weights.iter().sum::<f64>()
    };
    let rows: Vec<u32> = (0..values.len() as u32).collect();
    let linearised = design.mean(&rows, &values).unwrap();
    let ratio = design.replicated_variance(&replicates, mean) / linearised.variance;
    // The relative error of a variance from 2000 replicates is about 3 %.
    assert!((0.85..1.15).contains(&ratio), "{ratio}");
    let first = design.replicate_weights(&replicates, 0).unwrap();
    for stratum in ["E", "M", "H"] {
        let of = |weights: &dyn Fn(usize) -> f64| -> f64 {
            let inside = data.texts("stype").iter().enumerate();
            inside.filter(|(_, text)| *text == stratum).map(|(row, _)| weights(row)).sum()
        };
        let whole = of(&|row| design.weight(row as u32));
        assert!((of(&|row| first[row]) / whole - 1.0).abs() < 1e-9, "{stratum}");
    }
    assert_eq!(design.replicate_weights(&replicates, 2000), None);
    let mut random = ChaCha8Rng::seed_from_u64(8);
    let again = design.bootstrap(2, |n| random.gen_range(0..n)).unwrap();
    assert_eq!(design.replicate_weights(&again, 0), Some(first));
}

#[test]
fn totals_out_of_reach_are_told_with_how_near_they_came() {
    let (data, design) = design("apiclus1");
    let columns = [vec![1.0; design.rows()], data.numbers("api99")];
    let try_with = |columns: &[Vec<f64>], totals: &[f64], bounds: (f64, f64)| {
        let calibration = Calibration { method: Method::Linear, bounds };
        let known = Known { auxiliaries: columns, totals };
        design.calibrated(&calibration, known).map(drop).unwrap_err()
    };
    let free = (f64::NEG_INFINITY, f64::INFINITY);
    let far = try_with(&columns, &[6194.0, 9e6], (0.9, 1.1));
    assert!(matches!(far, CalibrationProblem::NotReached(told) if told.misfit > 0.01), "{far}");
    assert!(far.to_string().contains("widen the bounds"), "{far}");
    let twice = [columns[0].clone(), columns[0].clone()];
    assert_eq!(try_with(&twice, &[6194.0, 6194.0], free), CalibrationProblem::Dependent);
    let short = try_with(&columns, &[6194.0], free);
    assert_eq!(short, CalibrationProblem::Length { expected: 2, got: 1 });
    assert_eq!(try_with(&columns, &[6194.0, 1.0], (1.0, 2.0)), CalibrationProblem::Bounds);
    let nan = try_with(&columns, &[f64::NAN, 1.0], free);
    assert_eq!(nan, CalibrationProblem::NotANumber { column: 1, row: 1 });
    let unequal = margins(&[&[0, 1], &[0, 0]], &[&[3.0, 4.0], &[8.0]]).unwrap_err();
    assert_eq!(unequal, CalibrationProblem::Margins { margin: 2, first: 7.0, got: 8.0 });
    let nobody = design.trimmed(1e6, 2e6).map(drop).unwrap_err();
    assert_eq!(nobody, CalibrationProblem::NothingWithin);
}

#[test]
fn one_cluster_in_a_stratum_has_no_replicates() {
    let drawn = Drawn { strata: Some(&[4, 4, 7]), clusters: &[1, 2, 1], population: None };
    let design = |lonely| Design::new(vec![1.0; 3], &[drawn], lonely).unwrap();
    assert!(design(Lonely::Fail).jackknife().is_err());
    assert!(design(Lonely::Fail).bootstrap(9, |_| 0).is_err());
    let certain = design(Lonely::Certain);
    assert_eq!(certain.jackknife().unwrap().len(), 2);
    let replicates = certain.bootstrap(2, |_| 0).unwrap();
    assert_eq!(certain.replicate_weights(&replicates, 1), Some(vec![2.0, 0.0, 1.0]));
    assert!(certain.bootstrap(1, |_| 0).is_err());
}
