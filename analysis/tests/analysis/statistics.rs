//! Published examples, and what the statistics return where there is nothing to compute.

use analysis::{
    Cluster, Clusters, CrossProducts, Difference, MeanSquares, Prior, ScoreTest, Share, Verdict,
    adjusted, alpha, design_effect, flagged, mean_interval, omega, one_factor, wilson_share,
};

fn share(hits: f64, n: f64) -> Share {
    Share { share: hits / n, n, effective: n }
}

fn near(got: f64, wanted: f64, limit: f64) -> bool {
    (got - wanted).abs() <= limit
}

#[test]
fn differences_are_those_of_newcombe_1998_table_2() {
    let published = [
        (56.0, 70.0, 48.0, 80.0, 0.0524, 0.3339),
        (9.0, 10.0, 3.0, 10.0, 0.1705, 0.8090),
        (6.0, 7.0, 2.0, 7.0, 0.0582, 0.8062),
        (5.0, 56.0, 0.0, 29.0, -0.0381, 0.1926),
        (0.0, 10.0, 0.0, 20.0, -0.1611, 0.2775),
        (0.0, 10.0, 0.0, 10.0, -0.2775, 0.2775),
        (10.0, 10.0, 0.0, 20.0, 0.6791, 1.0),
        (10.0, 10.0, 0.0, 10.0, 0.6075, 1.0),
    ];
    for (hits_1, n_1, hits_2, n_2, low, high) in published {
        let got = Difference::between(share(hits_1, n_1), share(hits_2, n_2)).unwrap();
        assert!(near(got.low, low, 5.1e-5) && near(got.high, high, 5.1e-5), "{got:?}");
    }
}

#[test]
fn the_icc_is_that_of_shrout_and_fleiss_1979() {
    let targets =
        [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]];
    let cluster = |ratings: [u32; 4]| Cluster {
        n: 4.0,
        sum: f64::from(ratings.iter().sum::<u32>()),
        squares: f64::from(ratings.iter().map(|rating| rating * rating).sum::<u32>()),
    };
    let clusters: Clusters = targets.into_iter().map(cluster).collect();
    let MeanSquares { between, within, size } = clusters.mean_squares().unwrap();
    assert!(near(between, 11.24, 5e-3) && near(within, 6.26, 5e-3) && near(size, 4.0, 1e-12));
    assert!(near(clusters.icc().unwrap(), 0.17, 5e-3));
}

#[test]
fn flags_are_those_of_benjamini_and_hochberg_1995() {
    let values = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262,
        0.5719, 0.6528, 0.759, 1.0,
    ];
    assert_eq!(flagged(&values, 0.05), std::array::from_fn::<bool, 15, _>(|place| place < 4));
    assert!(adjusted(&[]).is_empty());
    assert_eq!(adjusted(&[0.04]), [0.04]);
    assert_eq!(flagged(&[0.05, 0.06], 0.06), [true, true]);
}

#[test]
fn intervals_of_nobody_and_of_no_variance() {
    assert_eq!(wilson_share(0.5, 0.0), None);
    assert_eq!(wilson_share(f64::NAN, 10.0), None);
    assert_eq!(wilson_share(1.2, 10.0), None);
    assert_eq!(wilson_share(0.2, f64::NAN), None);
    assert_eq!(wilson_share(0.0, 8.5).unwrap().0, 0.0);
    assert_eq!(wilson_share(1.0, 8.5).unwrap().1, 1.0);
    assert!(mean_interval(50.0, 20.0, 12.0, 11.0).is_some());
    for (sd, effective, freedom) in
        [(0.0, 12.0, 11.0), (20.0, 0.0, 11.0), (20.0, 1.0, 0.0), (f64::NAN, 12.0, 11.0)]
    {
        assert_eq!(mean_interval(50.0, sd, effective, freedom), None);
    }
    assert_eq!(mean_interval(50.0, 20.0, 12.0, f64::NAN), None);
}

