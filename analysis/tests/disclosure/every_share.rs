//! Distributions, means and ties between indicators against what can be worked out by hand or
//! by trying everything.

use analysis::attack::{Broken, Finding, Known, Published, attack};
use analysis::{ClassPlace, Structure};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

use crate::survey::survey;

/// Valid answers to each of three parts.
type Parts = [i64; 3];

const NAMES: [&str; 3] = ["x.a", "x.b", "x.c"];

fn structure() -> Structure {
    let place = |class: &str| {
        let [region, district, school, grade, form, language] =
            ["r", "d", "s", "7", "senior", "kk"].map(str::to_owned);
        let class = class.to_owned();
        ClassPlace { region, district, school, class, grade, form, language, enrolment: 30 }
    };
    Structure::new(vec![place("a"), place("b")]).unwrap()
}

/// What the attacker says of the classes `a` and `b` and their grade, who are the group.
fn attacked(cells: [Value; 3], done: [u32; 2], header: Value) -> Vec<Finding> {
    let groups = [("class", "a"), ("class", "b"), ("grade", "s/7")];
    let lines = groups.into_iter().zip(cells).map(|((level, group), cells)| {
        json!({ "level": level, "group": group, "cells": cells }).to_string()
    });
    let text: Vec<String> = std::iter::once(header.to_string()).chain(lines).collect();
    let (structure, survey) = (structure(), survey());
    let names = ["a".to_owned(), "b".to_owned()];
    let known = Known::new(&structure)
        .with_done(HashMap::from_iter(names.into_iter().zip(done)))
        .with_definition(&survey);
    attack(&Published::parse(&text.join("\n")).unwrap(), None, &known).unwrap().rows
}

fn shown(low: i64, high: i64) -> Value {
    json!({ "kind": "band", "low": low, "high": high })
}

fn hidden() -> Value {
    json!({ "kind": "hidden", "reason": "sensitive" })
}

fn row<'r>(rows: &'r [Finding], group: &str, indicator: &str) -> &'r Finding {
    rows.iter().find(|row| row.group == group && row.indicator == indicator).unwrap()
}

/// All ways in which at most `done` pupils can answer.
fn every(done: i64) -> Vec<Parts> {
    let pairs = (0..=done).flat_map(|a| (0..=done - a).map(move |b| (a, b)));
    pairs.flat_map(|(a, b)| (0..=done - a - b).map(move |c| [a, b, c])).collect()
}

fn band(parts: Parts, part: usize) -> [i64; 2] {
    let low = (100 * parts[part] / parts.iter().sum::<i64>()).min(99) / 20 * 20;
    [low, low + 20]
}

/// Whether the parts fit the bands of a group in which `done` are done.
fn fit(parts: Parts, bands: Option<[[i64; 2]; 3]>, done: i64) -> bool {
    let v: i64 = parts.iter().sum();
    bands.is_none_or(|bands| {
        let fits = |part: usize| band(parts, part) == bands[part];
        v >= 10 && 100 * v >= 80 * done && (0..3).all(fits)
    })
}

/// Two classes with their grade: done, the bands of the three groups, and for each part of
/// each group the hits that fit.
struct Distribution {
    done: [i64; 2],
    bands: [Option<[[i64; 2]; 3]>; 3],
    fitting: Vec<BTreeSet<i64>>,
}

fn add(a: Parts, b: Parts) -> Parts {
    std::array::from_fn(|part| a[part] + b[part])
}

/// One class is hidden.
fn distribution(seed: u64) -> Distribution {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let done = [rng.gen_range(2..5), rng.gen_range(10..12)];
    let truth = done.map(|done| {
        let mut parts = [0; 3];
        (0..done).for_each(|_| parts[[0, 0, 0, 1, 2][rng.gen_range(0..5)]] += 1);
        parts
    });
    let all = |parts: Parts| Some([0, 1, 2].map(|part| band(parts, part)));
    let bands = [None, all(truth[1]), all(add(truth[0], truth[1]))];
    let mut fitting = vec![BTreeSet::new(); 9];
    let second = every(done[1]).into_iter().filter(|b| fit(*b, bands[1], done[1]));
    for (b, a) in second.flat_map(|b| every(done[0]).into_iter().map(move |a| (b, a))) {
        if fit(add(a, b), bands[2], done[0] + done[1]) {
            for (found, hits) in fitting.iter_mut().zip([a, b, add(a, b)].concat()) {
                found.insert(hits);
            }
        }
    }
    Distribution { done, bands, fitting }
}

