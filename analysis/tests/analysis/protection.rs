//! What must hold of every release, checked from the outside over generated countries: groups
//! are taken as sets of classes, and nothing of the protecting code is used.

use crate::country::{
    Country, Pupils, any_country, classes, released, responses, shown, structure, tally,
};
use crate::survey::survey;
use analysis::{
    Cell, ClassPlace, Columns, Group, Level, Release, Respondents, Tallies, TallyCode, protect,
    wilson,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) type Classes = Vec<(ClassPlace, Pupils)>;

fn id_of(place: &ClassPlace, level: Level) -> &str {
    match level {
        // The countries of these tests do not know grades.
        Level::Grade | Level::Band => "",
        Level::Class => &place.class,
        Level::School => &place.school,
        Level::District => &place.district,
        Level::Region => &place.region,
        Level::Nation => "nation",
    }
}

/// The positions of the classes of a group that have respondents.
pub(crate) fn members(classes: &Classes, level: Level, id: &str) -> BTreeSet<usize> {
    let all = classes.iter().enumerate();
    let inside =
        all.filter(|(_, (place, pupils))| id_of(place, level) == id && pupils.respondents() > 0);
    inside.map(|(index, _)| index).collect()
}

pub(crate) fn respondents(classes: &Classes, members: &BTreeSet<usize>) -> u32 {
    members.iter().map(|index| classes[*index].1.respondents()).sum()
}

fn schools(classes: &Classes, members: &BTreeSet<usize>) -> usize {
    members.iter().map(|index| classes[*index].0.school.as_str()).collect::<BTreeSet<_>>().len()
}

/// Each group with its classes, and whether one of its cells is shown.
fn groups<'r>(
    release: &'r Release,
    classes: &Classes,
    indicator: &str,
) -> Vec<(&'r Group, BTreeSet<usize>, bool)> {
    let groups = release.groups.iter();
    groups
        .map(|group| {
            let members = members(classes, group.level, &group.group);
            (group, members, shown(group.cells.get(indicator).unwrap()))
        })
        .collect()
}

/// What is left of a group that shows a sensitive indicator, without the groups inside it that
/// show it, is no class level either.
fn check_remainders(release: &Release, classes: &Classes) {
    let groups = groups(release, classes, "touched");
    let visible: Vec<_> = groups.iter().filter(|(_, _, shown)| *shown).collect();
    for (group, members, _) in &visible {
        let mut rest = members.clone();
        for (inner, others, _) in &visible {
            if inner.level < group.level && others.is_subset(members) {
                rest.retain(|class| !others.contains(class));
            }
        }
        if !rest.is_empty() {
            assert!(respondents(classes, &rest) >= 40, "{}", group.group);
            assert!(rest.len() >= 3, "{}", group.group);
        }
    }
}

fn check_groups(release: &Release, classes: &Classes) {
    for group in &release.groups {
        let members = members(classes, group.level, &group.group);
        let n = respondents(classes, &members);
        let above = group.level > Level::School;
        if n < 10 || (above && schools(classes, &members) < 3) {
            assert_eq!(group.n, Respondents::Hidden, "{}", group.group);
        }
        if group.n == Respondents::Hidden {
            assert!(!group.cells.iter().any(|(_, cell)| shown(cell)), "{}", group.group);
        } else {
            let (low, high) = group.n.bounds().unwrap();
            assert!(low <= n && n <= high);
        }
        let class_level = members.len() < 3 || n < 40;
        assert!(!(class_level && shown(group.cells.get("touched").unwrap())), "{}", group.group);
        assert!(!(n < 40 && shown(group.cells.get("chronic").unwrap())), "{}", group.group);
    }
}

/// Hits and valid answers of a group, from the tallies of the item itself.
fn counts(tallies: &Tallies) -> BTreeMap<(Level, &str), (u32, u32)> {
    let mut counts: BTreeMap<(Level, &str), (u32, u32)> = BTreeMap::new();
    for row in tallies.rows().filter(|row| row.item == "often") {
        if let TallyCode::Code(code) = row.code {
            let (hits, valid) = counts.entry((row.level, row.group)).or_default();
            *valid += row.n;
            *hits += if code > 0 { row.n } else { 0 };
        }
    }
    counts
}

fn check_bands(release: &Release, classes: &Classes) {
    let tallies = tally(classes);
    let counts = counts(&tallies);
    for group in &release.groups {
        let Cell::Band { low, high, interval } = group.cells.get("any").unwrap() else { continue };
        let (hits, valid) = counts[&(group.level, group.group.as_str())];
        let width = match valid {
            0..=9 => panic!("{}: {valid} answers", group.group),
            10..=19 => 200,
            20..=39 => 100,
            40..=99 => 50,
            100..=299 => 20,
            300..=999 => 10,
            _ if low.0 == 0 || high.0 == 1000 => 10,
            _ => 1,
        };
        // The loop may have made it coarser, never finer.
        assert!(high.0 - low.0 >= width, "{}: {valid} answers", group.group);
        let share = u64::from(hits) * 1000;
        let (from, to) =
            (u64::from(low.0) * u64::from(valid), u64::from(high.0) * u64::from(valid));
        assert!(from <= share && (share < to || high.0 == 1000), "{}", group.group);
        let (from, to) = wilson(hits, valid).unwrap();
        assert!(
            f64::from(interval[0].0) <= from * 1000.0 && to * 1000.0 <= f64::from(interval[1].0)
        );
    }
}

fn check(country: &Country) {
    let classes = classes(country);
    let release = released(&classes);
    check_groups(&release, &classes);
    check_bands(&release, &classes);
    check_remainders(&release, &classes);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_that_may_not_be_shown_is_shown_or_left_over(country in any_country()) {
        check(&country);
    }

    #[test]
    fn classes_that_are_all_alike_are_protected_like_others(
        mut country in any_country(), all in any::<bool>(), silent in 0..3u32,
    ) {
        for pupils in country.iter_mut().flatten().flatten().flatten() {
            let n = pupils.respondents();
            let (yes, no) = if all { (n, 0) } else { (0, n) };
            *pupils = Pupils { yes, no, silent, left: 0, ..*pupils };
        }
        check(&country);
    }

    #[test]
    fn recomputing_in_another_order_gives_the_same_bytes(country in any_country()) {
        let classes = classes(&country);
        let first = released(&classes).write_json_lines();
        let (survey, structure) = (survey(), structure(&classes));
        let mut pool = responses(&classes);
        pool.reverse();
        let columns = Columns::from_responses(&survey, &structure, pool).unwrap();
        let tallies = Tallies::of(&survey, &structure, &columns).unwrap();
        let header = Release::parse_json_lines(&first).unwrap().header;
        let again = protect("wave", header.definition, &survey, &structure, &tallies).unwrap();
        let mut bytes = Vec::new();
        again.write_json_lines(&mut bytes).unwrap();
        prop_assert_eq!(first, String::from_utf8(bytes).unwrap());
    }
}