#[test]
fn clusters_that_tell_nothing_have_no_icc_and_no_design_effect() {
    let of = |counts: &[(u64, u64)]| -> Clusters {
        counts.iter().map(|(hits, n)| Cluster::of_hits(*hits, *n)).collect()
    };
    // Nobody; a class without valid answers is none; one class; one pupil in each; all alike.
    for counts in [
        vec![],
        vec![(0, 0)],
        vec![(3, 10)],
        vec![(3, 10), (0, 0)],
        vec![(0, 1), (1, 1)],
        vec![(0, 10), (0, 20)],
        vec![(10, 10), (7, 7)],
    ] {
        let clusters = of(&counts);
        assert_eq!(clusters.icc(), None, "{counts:?}");
        assert_eq!(clusters.design_effect(), 1.0);
        assert_eq!(clusters.effective(), clusters.n());
    }
    assert_eq!((of(&[]).mean(), of(&[]).sd(), of(&[(1, 1)]).sd()), (None, None, None));
    assert_eq!(of(&[(7, 7), (3, 3)]).sd(), Some(0.0));
    // All pupils of a class alike, classes not: an ICC of 1, and a class tells as much as a pupil.
    let apart = of(&[(0, 10), (10, 10), (0, 10), (0, 10)]);
    assert_eq!((apart.icc(), apart.effective()), (Some(1.0), 4.0));
    // Rounding of equal fractions is no variance.
    for tenth in 1..100 {
        let alike = |n: u32| {
            let (n, answer) = (f64::from(n), f64::from(tenth) / 10.0);
            Cluster { n, sum: n * answer, squares: n * answer * answer }
        };
        assert_eq!([3, 7, 11].into_iter().map(alike).collect::<Clusters>().icc(), None);
    }
}

#[test]
fn a_negative_icc_is_told_but_does_not_shrink_the_variance() {
    let clusters: Clusters = (0..6).map(|_| Cluster::of_hits(2, 5)).collect();
    assert!(near(clusters.icc().unwrap(), -0.25, 1e-12));
    assert_eq!(clusters.design_effect(), 1.0);
    assert_eq!(design_effect(-0.2, 20.0), 1.0);
    assert_eq!(design_effect(0.05, 21.0), 2.0);
}

#[test]
fn equal_shares_of_none_or_all_do_not_differ() {
    for hits in [0.0, 10.0] {
        let same = ScoreTest::of(share(hits, 10.0), share(2.0 * hits, 20.0)).unwrap();
        assert_eq!((same.z, same.p), (0.0, 1.0));
    }
    let nobody = Share { share: 0.0, n: 0.0, effective: 0.0 };
    assert_eq!(ScoreTest::of(nobody, share(1.0, 10.0)), None);
    assert_eq!(Difference::between(share(1.0, 10.0), nobody), None);
}

#[test]
fn a_verdict_is_given_only_where_the_interval_leaves_out_no_difference() {
    let verdict = |a, b| Difference::between(a, b).unwrap().verdict();
    let (low, high) = (share(10.0, 100.0), share(40.0, 100.0));
    assert_eq!(verdict(high, low), Verdict::Higher);
    assert_eq!(verdict(low, high), Verdict::Lower);
    assert_eq!(verdict(low, share(12.0, 100.0)), Verdict::NotClearlyDifferent);
    // Clusters take the certainty away.
    let clustered = |share: Share| Share { effective: 8.0, ..share };
    assert_eq!(verdict(clustered(high), clustered(low)), Verdict::NotClearlyDifferent);
}

#[test]
fn the_rest_of_a_group_is_what_its_part_leaves() {
    let school = Share { share: 60.0 / 400.0, n: 400.0, effective: 200.0 };
    let rest = school.without(share(20.0, 25.0)).unwrap();
    assert!(near(rest.share, 40.0 / 375.0, 1e-15) && rest.n == 375.0 && rest.effective == 187.5);
    assert_eq!(school.without(school), None);
    // Shares taken from bands need not fit together.
    assert_eq!(share(1.0, 30.0).without(share(5.0, 10.0)).unwrap().share, 0.0);
}

