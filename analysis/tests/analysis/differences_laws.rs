//! Laws of what is said of any two published numbers.

use crate::differences::{figure, mirrored};
use crate::published::{group, header, shown};
use analysis::{
    Compared, Group, Kind, Level, Outcome, design_effect, flagged, flags, mean_interval,
};
use proptest::prelude::*;

fn any_figure() -> impl Strategy<Value = (Level, (u32, u32), u16, u16)> {
    let of = |level, n, width: u16| {
        (0..1000 / width).prop_map(move |at| (level, n, at * width, (at + 1) * width))
    };
    prop_oneof![
        of(Level::Class, (10, 14), 200),
        of(Level::Class, (20, 29), 100),
        of(Level::Grade, (60, 99), 50),
        of(Level::School, (200, 299), 20),
        of(Level::District, (500, 999), 10),
    ]
}

fn made((level, n, low, high): (Level, (u32, u32), u16, u16)) -> Group {
    group(level, n, &[("a", shown(low, high))])
}

proptest! {
    #[test]
    fn the_second_against_the_first_is_the_mirror_image(one in any_figure(), other in any_figure()) {
        for kind in [Kind::Share, Kind::Part, Kind::Mean] {
            let header = header(kind);
            let (one, other) = (made(one), made(other));
            let (one, other) = (figure(&header, &one), figure(&header, &other));
            let (there, back) = (Compared::apart(&one, &other), Compared::apart(&other, &one));
            prop_assert_eq!(there.outcome, mirrored(back.outcome));
            prop_assert_eq!(there.p, back.p);
        }
    }

    #[test]
    fn bands_that_meet_are_ties(one in any_figure(), other in any_figure()) {
        for kind in [Kind::Share, Kind::Mean] {
            let header = header(kind);
            let meet = one.2 <= other.3 && other.2 <= one.3;
            let said = Compared::apart(&figure(&header, &made(one)), &figure(&header, &made(other)));
            if meet {
                prop_assert_eq!(said, Compared { outcome: Outcome::NotClearlyDifferent, p: Some(1.0) });
            }
        }
    }

    /// Zou and Donner's limits at any means of the bands and any numbers of answers.
    #[test]
    fn of_means_it_holds_for_every_value_in_the_bands(
        one in any_figure(),
        other in any_figure(),
        at in prop::array::uniform4(0.0..=1.0f64),
    ) {
        let header = header(Kind::Mean);
        let (first, second) = (made(one), made(other));
        let said = Compared::apart(&figure(&header, &first), &figure(&header, &second));
        let value = |group: &Group, (_, (few, many), low, high): (Level, (u32, u32), u16, u16), at: f64, more: f64| {
            let mean = (f64::from(low) + at * f64::from(high - low)) / 1000.0;
            let least = f64::from((few * 80).div_ceil(100).max(10)).max(match high - low {
                200 => 10.0, 100 => 20.0, 50 => 40.0, 20 => 100.0, _ => 300.0,
            });
            let n = (least + more * (f64::from(many) - least)).round();
            let freedom = group.clusters.map_or(n - 1.0, |clusters| f64::from(clusters.count) - 1.0);
            let icc = if group.level > Level::School { 0.03 } else { 0.06 };
            let deff = group.clusters.map_or(1.0, |clusters| design_effect(icc, f64::from(clusters.size)));
            let (l, u) = mean_interval(mean, 0.2, n / deff, freedom).unwrap();
            (mean, l, u)
        };
        let (m1, l1, u1) = value(&first, one, at[0], at[1]);
        let (m2, l2, u2) = value(&second, other, at[2], at[3]);
        let low = m1 - m2 - (m1 - l1).hypot(u2 - m2);
        let high = m1 - m2 + (u1 - m1).hypot(m2 - l2);
        match said.outcome {
            Outcome::Higher => prop_assert!(low > 0.0),
            Outcome::Lower => prop_assert!(high < 0.0),
            _ => {}
        }
    }

    #[test]
    fn flags_are_those_of_the_comparisons_that_could_be_made(
        p_values in prop::collection::vec(prop::option::of(0.0..0.1f64), 0..40),
    ) {
        let outcome = Outcome::NotClearlyDifferent;
        let report: Vec<Compared> = p_values.iter().map(|p| Compared { outcome, p: *p }).collect();
        let made: Vec<f64> = p_values.iter().copied().flatten().collect();
        let mut expected = flagged(&made, 0.05).into_iter();
        let expected: Vec<bool> =
            p_values.iter().map(|p| p.is_some() && expected.next().unwrap()).collect();
        prop_assert_eq!(flags(&report), expected);
    }
}
