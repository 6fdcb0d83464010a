//! Laws of the statistics, on random numbers.

use analysis::{
    Cluster, Clusters, CrossProducts, Difference, Prior, ScoreTest, Share, adjusted, alpha,
    flagged, mean_interval, omega, one_factor, wilson_share,
};
use proptest::collection::vec;
use proptest::prelude::*;

fn any_share() -> impl Strategy<Value = Share> {
    let tiny = (-20.0..0.0f64).prop_map(|exponent| 10f64.powf(exponent));
    (prop_oneof![Just(0.0), Just(1.0), 0.0..1.0f64, tiny], 1.0..1e6f64, 1.0..30.0f64)
        .prop_map(|(share, n, deff)| Share { share, n, effective: n / deff })
}

fn any_clusters() -> impl Strategy<Value = Vec<Cluster>> {
    let cluster = vec(0u32..=100, 0..40).prop_map(|answers| Cluster {
        n: answers.len() as f64,
        sum: answers.iter().map(|answer| f64::from(*answer)).sum(),
        squares: answers.iter().map(|answer| f64::from(answer * answer)).sum(),
    });
    vec(cluster, 0..30)
}

fn sum(clusters: &[Cluster]) -> Clusters {
    clusters.iter().copied().collect()
}

fn close(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        (a, b) => a == b,
    }
}

