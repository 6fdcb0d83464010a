use analysis::sampling::{Design, DesignProblem, Drawn, Lonely, logit_interval};
use proptest::prelude::*;

fn sample() -> impl Strategy<Value = Vec<(u32, u32, f64, f64)>> {
    prop::collection::vec((0..4u32, 0..5u32, 0.5..9.0f64, 0.0..1.0f64), 8..60)
}

fn design(sample: &[(u32, u32, f64, f64)]) -> Design {
    let strata: Vec<u32> = sample.iter().map(|row| row.0).collect();
    let clusters: Vec<u32> = sample.iter().map(|row| row.1).collect();
    let weights = sample.iter().map(|row| row.2).collect();
    let drawn = Drawn { strata: Some(&strata), clusters: &clusters, population: None };
    Design::new(weights, &[drawn], Lonely::Adjust).unwrap()
}

fn mean(sample: &[(u32, u32, f64, f64)]) -> (f64, f64) {
    let rows: Vec<u32> = (0..sample.len() as u32).collect();
    let values: Vec<f64> = sample.iter().map(|row| row.3).collect();
    let estimate = design(sample).mean(&rows, &values).unwrap();
    (estimate.value, estimate.se())
}

fn close((one, one_se): (f64, f64), (other, other_se): (f64, f64)) -> bool {
    (one - other).abs() < 1e-12 && (one_se - other_se).abs() < 1e-12
}

proptest! {
    #[test]
    fn the_order_of_rows_never_matters(sample in sample()) {
        let mut reversed = sample.clone();
        reversed.reverse();
        prop_assert!(close(mean(&sample), mean(&reversed)));
    }

    #[test]
    fn twice_the_weight_changes_no_mean(sample in sample()) {
        let twice: Vec<_> = sample.iter().map(|row| (row.0, row.1, row.2 * 2.0, row.3)).collect();
        prop_assert!(close(mean(&sample), mean(&twice)));
    }

    #[test]
    fn a_row_without_weight_in_a_known_cluster_changes_no_mean(sample in sample()) {
        let mut more = sample.clone();
        more.push((sample[0].0, sample[0].1, 0.0, 0.5));
        prop_assert!(close(mean(&sample), mean(&more)));
    }

    #[test]
    fn strata_add_their_errors_up(sample in sample()) {
        let design = design(&sample);
        let total = |inside: &dyn Fn(u32) -> bool| {
            let rows = sample.iter().zip(0..).filter(|(row, _)| inside(row.0));
            let (values, rows): (Vec<f64>, Vec<u32>) = rows.map(|(row, at)| (row.3, at)).unzip();
            design.total(&rows, &values).unwrap().variance
        };
        let whole = total(&|_| true);
        let parts: f64 = (0..4).map(|stratum| total(&|row| row == stratum)).sum();
        prop_assert!((whole - parts).abs() <= 1e-9 * whole.max(1.0), "{whole} {parts}");
    }

    #[test]
    fn proportions_are_the_means_of_ones(sample in sample(), from in 0.2..0.8f64) {
        let ones: Vec<u32> = sample.iter().map(|row| u32::from(row.3 > from)).collect();
        let values: Vec<f64> = ones.iter().copied().map(f64::from).collect();
        let rows: Vec<u32> = (0..sample.len() as u32).collect();
        let design = design(&sample);
        let (one, other) = (design.mean(&rows, &values).unwrap(), design.mean_of_whole(&rows, &ones).unwrap());
        prop_assert!((one.value - other.value).abs() < 1e-12 && (one.se() - other.se()).abs() < 1e-12);
        prop_assert_eq!((one.n, one.df), (other.n, other.df));
    }

    #[test]
    fn the_domain_of_everybody_is_no_domain(sample in sample()) {
        let rows: Vec<u32> = (0..sample.len() as u32).collect();
        let values: Vec<f64> = sample.iter().map(|row| row.3).collect();
        let design = design(&sample);
        let nothing = design.difference((&rows, &values), (&rows, &values)).unwrap();
        prop_assert!(nothing.value.abs() < 1e-12 && nothing.se() < 1e-12);
    }
}

#[test]
fn one_cluster_in_a_stratum_is_named() {
    let drawn = Drawn { strata: Some(&[4, 4, 7]), clusters: &[1, 2, 1], population: None };
    let design = Design::new(vec![1.0; 3], &[drawn], Lonely::Fail).unwrap();
    let refused = design.mean(&[0, 1, 2], &[0.0, 1.0, 1.0]).unwrap_err();
    assert_eq!(refused, DesignProblem::Lonely { stage: 1, stratum: 7 });
    // Of a domain that leaves the stratum out nothing is asked of it.
    assert!(design.mean(&[0, 1], &[0.0, 1.0]).is_ok());
}

#[test]
fn what_contradicts_itself_is_no_design() {
    let new = |weights: &[f64], clusters: &[u32], population: &[f64]| {
        let drawn = Drawn { strata: None, clusters, population: Some(population) };
        Design::new(weights.to_vec(), &[drawn], Lonely::Fail).map(drop).unwrap_err()
    };
    let weight = new(&[1.0, -1.0], &[1, 2], &[9.0, 9.0]);
    assert_eq!(weight, DesignProblem::Weight { row: 1, got: -1.0 });
    let length = new(&[1.0, 1.0], &[1], &[9.0, 9.0]);
    assert_eq!(length, DesignProblem::Length { expected: 2, got: 1 });
    let two = new(&[1.0, 1.0], &[1, 2], &[9.0, 8.0]);
    assert_eq!(two, DesignProblem::TwoPopulations { row: 2, stratum: 0, first: 9.0, got: 8.0 });
    let short = new(&[1.0, 1.0], &[1, 2], &[1.0, 1.0]);
    assert_eq!(short, DesignProblem::Population { row: 1, stratum: 0, population: 1.0, drawn: 2 });
}

#[test]
fn nobody_has_no_number_and_all_alike_no_interval() {
    let sample = [(1, 1, 1.0, 1.0), (1, 2, 1.0, 1.0), (2, 1, 1.0, 1.0), (2, 2, 1.0, 1.0)];
    let design = design(&sample);
    let all = design.mean(&[0, 1, 2, 3], &[1.0; 4]).unwrap();
    assert_eq!((all.value, all.se(), all.df, all.deff), (1.0, 0.0, 2, None));
    assert_eq!(logit_interval(&all), None);
    let nobody = design.mean(&[], &[]).unwrap();
    assert!(nobody.value.is_nan() && nobody.n == 0 && nobody.interval().is_none());
    assert_eq!(design.quantile(&[], &[], 0.5).unwrap(), None);
}
