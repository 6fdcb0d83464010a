//! Every figure of `tests/reference/figures.csv`, made in R by the scripts beside it.

use analysis::{
    Cluster, Clusters, CrossProducts, Difference, OneFactor, Prior, ScoreTest, Share, Z, adjusted,
    alpha, mean_interval, omega, one_factor, wilson_share,
};
use std::collections::BTreeMap;
use std::fs;

/// A data set of `tests/reference`: its rows of whole numbers, without the heading.
fn data_set(name: &str) -> Vec<Vec<u64>> {
    let text = fs::read_to_string(format!("tests/reference/{name}.csv")).unwrap();
    let row = |line: &str| line.split(',').map(|field| field.parse().unwrap()).collect();
    text.lines().skip(1).map(row).collect()
}

/// The clusters of a data set with the columns cluster, score, hit.
fn clusters(name: &str, item: &str) -> Clusters {
    let column = if item == "score" { 1 } else { 2 };
    let mut sums: BTreeMap<u64, Cluster> = BTreeMap::new();
    for row in data_set(name) {
        let empty = Cluster { n: 0.0, sum: 0.0, squares: 0.0 };
        let cluster = sums.entry(row[0]).or_insert(empty);
        let answer = row[column] as f64;
        cluster.n += 1.0;
        cluster.sum += answer;
        cluster.squares += answer * answer;
    }
    sums.into_values().collect()
}

/// The sums of a scale; `reversed` is "i2+i5", or "-" for none. The codes are 0 to 4.
fn scale(name: &str, reversed: &str) -> CrossProducts {
    let mut rows = data_set(name);
    for item in reversed.split('+').filter_map(|item| item.strip_prefix('i')) {
        let place = item.parse::<usize>().unwrap() - 1;
        rows.iter_mut().for_each(|row| row[place] = 4 - row[place]);
    }
    let items = rows[0].len();
    let pairs = (0..items).flat_map(|a| (a..items).map(move |b| (a, b)));
    CrossProducts {
        n: rows.len() as u64,
        sums: (0..items).map(|item| rows.iter().map(|row| row[item]).sum()).collect(),
        products: pairs.map(|(a, b)| rows.iter().map(|row| row[a] * row[b]).sum()).collect(),
    }
}

fn solution(name: &str, reversed: &str) -> OneFactor {
    let covariances = scale(name, reversed).covariances().unwrap();
    let sd = |item: usize| covariances[item][item].sqrt();
    let row = |(a, row): (usize, &Vec<f64>)| {
        row.iter().enumerate().map(|(b, covariance)| covariance / sd(a) / sd(b)).collect()
    };
    let correlations: Vec<Vec<f64>> = covariances.iter().enumerate().map(row).collect();
    one_factor(&correlations).unwrap()
}

fn of_intervals(function: &str, arguments: &[f64]) -> Option<f64> {
    Some(match (function, arguments) {
        ("z", []) => *Z,
        ("wilson_low", [share, n]) => wilson_share(*share, *n)?.0,
        ("wilson_high", [share, n]) => wilson_share(*share, *n)?.1,
        ("t_half", [freedom]) => mean_interval(0.0, 1.0, 1.0, *freedom)?.1,
        _ => return of_shares(function, arguments),
    })
}

fn of_shares(function: &str, arguments: &[f64]) -> Option<f64> {
    let (what, part) = function.split_once('_').unwrap_or((function, ""));
    match (what, arguments) {
        ("difference" | "score", [p1, n1, p2, n2]) => {
            let first = Share { share: *p1, n: *n1, effective: *n1 };
            let second = Share { share: *p2, n: *n2, effective: *n2 };
            match part {
                "low" => Some(Difference::between(first, second)?.low),
                "high" => Some(Difference::between(first, second)?.high),
                "z" => Some(ScoreTest::of(first, second)?.z),
                "p" => Some(ScoreTest::of(first, second)?.p),
                _ => None,
            }
        }
        ("rest", [group, all, share, n]) => {
            let part = Share { share: *share, n: *n, effective: *n };
            Some(Share { share: *group, n: *all, effective: *all }.without(part)?.share)
        }
        ("adjusted", [place, values @ ..]) => adjusted(values).get(*place as usize - 1).copied(),
        ("posterior", [share, rho, hits, n]) => {
            let posterior = Prior { share: *share, rho: *rho }.posterior(*hits, *n)?;
            match part {
                "mean" => Some(posterior.mean()),
                "low" => Some(posterior.interval().0),
                "high" => Some(posterior.interval().1),
                _ => None,
            }
        }
        _ => None,
    }
}

