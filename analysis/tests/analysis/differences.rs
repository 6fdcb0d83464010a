//! What is said of two published numbers holds for every pair of counts behind them.

use crate::published::{group, header, hidden, shown};
use analysis::{
    Compared, Difference, Figure, Group, Header, Kind, Level, Outcome, Part, Reason, ScoreTest,
    Share, Verdict, design_effect,
};

/// Bands of a column in tenths.
fn bands(width: u16) -> impl Iterator<Item = (u16, u16)> + Clone {
    (0..1000 / width).map(move |at| (at * width, (at + 1) * width))
}

pub(crate) fn figure<'h>(header: &'h Header, group: &Group) -> Figure<'h> {
    Figure::of_group(header, group, "a").unwrap()
}

/// Every count of hits and answers that a shown band of a group allows.
fn counts(group: &Group, least: u32) -> Vec<(u32, u32)> {
    let analysis::Cell::Band { low, high, .. } = group.cells.get("a").unwrap() else {
        return Vec::new();
    };
    let (fewest, most) = group.n.bounds().unwrap();
    let fewest = (fewest * 80).div_ceil(100).max(least);
    let within = |hits: u32, n: u32| {
        let value = hits * 1000;
        let below = value < u32::from(high.0) * n || high.0 == 1000;
        u32::from(low.0) * n <= value && below
    };
    (fewest..=most)
        .flat_map(|n| (0..=n).map(move |hits| (hits, n)))
        .filter(|(hits, n)| within(*hits, *n))
        .collect()
}

fn deff(group: &Group) -> f64 {
    group.clusters.map_or(1.0, |clusters| design_effect(0.06, f64::from(clusters.size)))
}

fn share(group: &Group, (hits, n): (u32, u32)) -> Share {
    let n_f = f64::from(n);
    Share { share: f64::from(hits) / n_f, n: n_f, effective: n_f / deff(group) }
}

fn outcome(verdict: Verdict) -> Outcome {
    match verdict {
        Verdict::Lower => Outcome::Lower,
        Verdict::NotClearlyDifferent => Outcome::NotClearlyDifferent,
        Verdict::Higher => Outcome::Higher,
    }
}

fn assert_holds(said: Compared, first: Share, second: Share) {
    let difference = Difference::between(first, second).unwrap();
    if matches!(said.outcome, Outcome::Lower | Outcome::Higher) {
        assert_eq!(outcome(difference.verdict()), said.outcome, "{first:?} {second:?}");
    }
    let test = ScoreTest::of(first, second).unwrap();
    assert!(test.p <= said.p.unwrap() + 1e-12, "{said:?} {first:?} {second:?} {test:?}");
}

#[test]
fn lower_and_higher_hold_for_every_pair_of_counts_of_two_small_groups() {
    let header = header(Kind::Share);
    let sizes = [((10, 14), 200, 10), ((15, 19), 200, 10), ((20, 29), 100, 20), ((40, 59), 50, 40)];
    let (mut said, mut checked) = (0, 0);
    for (first_n, first_width, first_least) in sizes {
        for (second_n, second_width, second_least) in sizes {
            for (one, other) in bands(first_width)
                .flat_map(|one| bands(second_width).map(move |other| (one, other)))
                .step_by(3)
            {
                let first = group(Level::Class, first_n, &[("a", shown(one.0, one.1))]);
                let second = group(Level::Grade, second_n, &[("a", shown(other.0, other.1))]);
                let compared = Compared::apart(&figure(&header, &first), &figure(&header, &second));
                said += usize::from(compared.outcome != Outcome::NotClearlyDifferent);
                let others = counts(&second, second_least);
                for count in counts(&first, first_least) {
                    for other in &others {
                        checked += 1;
                        assert_holds(compared, share(&first, count), share(&second, *other));
                    }
                }
            }
        }
    }
    assert!(said > 100 && checked > 100_000, "{said} {checked}");
}

#[test]
fn lower_and_higher_hold_for_every_count_of_a_class_and_of_the_rest_of_its_school() {
    let header = header(Kind::Share);
    let mut said = 0;
    let pairs = bands(200).flat_map(|one| bands(50).map(move |other| (one, other)));
    for (one, other) in pairs {
        let class = group(Level::Class, (10, 14), &[("a", shown(one.0, one.1))]);
        let school = group(Level::School, (60, 99), &[("a", shown(other.0, other.1))]);
        let compared = Compared::with_rest(&figure(&header, &class), &figure(&header, &school));
        said += usize::from(compared.outcome != Outcome::NotClearlyDifferent);
        let whole = counts(&school, 40);
        for count in counts(&class, 10) {
            let part = share(&class, count);
            // No more hits, and no more misses, in the class than in the school.
            let fits = |(hits, n): &&(u32, u32)| *hits >= count.0 && n - hits >= count.1 - count.0;
            for around in whole.iter().filter(fits).step_by(3) {
                if let Some(rest) = share(&school, *around).without(part) {
                    assert_holds(compared, part, rest);
                }
            }
        }
    }
    assert!(said > 10, "{said}");
}

