//! The rules of protection, one by one.

use crate::country::{Country, Pupils, cell, classes, group, release_of, released, shown, yes_no};
use analysis::{Cell, Level, Reason, Release, Respondents, Tenths};

fn reason(release: &Release, level: Level, id: &str, indicator: &str) -> Option<Reason> {
    match cell(release, level, id, indicator) {
        Cell::Hidden { reason } => Some(reason),
        Cell::Band { .. } => None,
    }
}

/// Three regions of three districts of three schools of three classes.
fn regular(pupils: Pupils) -> Country {
    vec![vec![vec![vec![pupils; 3]; 3]; 3]; 3]
}

#[test]
fn in_a_regular_country_everything_but_the_class_level_is_shown() {
    let release = release_of(&regular(yes_no(4, 20)));
    for group in &release.groups {
        assert_ne!(group.n, Respondents::Hidden);
        for (indicator, cell) in group.cells.iter() {
            let kept = group.level == Level::Class && ["touched", "chronic"].contains(&indicator);
            assert_eq!(shown(cell), !kept, "{} {indicator}", group.group);
        }
    }
    assert_eq!(reason(&release, Level::Class, "r00d00s00c00", "touched"), Some(Reason::Sensitive));
    assert_eq!(reason(&release, Level::Class, "r00d00s00c00", "chronic"), Some(Reason::SmallGroup));
    let band =
        Cell::Band { low: Tenths(100), high: Tenths(200), interval: [Tenths(0), Tenths(500)] };
    assert_eq!(cell(&release, Level::Class, "r00d00s00c00", "any"), band);
}

#[test]
fn nobody_and_everybody_fall_into_outer_bands_with_others() {
    for (pupils, low, high) in [(yes_no(0, 24), 0, 100), (yes_no(24, 0), 900, 1000)] {
        let release = release_of(&regular(pupils));
        match cell(&release, Level::Class, "r01d01s01c01", "any") {
            Cell::Band { low: from, high: to, .. } => assert_eq!((from.0, to.0), (low, high)),
            Cell::Hidden { reason } => panic!("{reason:?}"),
        }
    }
}

/// The width of a band in points.
fn width(cell: Cell) -> Option<u16> {
    match cell {
        Cell::Band { low, high, .. } => Some((high.0 - low.0) / 10),
        Cell::Hidden { .. } => None,
    }
}

#[test]
fn a_class_under_ten_is_hidden_and_its_neighbours_are_not() {
    let mut country = regular(yes_no(4, 20));
    country[0][0][0] = vec![yes_no(1, 8), yes_no(5, 20), yes_no(4, 18)];
    let release = release_of(&country);
    let class = |id: &str| reason(&release, Level::Class, id, "any");
    assert_eq!(class("r00d00s00c00"), Some(Reason::FewRespondents));
    assert_eq!([class("r00d00s00c01"), class("r00d00s00c02")], [None, None]);
    assert!(shown(cell(&release, Level::School, "r00d00s00", "any")));
}

#[test]
fn what_would_give_a_small_class_away_is_shown_more_coarsely() {
    let with = |small: Pupils| {
        let mut country = regular(yes_no(4, 20));
        country[0][0][0] = vec![small, yes_no(0, 30), yes_no(0, 30)];
        release_of(&country)
    };
    let school = |release: &Release| width(cell(release, Level::School, "r00d00s00", "any"));
    assert_eq!(school(&with(yes_no(4, 20))), Some(5));
    // 64 with 0 to 5 %: up to 3 of the 4, whom nobody may know to be all or none.
    assert_eq!(school(&with(yes_no(0, 4))), Some(5));
    // 0 of 61, 0 to 5 %: the only pupil is none or one.
    let one = with(yes_no(0, 1));
    assert_eq!(school(&one), Some(5));
    // All of 4 hit, of 64: 5 to 10 % is 4 to 6 of them, and of the others at most 2 each.
    assert!(school(&with(yes_no(4, 0))) >= Some(5));
}

#[test]
fn an_empty_class_hides_nobody_else() {
    let mut country = regular(yes_no(4, 20));
    country[0][0][0][0] = Pupils::default();
    let release = release_of(&country);
    assert_eq!(reason(&release, Level::Class, "r00d00s00c00", "any"), Some(Reason::FewRespondents));
    assert!(shown(cell(&release, Level::Class, "r00d00s00c01", "any")));
}

#[test]
fn a_release_tells_who_declined_from_who_skipped_an_item_by_nothing() {
    let with = |pupils: Pupils| {
        let mut country = regular(yes_no(4, 20));
        country[0][0][0][0] = pupils;
        release_of(&country)
    };
    let declined = with(Pupils { declined: 3, ..yes_no(4, 12) });
    assert!(shown(cell(&declined, Level::Class, "r00d00s00c00", "any")));
    let n = group(&declined, Level::Class, "r00d00s00c00").n;
    assert_eq!(n, Respondents::Between { low: 15, high: 19 });
    assert_eq!(declined, with(Pupils { silent: 3, ..yes_no(4, 12) }));
}

#[test]
fn an_item_that_under_80_percent_answered_is_hidden_there() {
    let mut country = regular(yes_no(4, 20));
    country[0][0][0] = vec![
        Pupils { silent: 5, ..yes_no(4, 15) },
        yes_no(4, 20),
        Pupils { silent: 2, left: 2, ..yes_no(4, 12) },
    ];
    let release = release_of(&country);
    assert_eq!(reason(&release, Level::Class, "r00d00s00c00", "any"), Some(Reason::Withheld));
    // 16 of 20 are exactly 80 %.
    assert!(shown(cell(&release, Level::Class, "r00d00s00c02", "any")));
    assert!(shown(cell(&release, Level::Class, "r00d00s00c01", "any")));
    let n = group(&release, Level::Class, "r00d00s00c00").n;
    assert_eq!(n, Respondents::Between { low: 20, high: 29 });
}

