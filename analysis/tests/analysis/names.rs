use crate::country::{Pupils, cell, classes, released, shown, yes_no};
use crate::protection::{Classes, members, respondents};
use analysis::{Group, Level};
use std::collections::BTreeSet;

/// A country in which no two groups have equally many respondents.
fn distinct() -> Classes {
    // 17 generates the numbers under 101, so no two classes are alike.
    let mut next = (0..100u32).map(|class| {
        let n = 5 + class * 17 % 101;
        Pupils { absent: 1, ..yes_no(n / 5, n - n / 5) }
    });
    let mut school = |n: usize| next.by_ref().take(n).collect::<Vec<_>>();
    let district = |schools: [usize; 3], school: &mut dyn FnMut(usize) -> Vec<Pupils>| {
        schools.into_iter().map(school).collect::<Vec<_>>()
    };
    let regions = [[[3, 1, 4], [2, 2, 3]], [[4, 3, 2], [1, 1, 5]], [[3, 3, 3], [2, 4, 4]]];
    let country =
        regions.map(|region| region.map(|schools| district(schools, &mut school)).to_vec());
    classes(&country.to_vec())
}

/// Turns `r00d01s02` around: ids in reverse order, levels untouched.
fn turned(id: &str) -> String {
    id.chars().map(|c| c.to_digit(10).map_or(c, |digit| char::from(b'9' - digit as u8))).collect()
}

#[test]
fn new_names_for_classes_permute_the_release_and_change_nothing_else() {
    let old = distinct();
    let mut new = old.clone();
    for (place, _) in &mut new {
        for id in [&mut place.region, &mut place.district, &mut place.school, &mut place.class] {
            *id = turned(id);
        }
    }
    let (before, after) = (released(&old), released(&new));
    for level in Level::ALL {
        let groups: Vec<_> = before.groups.iter().filter(|group| group.level == level).collect();
        let size = |group: &&Group| respondents(&old, &members(&old, level, &group.group));
        let sizes: BTreeSet<u32> = groups.iter().map(size).collect();
        assert_eq!(sizes.len(), groups.len(), "a tie would be settled by the id");
    }
    let mut hidden = 0;
    for group in &before.groups {
        let id =
            if group.level == Level::Nation { "nation".to_owned() } else { turned(&group.group) };
        for (indicator, old) in group.cells.iter() {
            assert_eq!(old, cell(&after, group.level, &id, indicator), "{indicator} of {id}");
            hidden += usize::from(!shown(old));
        }
    }
    assert!(hidden > 0);
}