proptest! {
    #[test]
    fn an_interval_holds_its_share_and_widens_as_the_sample_shrinks(
        share in any_share(), less in 0.01..1.0f64,
    ) {
        let (low, high) = wilson_share(share.share, share.effective).unwrap();
        prop_assert!(0.0 <= low && low <= share.share && share.share <= high && high <= 1.0);
        let (wider_low, wider_high) = wilson_share(share.share, share.effective * less).unwrap();
        prop_assert!(wider_low <= low + 1e-15 && high <= wider_high + 1e-15);
    }

    #[test]
    fn the_interval_of_a_mean_widens_with_fewer_pupils_or_clusters(
        mean in 0.0..100.0f64, sd in 0.1..50.0f64, effective in 1.0..1e5f64,
        freedom in 1.0..2e5f64, less in 0.01..1.0f64,
    ) {
        let width = |effective, freedom| {
            let (low, high) = mean_interval(mean, sd, effective, freedom).unwrap();
            assert!(low <= mean && mean <= high);
            high - low
        };
        let full = width(effective, freedom);
        prop_assert!(width(effective * less, freedom) > full);
        prop_assert!(width(effective, (freedom * less).max(1.0)) >= full * (1.0 - 1e-9));
    }

    #[test]
    fn order_and_cuts_of_the_stream_of_clusters_do_not_matter(
        clusters in any_clusters(), cut in any::<prop::sample::Index>(),
    ) {
        let whole = sum(&clusters);
        let cut = cut.index(clusters.len() + 1);
        let mut parts = sum(&clusters[cut..]);
        parts.merge(&sum(&clusters[..cut]));
        let reverse: Clusters = clusters.iter().rev().copied().collect();
        for other in [parts, reverse] {
            prop_assert!(close(whole.icc(), other.icc()));
            prop_assert!(close(whole.sd(), other.sd()));
            prop_assert!(close(Some(whole.design_effect()), Some(other.design_effect())));
        }
    }

    #[test]
    fn the_icc_and_design_effect_keep_their_ranges_and_know_no_unit(
        clusters in any_clusters(),
    ) {
        let whole = sum(&clusters);
        let scaled: Clusters = clusters.iter().map(|cluster| Cluster {
            n: cluster.n,
            sum: 7.0 * cluster.n - 0.25 * cluster.sum,
            squares: 49.0 * cluster.n - 3.5 * cluster.sum + 0.0625 * cluster.squares,
        }).collect();
        prop_assert!(close(whole.icc(), scaled.icc()));
        if let Some(icc) = whole.icc() {
            let size = whole.mean_squares().unwrap().size;
            prop_assert!(-1.0 / (size - 1.0) <= icc + 1e-12 && icc <= 1.0);
        }
        let deff = whole.design_effect();
        prop_assert!(1.0 <= deff && deff <= whole.mean_size().max(1.0));
        prop_assert!(whole.effective() <= whole.n());
    }

    #[test]
    fn a_difference_turned_round_changes_its_sign_alone(a in any_share(), b in any_share()) {
        let (there, back) = (Difference::between(a, b).unwrap(), Difference::between(b, a).unwrap());
        prop_assert_eq!(there.difference, -back.difference);
        prop_assert_eq!((there.low, there.high), (-back.high, -back.low));
        prop_assert!(-1.0 <= there.low && there.low <= there.difference);
        prop_assert!(there.difference <= there.high && there.high <= 1.0);
        let (there, back) = (ScoreTest::of(a, b).unwrap(), ScoreTest::of(b, a).unwrap());
        prop_assert!((there.z + back.z).abs() < 1e-9 * (1.0 + there.z.abs()));
        prop_assert!((0.0..=1.0).contains(&there.p) && (there.p - back.p).abs() < 1e-9);
    }

    #[test]
    fn a_group_is_its_part_and_the_rest(hits in 0u32..500, more in 0u32..500, misses in 1u32..900) {
        let n = f64::from(hits + misses);
        let part = Share { share: f64::from(hits) / n, n, effective: n };
        let all = f64::from(hits + misses + more + 40);
        let group = Share { share: f64::from(hits + more) / all, n: all, effective: all / 2.0 };
        let rest = group.without(part).unwrap();
        prop_assert!((rest.share - f64::from(more) / f64::from(more + 40)).abs() < 1e-9);
        prop_assert!((rest.n / rest.effective - 2.0).abs() < 1e-9);
    }

    #[test]
    fn adjusted_p_values_keep_their_order_and_flag_the_steps_of_the_procedure(
        values in vec(prop_oneof![0.0..0.1f64, 0.0..=1.0f64, Just(0.0203)], 0..40),
    ) {
        let found = adjusted(&values);
        let count = values.len() as f64;
        for (place, p) in values.iter().enumerate() {
            prop_assert!(*p <= found[place] + 1e-15 && found[place] <= (count * p).min(1.0) + 1e-15);
            for (other, q) in values.iter().enumerate() {
                prop_assert!(p > q || found[place] <= found[other]);
            }
        }
        // The largest i with p_(i) <= i q / m, and all up to it.
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let holds = |(rank, p): &(usize, &f64)| **p <= (rank + 1) as f64 * 0.05 / count;
        let last = sorted.iter().enumerate().rfind(holds).map(|(_, p)| *p);
        let steps: Vec<bool> = values.iter().map(|p| last.is_some_and(|last| *p <= last)).collect();
        prop_assert_eq!(flagged(&values, 0.05), steps);
    }

    #[test]
    fn a_unit_is_drawn_between_its_own_share_and_that_of_all(
        share in 1e-6..1.0f64, exponent in -9.0..0.0f64, n in 0u32..4_000_000, part in 0.0..=1.0f64,
    ) {
        let (n, hits) = (f64::from(n), (part * f64::from(n)).floor());
        let prior = Prior { share, rho: 10f64.powf(exponent).min(0.99) };
        let posterior = prior.posterior(hits, n).unwrap();
        let own = if n > 0.0 { hits / n } else { share };
        let mean = posterior.mean();
        prop_assert!(own.min(share) <= mean + 1e-12 && mean <= own.max(share) + 1e-12);
        let (low, high) = posterior.interval();
        prop_assert!(0.0 <= low && low <= high && high <= 1.0);
    }

    #[test]
    fn rho_keeps_its_range_and_does_not_know_the_order(
        mut counts in vec((0u64..200, 0u64..200), 0..30),
    ) {
        let prior = |counts: &[(u64, u64)]| {
            let units = counts.iter().map(|(hits, misses)| Cluster::of_hits(*hits, hits + misses));
            Prior::of(&units.collect())
        };
        let found = prior(&counts);
        counts.reverse();
        prop_assert!(close(found.map(|prior| prior.rho), prior(&counts).map(|prior| prior.rho)));
        prop_assert!(found.is_none_or(|prior| (0.0..=0.99).contains(&prior.rho)));
    }

    #[test]
    fn a_factor_that_made_the_correlations_is_found_again(
        loadings in vec(prop_oneof![-0.95..-0.2f64, 0.2..0.95f64], 3..11),
    ) {
        let cell = |a: usize, b: usize| if a == b { 1.0 } else { loadings[a] * loadings[b] };
        let size = loadings.len();
        let matrix: Vec<Vec<f64>> =
            (0..size).map(|a| (0..size).map(|b| cell(a, b)).collect()).collect();
        let found = one_factor(&matrix).unwrap();
        let turned = if loadings.iter().sum::<f64>() < 0.0 { -1.0 } else { 1.0 };
        for ((loading, wanted), psi) in found.loadings.iter().zip(&loadings).zip(&found.uniquenesses) {
            prop_assert!((loading - turned * wanted).abs() < 1e-7, "{found:?}");
            prop_assert!((loading * loading + psi - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn reliability_does_not_know_how_cases_were_grouped_or_items_ordered(
        cases in vec([0u64..5, 0..5, 0..5, 0..5], 100..160), cut in 0usize..100,
    ) {
        let of = |cases: &[[u64; 4]]| CrossProducts {
            n: cases.len() as u64,
            sums: (0..4).map(|a| cases.iter().map(|case| case[a]).sum()).collect(),
            products: (0..4).flat_map(|a| (a..4).map(move |b| (a, b)))
                .map(|(a, b)| cases.iter().map(|case| case[a] * case[b]).sum()).collect(),
        };
        let mut parts = CrossProducts::default();
        parts.add(&of(&cases[..cut]));
        parts.add(&of(&cases[cut..]));
        prop_assert_eq!(&parts, &of(&cases));
        let turned: Vec<[u64; 4]> = cases.iter().map(|[a, b, c, d]| [*d, *b, *a, *c]).collect();
        let (one, other) = (of(&cases).covariances().unwrap(), of(&turned).covariances().unwrap());
        prop_assert!(close(alpha(&one), alpha(&other)));
        prop_assert!(omega(&one).is_none_or(|omega| (0.0..=1.0).contains(&omega)));
    }
}