#[test]
fn the_width_follows_the_valid_answers_and_not_the_respondents() {
    let mut country = regular(yes_no(4, 20));
    country[0][0][0][0] = Pupils { silent: 2, ..yes_no(4, 15) };
    let release = release_of(&country);
    match cell(&release, Level::Class, "r00d00s00c00", "any") {
        Cell::Band { low, high, .. } => assert_eq!((low, high), (Tenths(200), Tenths(400))),
        Cell::Hidden { reason } => panic!("{reason:?}"),
    }
}

#[test]
fn a_district_of_two_schools_is_hidden_and_does_not_follow_from_the_region() {
    let mut country = regular(yes_no(4, 20));
    country[0][0].pop();
    let release = release_of(&country);
    let district = |id: &str| reason(&release, Level::District, id, "any");
    assert_eq!(district("r00d00"), Some(Reason::FewSchools));
    assert_eq!([district("r00d01"), district("r00d02")], [None, None]);
    assert!(shown(cell(&release, Level::Region, "r00", "any")));
    assert!(shown(cell(&release, Level::School, "r00d00s00", "any")));
}

#[test]
fn schools_without_respondents_do_not_count() {
    let mut country = regular(yes_no(4, 20));
    country[0][0][1] = vec![yes_no(0, 0); 2];
    let release = release_of(&country);
    assert_eq!(reason(&release, Level::District, "r00d00", "any"), Some(Reason::FewSchools));
}

#[test]
fn a_class_with_more_responses_than_pupils_is_hidden_declined_ones_counted() {
    let mut country = regular(yes_no(4, 20));
    country[0][0][0][1] = Pupils { declined: 1, absent: -1, ..yes_no(4, 20) };
    let release = release_of(&country);
    let found = reason(&release, Level::Class, "r00d00s00c01", "any");
    assert_eq!(found, Some(Reason::MoreResponsesThanEnrolment));
    assert!(shown(cell(&release, Level::Class, "r00d00s00c00", "any")));
    assert!(shown(cell(&release, Level::School, "r00d00s00", "any")));
}

#[test]
fn a_school_of_one_hidden_class_is_hidden_itself() {
    let mut country = regular(yes_no(4, 20));
    country[0][0][0] = vec![Pupils { absent: -1, ..yes_no(4, 20) }];
    let release = release_of(&country);
    let found = reason(&release, Level::School, "r00d00s00", "any");
    assert_eq!(found, Some(Reason::MoreResponsesThanEnrolment));
    assert_eq!(group(&release, Level::School, "r00d00s00").n, Respondents::Hidden);
    assert!(shown(cell(&release, Level::School, "r00d00s01", "any")));
    assert!(shown(cell(&release, Level::District, "r00d00", "any")));
}

#[test]
fn sensitive_indicators_stay_hidden_wherever_a_group_is_hardly_more_than_a_class() {
    let mut country = regular(yes_no(4, 20));
    country[0][0][0] = vec![yes_no(4, 20); 2];
    country[0][1][0] = vec![yes_no(2, 11); 3];
    country[0][2][0] = vec![yes_no(40, 60), yes_no(1, 3), yes_no(1, 3)];
    let release = release_of(&country);
    for school in ["r00d00s00", "r00d01s00", "r00d02s00"] {
        let found = reason(&release, Level::School, school, "touched");
        assert_eq!(found, Some(Reason::Sensitive), "{school}");
        assert!(shown(cell(&release, Level::School, school, "any")), "{school}");
    }
    assert!(shown(cell(&release, Level::School, "r01d00s00", "touched")));
    assert!(shown(cell(&release, Level::District, "r00d00", "touched")));
}

#[test]
fn what_a_sensitive_indicator_leaves_over_is_never_class_level() {
    let mut country = regular(yes_no(4, 20));
    country[0][0][0] = vec![yes_no(2, 10)];
    country[0][0][1] = vec![yes_no(2, 10)];
    let release = release_of(&country);
    // Two schools of one class each: 24 respondents, under 40 and 3 classes.
    assert_eq!(reason(&release, Level::School, "r00d00s02", "touched"), Some(Reason::Withheld));
    assert!(shown(cell(&release, Level::School, "r00d00s02", "any")));
}

#[test]
fn an_indicator_for_larger_groups_is_shown_from_their_size_on() {
    let mut country = regular(yes_no(4, 20));
    country[0][0][0] = vec![yes_no(3, 9); 3];
    country[0][0][1] = vec![yes_no(4, 9), yes_no(4, 9), yes_no(4, 10)];
    let release = release_of(&country);
    assert_eq!(reason(&release, Level::School, "r00d00s00", "chronic"), Some(Reason::SmallGroup));
    assert!(shown(cell(&release, Level::School, "r00d00s01", "chronic")));
    assert!(shown(cell(&release, Level::School, "r00d00s02", "chronic")));
}

#[test]
fn several_options_count_a_pupil_once() {
    let release = release_of(&regular(yes_no(6, 18)));
    let [yard, outside] = ["yard", "outside"].map(|id| cell(&release, Level::Nation, "nation", id));
    assert_eq!(yard, outside);
}

#[test]
fn a_wave_without_responses_shows_nothing() {
    let release = release_of(&regular(Pupils::default()));
    let mut cells = release.groups.iter().flat_map(|group| group.cells.iter());
    assert!(cells.all(|(_, cell)| cell == Cell::Hidden { reason: Reason::FewRespondents }));
    assert!(released(&classes(&Vec::new())).groups.is_empty());
}
