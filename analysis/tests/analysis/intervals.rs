use analysis::{
    Band, IndicatorNote, Kind, Level, Policy, Published, Respondents, Spread, Tenths, Z, band,
    interval, wilson,
};

/// Made by `tests/reference/wilson.py`, which shares no code with this crate.
const REFERENCE: &str = include_str!("../reference/wilson.csv");

#[test]
fn the_quantile_and_wilsons_interval_agree_with_decimal_arithmetic() {
    let mut lines = REFERENCE.lines().skip(1);
    let z: f64 = lines.next().unwrap().split(',').nth(2).unwrap().parse().unwrap();
    assert!((*Z - z).abs() < 1e-9);
    let mut cases = 0;
    for line in lines {
        let fields: Vec<&str> = line.split(',').collect();
        let (hits, n) = (fields[0].parse().unwrap(), fields[1].parse().unwrap());
        let (low, high) = wilson(hits, n).unwrap();
        assert!((low - fields[2].parse::<f64>().unwrap()).abs() < 1e-9, "{line}: {low}");
        assert!((high - fields[3].parse::<f64>().unwrap()).abs() < 1e-9, "{line}: {high}");
        cases += 1;
    }
    assert_eq!(cases, 21);
}

#[test]
fn wilsons_interval_is_that_of_newcombe_1998_table_1() {
    let published = [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ];
    for (hits, n, low, high) in published {
        let (got_low, got_high) = wilson(hits, n).unwrap();
        assert!((got_low - low).abs() < 5e-5 && (got_high - high).abs() < 5e-5, "{hits}/{n}");
    }
}

#[test]
fn nobody_and_everybody_have_exact_ends_and_no_answers_no_interval() {
    assert_eq!(wilson(0, 0), None);
    assert_eq!(wilson(3, 2), None);
    for n in [1, 10, 17, 999, 3_900_000] {
        assert_eq!(wilson(0, n).unwrap().0, 0.0);
        assert_eq!(wilson(n, n).unwrap().1, 1.0);
    }
}

fn contains([low, high]: [Tenths; 2], (from, to): (f64, f64)) -> bool {
    f64::from(low.0) <= from * 1000.0 && to * 1000.0 <= f64::from(high.0)
}

/// The interval of a share in a group without clusters.
fn interval_of(band: Band, respondents: Respondents) -> Option<[Tenths; 2]> {
    let spread = Spread { class_icc: 0, school_icc: 0, sd: None, measured: true };
    let note = IndicatorNote { kind: Kind::Share, comparable_since: 1, spread };
    let (policy, level) = (&Policy::STANDARD, Level::Class);
    interval(band, &Published { note: &note, policy, level, respondents, clusters: None })
}

/// What is published of `hits` of `valid` when `respondents` answered.
fn published(hits: u32, valid: u32, respondents: u32) -> (Band, [Tenths; 2]) {
    let band = band(hits, valid).unwrap();
    (band, interval_of(band, Respondents::shown(respondents)).unwrap())
}

#[test]
fn the_published_interval_holds_that_of_every_true_count() {
    for respondents in (10..=340u32).chain([499, 500, 640, 999, 1000, 1100, 1250, 1999]) {
        let least = (respondents * 4).div_ceil(5).max(10);
        for valid in least..=respondents {
            // Small groups in full; in large ones every seventh count and the ends.
            let step = if valid < 120 { 1 } else { 7 };
            for hits in (0..=valid).step_by(step).chain([1, valid - 1, valid]) {
                let (band, interval) = published(hits, valid, respondents);
                assert!(
                    contains(interval, wilson(hits, valid).unwrap()),
                    "{hits}/{valid}/{respondents}"
                );
                assert!(interval[0] <= band.low && band.high <= interval[1]);
            }
        }
    }
}

#[test]
fn the_published_interval_is_the_hull_over_all_that_the_band_allows() {
    for (fewest, most) in [(10, 14), (15, 19), (20, 29), (30, 39), (40, 59), (60, 99), (100, 199)] {
        let respondents = Respondents::Between { low: fewest, high: most };
        let mut hulls: std::collections::BTreeMap<Band, (f64, f64)> = Default::default();
        for valid in (fewest * 4).div_ceil(5).max(10)..=most {
            for hits in 0..=valid {
                let (low, high) = wilson(hits, valid).unwrap();
                let hull = hulls.entry(band(hits, valid).unwrap()).or_insert((low, high));
                *hull = (hull.0.min(low), hull.1.max(high));
            }
        }
        for (band, hull) in hulls {
            let step = f64::from(band.high.0 - band.low.0);
            let [low, high] = interval_of(band, respondents).unwrap();
            assert_eq!(f64::from(low.0), (hull.0 * 1000.0 / step).floor() * step, "{band:?}");
            assert_eq!(f64::from(high.0), (hull.1 * 1000.0 / step).ceil() * step, "{band:?}");
        }
    }
}

#[test]
fn the_interval_of_a_nation_is_fine_and_made_in_no_time() {
    let (band, interval) = published(273_000, 3_900_000, 3_900_000);
    assert_eq!(band, Band { low: Tenths(70), high: Tenths(71) });
    assert_eq!(interval, [Tenths(69), Tenths(72)]);
    let (_, nobody) = published(0, 3_900_000, 3_900_000);
    assert_eq!(nobody, [Tenths(0), Tenths(11)]);
}

#[test]
fn a_hidden_group_and_a_band_that_cannot_be_have_no_interval() {
    let some = Band { low: Tenths(200), high: Tenths(400) };
    assert_eq!(interval_of(some, Respondents::Hidden), None);
    let fine = Band { low: Tenths(160), high: Tenths(170) };
    assert_eq!(interval_of(fine, Respondents::Between { low: 10, high: 14 }), None);
    let crooked = Band { low: Tenths(10), high: Tenths(210) };
    assert_eq!(interval_of(crooked, Respondents::Between { low: 10, high: 14 }), None);
}