#[test]
fn units_without_a_say_are_drawn_to_the_share_of_all() {
    let units = |counts: &[(u64, u64)]| -> Option<Prior> {
        let clusters = counts.iter().map(|(hits, n)| Cluster::of_hits(*hits, *n));
        Prior::of(&clusters.collect())
    };
    assert_eq!(units(&[]), None);
    assert_eq!(units(&[(3, 10)]), None);
    assert_eq!(units(&[(0, 1), (1, 1)]), None);
    assert_eq!(units(&[(0, 10), (0, 20)]), Some(Prior { share: 0.0, rho: 0.0 }));
    assert_eq!(units(&[(0, 1000), (1000, 1000)]).unwrap().rho, 0.99);
    // Units alike: everyone is where all are.
    let alike = units(&[(2, 20), (4, 40), (3, 30)]).unwrap();
    let posterior = alike.posterior(9.0, 10.0).unwrap();
    assert_eq!((alike.rho, posterior.mean(), posterior.interval()), (0.0, 0.1, (0.1, 0.1)));
    let prior = Prior { share: 0.2, rho: 0.1 };
    assert!(near(prior.posterior(0.0, 0.0).unwrap().mean(), 0.2, 1e-15));
    assert_eq!(prior.posterior(3.0, 2.0), None);
    assert_eq!(prior.posterior(f64::NAN, 2.0), None);
}

/// A correlation matrix with the same correlation of any two items.
fn parallel(items: usize, correlation: f64) -> Vec<Vec<f64>> {
    let cell = |a, b| if a == b { 1.0 } else { correlation };
    (0..items).map(|a| (0..items).map(|b| cell(a, b)).collect()).collect()
}

#[test]
fn parallel_items_have_the_reliability_of_spearman_and_brown() {
    for (items, r) in [(3, 0.5), (5, 0.2), (9, 0.4), (10, 0.9)] {
        let wanted = items as f64 * r / (1.0 + (items as f64 - 1.0) * r);
        let matrix = parallel(items, r);
        assert!(near(alpha(&matrix).unwrap(), wanted, 1e-12));
        assert!(near(omega(&matrix).unwrap(), wanted, 1e-9));
    }
}

#[test]
fn a_factor_that_cannot_be_had_is_refused() {
    // Two items; one item twice; a determined item; correlations of no one factor (psi < 0).
    assert_eq!(one_factor(&parallel(2, 0.5)), None);
    assert_eq!(one_factor(&parallel(3, 1.0)), None);
    let twins = [[1.0, 1.0, 0.5], [1.0, 1.0, 0.5], [0.5, 0.5, 1.0]].map(Vec::from);
    assert_eq!(one_factor(&twins), None);
    let heywood = [[1.0, 0.8, 0.8], [0.8, 1.0, 0.5], [0.8, 0.5, 1.0]].map(Vec::from);
    assert_eq!(one_factor(&heywood), None);
    assert!(alpha(&heywood).is_some());
    // A uniqueness of 0.003, and one of 0.006.
    let with = |psi: f64| {
        let loadings = [(1.0 - psi).sqrt(), 0.6, 0.7, 0.5];
        let cell = |a: usize, b: usize| if a == b { 1.0 } else { loadings[a] * loadings[b] };
        let rows: Vec<Vec<f64>> = (0..4).map(|a| (0..4).map(|b| cell(a, b)).collect()).collect();
        one_factor(&rows)
    };
    assert_eq!(with(0.003), None);
    assert!(with(0.006).is_some_and(|found| near(found.uniquenesses[0], 0.006, 1e-8)));
}

#[test]
fn reliability_needs_a_hundred_cases_three_items_and_variance() {
    let twice = |n: u64| CrossProducts {
        n,
        sums: vec![n; 3],
        products: vec![2 * n, n * 3 / 2, n * 3 / 2, 2 * n, n * 3 / 2, 2 * n],
    };
    assert!(twice(100).reliability().is_some_and(|found| found.alpha.is_some()));
    assert_eq!(twice(98).reliability(), None);
    let two = CrossProducts { n: 200, sums: vec![200; 2], products: vec![400, 300, 400] };
    assert_eq!(two.reliability(), None);
    assert_eq!(CrossProducts::default().reliability(), None);
    // Everyone gave the same code to the last item.
    let constant = CrossProducts {
        n: 200,
        sums: vec![200, 200, 400],
        products: vec![400, 300, 400, 400, 400, 800],
    };
    let found = constant.reliability().unwrap();
    assert_eq!((found.alpha, found.omega), (None, None));
    let unfitting = CrossProducts { n: 200, sums: vec![1; 3], products: vec![1; 5] };
    assert_eq!(unfitting.reliability(), None);
}