fn of_clusters(function: &str, clusters: &Clusters) -> Option<f64> {
    let (mean, sd) = (clusters.mean()?, clusters.sd()?);
    let freedom = (clusters.clusters() - 1) as f64;
    let single = || mean_interval(mean, sd, clusters.n(), clusters.n() - 1.0);
    // What svymean works with in clusters of equal size; see clusters.R.
    let by_design = || Some((clusters.mean_squares()?.within / (1.0 - clusters.icc()?)).sqrt());
    let survey = || mean_interval(mean, by_design()?, clusters.effective(), freedom);
    Some(match function {
        "mean" => mean,
        "sd" => sd,
        "between" => clusters.mean_squares()?.between,
        "within" => clusters.mean_squares()?.within,
        "size" => clusters.mean_squares()?.size,
        "icc" | "icc_psych" => clusters.icc()?,
        "deff" => clusters.design_effect(),
        "effective" => clusters.effective(),
        "rho" => Prior::of(clusters)?.rho,
        "mean_low" => single()?.0,
        "mean_high" => single()?.1,
        "survey_se" => by_design()? / clusters.effective().sqrt(),
        "survey_deff" => clusters.design_effect() * by_design()?.powi(2) / sd.powi(2),
        "survey_low" => survey()?.0,
        "survey_high" => survey()?.1,
        _ => return None,
    })
}

fn of_scale(function: &str, name: &str, reversed: &str, places: &[usize]) -> Option<f64> {
    let covariances = scale(name, reversed).covariances()?;
    Some(match (function, places) {
        ("alpha", []) => alpha(&covariances)?,
        ("omega" | "omega_lavaan", []) => omega(&covariances)?,
        ("refused", []) => f64::from(omega(&covariances).is_none()),
        ("covariance", [a, b]) => covariances[a - 1][b - 1],
        ("loading", [item]) => solution(name, reversed).loadings[item - 1],
        ("uniqueness", [item]) => solution(name, reversed).uniquenesses[item - 1],
        _ => return None,
    })
}

/// What the crate makes of a function and its arguments.
fn ours(call: &str) -> Option<f64> {
    let words: Vec<&str> = call.split(' ').collect();
    match words.as_slice() {
        [function, name, item @ ..] if name.starts_with("clusters_") => {
            // Without an item the figure is of the hits, or the same for both.
            of_clusters(function, &clusters(name, item.first().unwrap_or(&"hit")))
        }
        [function, name, reversed, places @ ..] if name.starts_with("scale_") => {
            let places: Vec<usize> = places.iter().map(|place| place.parse().unwrap()).collect();
            of_scale(function, name, reversed, &places)
        }
        [function, arguments @ ..] => {
            let arguments: Vec<f64> = arguments.iter().map(|word| word.parse().unwrap()).collect();
            of_intervals(function, &arguments)
        }
        [] => None,
    }
}

#[test]
fn every_figure_made_in_r_is_met_to_nine_digits_or_six_where_iterated() {
    let iterated = ["omega", "omega_lavaan", "loading", "uniqueness"];
    let (mut closed, mut iterative) = ((0, 0.0f64), (0, 0.0f64));
    for line in include_str!("../reference/figures.csv").lines().skip(1) {
        let (call, value) = line.split_once(',').unwrap();
        let value: f64 = value.parse().unwrap();
        let got = ours(call).unwrap_or_else(|| panic!("nothing computes {call}"));
        // Of numbers over 1 the relative deviation.
        let deviation = (got - value).abs() / value.abs().max(1.0);
        let is_iterated = iterated.contains(&call.split(' ').next().unwrap());
        let limit = if is_iterated { 1e-6 } else { 1e-9 };
        assert!(deviation <= limit, "{call}: {value} in R, {got} here");
        let kind = if is_iterated { &mut iterative } else { &mut closed };
        *kind = (kind.0 + 1, kind.1.max(deviation));
    }
    eprintln!("closed form: {} figures, off by at most {:.1e}", closed.0, closed.1);
    eprintln!("iterated: {} figures, off by at most {:.1e}", iterative.0, iterative.1);
    assert!(closed.0 >= 200 && iterative.0 >= 40);
}