#[test]
fn of_a_distribution_what_fits_is_never_left_out() {
    let (mut cells, mut loose) = (0, 0);
    for seed in 0..15 {
        let Distribution { done, bands, fitting } = distribution(seed);
        let cell = |bands: Option<[[i64; 2]; 3]>| {
            let shown =
                |part: usize| bands.map_or(hidden(), |bands| shown(bands[part][0], bands[part][1]));
            json!({ "x.a": shown(0), "x.b": shown(1), "x.c": shown(2) })
        };
        let rows = attacked(bands.map(cell), done.map(|done| done as u32), json!({}));
        let groups = ["class:a", "class:b", "grade:s/7"].into_iter();
        let names = groups.flat_map(|group| NAMES.map(|indicator| (group, indicator)));
        for ((group, indicator), exact) in names.zip(&fitting) {
            let row = row(&rows, group, indicator);
            let ends = [exact.first(), exact.last()].map(|end| *end.unwrap() as f64);
            assert!(row.low <= ends[0] && ends[1] <= row.high, "{seed}: {row:?}, {exact:?}");
            cells += 1;
            loose += usize::from(row.allowed != Some(exact.len() as i64));
        }
    }
    println!("distributions: {loose} of {cells} cells with more than fits");
    assert!(loose * 20 <= cells, "{loose} of {cells}");
}

#[test]
fn a_sum_of_scores_is_as_wide_as_the_band() {
    let cells = |a, b, both| [a, b, both].map(|cell| json!({ "m": cell }));
    let header = json!({ "indicators": { "m": { "kind": "mean" } } });
    let rows = attacked(cells(shown(40, 60), hidden(), shown(40, 60)), [10, 5], header);
    let row = row(&rows, "class:a", "m");
    assert_eq!((row.low, row.high, row.allowed, row.broken), (4.0, 6.0, None, None));
    let row = self::row(&rows, "class:b", "m");
    // 12 to 15 answers and at most 60 points each: 9 in all, 4 of them in the other class.
    assert_eq!((row.low, row.high), (0.0, 5.0));
}

#[test]
fn who_is_bullied_often_is_bullied() {
    let cells = |any, chronic| json!({ "any": any, "chronic": chronic });
    let rows = attacked(
        [cells(shown(0, 20), hidden()), cells(hidden(), hidden()), cells(hidden(), hidden())],
        [10, 12],
        json!({}),
    );
    let row = row(&rows, "class:a", "chronic");
    assert_eq!((row.high, row.broken), (1.0, Some(Broken::HiddenTooFew)));
    assert_eq!(self::row(&rows, "class:b", "chronic").high, 12.0);
}

#[test]
fn a_conditional_share_is_of_those_in_the_condition() {
    let cells = |any, told| json!({ "any": any, "told": told });
    let rows = attacked(
        [cells(shown(0, 20), hidden()), cells(hidden(), hidden()), cells(hidden(), hidden())],
        [10, 12],
        json!({}),
    );
    assert_eq!(row(&rows, "class:a", "told").high, 1.0);
    assert_eq!(row(&rows, "class:b", "told").high, 12.0);
}

#[test]
fn who_is_neither_girl_nor_boy_is_what_is_left() {
    let table = |cell: Value| json!({ "n": [10, 10], "cells": { "x": cell } });
    let exact = |low: i64, high: i64| json!({ "kind": "band", "low": low, "high": high, "n": 10 });
    let sexes = json!({ "girl": table(exact(0, 20)), "boy": table(exact(80, 100)) });
    let class = json!({
        "level": "class", "group": "a", "cells": { "x": shown(35, 40) }, "by": { "sex": sexes },
    });
    let text = format!("{{}}\n{class}");
    let structure = structure();
    let done = HashMap::from([("a".to_owned(), 22)]);
    let known = Known::new(&structure).with_done(done);
    let rows = attack(&Published::parse(&text).unwrap(), None, &known).unwrap().rows;
    // At least 8 boys, and 8 of 22 are as many as can be.
    let row = row(&rows, "class:a minus class:a/sex=boy minus class:a/sex=girl", "x");
    assert_eq!((row.low, row.high, row.broken), (0.0, 0.0, Some(Broken::NoneKnown)));
}

#[test]
fn girls_of_classes_are_the_girls_of_their_grade() {
    let cell =
        |low: i64, high: i64, n: i64| json!({ "kind": "band", "low": low, "high": high, "n": n });
    let girls =
        |cell: Value, n: i64| json!({ "sex": { "girl": { "n": [n, n], "cells": { "x": cell } } } });
    let line = |level: &str, group: &str, by: Value| {
        json!({ "level": level, "group": group, "cells": { "x": hidden() }, "by": by }).to_string()
    };
    let text = [
        "{}".to_owned(),
        line("class", "a", girls(cell(20, 40, 10), 10)),
        line("class", "b", girls(hidden(), 10)),
        line("grade", "s/7", girls(cell(0, 20, 20), 20)),
    ];
    let structure = structure();
    let done = HashMap::from([("a".to_owned(), 20), ("b".to_owned(), 20)]);
    let known = Known::new(&structure).with_done(done);
    let rows = attack(&Published::parse(&text.join("\n")).unwrap(), None, &known).unwrap().rows;
    // Fewer than 4 girls in the grade, at least 2 of them in the other class.
    let row = row(&rows, "class:b/sex=girl", "x");
    assert_eq!((row.low, row.high, row.allowed), (0.0, 1.0, Some(2)));
}