#[test]
fn of_a_group_that_may_be_all_there_is_nothing_is_said() {
    let header = header(Kind::Share);
    let class = group(Level::Class, (20, 29), &[("a", shown(900, 1000))]);
    let school = group(Level::School, (20, 29), &[("a", shown(0, 100))]);
    let compared = Compared::with_rest(&figure(&header, &class), &figure(&header, &school));
    assert_eq!((compared.outcome, compared.p), (Outcome::NotShown, None));
}

#[test]
fn a_clear_difference_is_said() {
    let header = header(Kind::Share);
    let girls = group(Level::School, (100, 199), &[("a", shown(600, 620))]);
    let boys = group(Level::School, (100, 199), &[("a", shown(200, 220))]);
    let said = Compared::apart(&figure(&header, &girls), &figure(&header, &boys));
    assert_eq!(said.outcome, Outcome::Higher);
    assert!(said.p.unwrap() < 1e-3);
}

#[test]
fn girls_and_boys_are_compared_with_their_own_numbers() {
    let header = header(Kind::Share);
    let part = |n, cell| {
        let group = group(Level::School, n, &[("a", cell)]);
        Part { n: group.n, clusters: group.clusters.unwrap(), cells: group.cells }
    };
    let girls = part((100, 199), shown(600, 620));
    let boys = part((40, 59), shown(200, 250));
    let few = part((10, 14), shown(200, 400));
    let of = |part: &Part| Figure::of_part(&header, Level::School, part, "a").unwrap();
    let said = |other: &Part| Compared::apart(&of(&girls), &of(other));
    assert_eq!(said(&boys).outcome, Outcome::Higher);
    assert_eq!(said(&few).outcome, Outcome::NotClearlyDifferent);
    assert!(said(&few).p.unwrap() > said(&boys).p.unwrap());
    let silent = part((40, 59), hidden(Reason::Withheld));
    assert_eq!(said(&silent).outcome, Outcome::NotShown);
}

#[test]
fn of_a_clear_difference_of_means_the_page_speaks() {
    let header = header(Kind::Mean);
    let class = group(Level::Class, (20, 29), &[("a", shown(800, 900))]);
    let other = group(Level::Class, (20, 29), &[("a", shown(300, 400))]);
    let said = Compared::apart(&figure(&header, &class), &figure(&header, &other));
    assert_eq!(said.outcome, Outcome::Higher);
    assert!(said.p.unwrap() < 1e-6);
}

#[test]
fn nothing_is_said_of_what_is_hidden() {
    let header = header(Kind::Share);
    let seen = group(Level::School, (200, 299), &[("a", shown(900, 920))]);
    for reason in Reason::ALL {
        let group = group(Level::Class, (20, 29), &[("a", hidden(reason))]);
        let (one, other) = (figure(&header, &group), figure(&header, &seen));
        for said in [
            Compared::apart(&one, &other),
            Compared::apart(&other, &one),
            Compared::with_rest(&one, &other),
            Compared::of_waves(&one, &other),
        ] {
            assert_eq!((said.outcome, said.p), (Outcome::NotShown, None));
        }
    }
    assert!(Figure::of_group(&header, &seen, "b").is_none(), "an indicator that is not there");
}

pub(crate) fn mirrored(outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Lower => Outcome::Higher,
        Outcome::Higher => Outcome::Lower,
        other => other,
    }
}

#[test]
fn a_change_of_the_question_breaks_the_trend_in_either_order() {
    let version = |version, since| {
        let mut header = header(Kind::Share);
        header.definition.version = version;
        header.indicators.get_mut("a").unwrap().comparable_since = since;
        header
    };
    let class = group(Level::Class, (20, 29), &[("a", shown(900, 1000))]);
    let before = group(Level::Class, (20, 29), &[("a", shown(0, 100))]);
    let said = |now: &Header, then: &Header| {
        let there = Compared::of_waves(&figure(now, &class), &figure(then, &before)).outcome;
        let back = Compared::of_waves(&figure(then, &before), &figure(now, &class)).outcome;
        assert_eq!(there, mirrored(back));
        there
    };
    assert_eq!(said(&version(3, 2), &version(2, 2)), Outcome::Higher);
    assert_eq!(said(&version(3, 2), &version(1, 1)), Outcome::NotComparable);
    assert_eq!(said(&version(3, 3), &version(2, 1)), Outcome::NotComparable);
    assert_eq!(said(&version(1, 1), &version(1, 1)), Outcome::Higher);
    let mut other = version(3, 1);
    other.definition.id = "another".to_owned();
    assert_eq!(said(&version(3, 1), &other), Outcome::NotComparable);
}
