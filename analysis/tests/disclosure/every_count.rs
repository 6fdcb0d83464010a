//! The attacker's ranges against those found by trying every count.

use crate::tiny::{Tiny, counts, place};
use rand::Rng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// Two schools in a district, one of them with two grades.
fn nested(rng: &mut ChaCha8Rng) -> Tiny {
    let places =
        vec![place("a", "s", "7", "kk"), place("b", "s", "7", "kk"), place("c", "t", "8", "kk")];
    let mut sizes = [3..6, 8..12, 10..13].map(|sizes| rng.gen_range(sizes));
    sizes.shuffle(rng);
    let atoms = (0..3).map(|class| (class, counts(rng, sizes[class]))).collect();
    let mut tiny = Tiny { places, atoms, groups: Vec::new() };
    for (index, class) in ["a", "b", "c"].into_iter().enumerate() {
        tiny.group("class", class, "", &[index]);
    }
    tiny.group("grade", "s/7", "", &[0, 1]);
    tiny.group("school", "s", "", &[0, 1]);
    tiny.group("school", "t", "", &[2]);
    tiny.group("district", "d", "", &[0, 1, 2]);
    tiny.publish(rng, |_| false);
    tiny
}

/// Two schools of two languages each.
fn languages(rng: &mut ChaCha8Rng) -> Tiny {
    let names = [("a", "s", "kk"), ("b", "s", "ru"), ("c", "t", "kk"), ("e", "t", "ru")];
    let places =
        names.map(|(class, school, language)| place(class, school, "7", language)).to_vec();
    let mut sizes = [2, 4, 6, 7];
    sizes.shuffle(rng);
    let atoms = (0..4).map(|class| (class, counts(rng, sizes[class]))).collect();
    let mut tiny = Tiny { places, atoms, groups: Vec::new() };
    for (index, (class, ..)) in names.into_iter().enumerate() {
        tiny.group("class", class, "", &[index]);
    }
    tiny.group("school", "s", "", &[0, 1]);
    tiny.group("school", "t", "", &[2, 3]);
    tiny.group("district", "d", "", &[0, 1, 2, 3]);
    tiny.group("district", "d", "/language=kk", &[0, 2]);
    tiny.group("district", "d", "/language=ru", &[1, 3]);
    tiny.publish(rng, |_| false);
    tiny
}

/// One class with a table by sex.
fn sexes(rng: &mut ChaCha8Rng) -> Tiny {
    let sizes = [rng.gen_range(10..12), rng.gen_range(10..12), rng.gen_range(0..2)];
    let atoms = sizes.into_iter().map(|size| (0, counts(rng, size))).collect();
    let places = vec![place("a", "s", "7", "kk")];
    let mut tiny = Tiny { places, atoms, groups: Vec::new() };
    tiny.group("class", "a", "", &[0, 1, 2]);
    tiny.group("class", "a", "/sex=girl", &[0]);
    tiny.group("class", "a", "/sex=boy", &[1]);
    tiny.publish(rng, |group| !group.part.is_empty());
    tiny
}

fn compare(countries: u64, make: fn(&mut ChaCha8Rng) -> Tiny) -> [usize; 2] {
    (0..countries).fold([0; 2], |sum, seed| {
        let [groups, loose] = make(&mut ChaCha8Rng::seed_from_u64(seed)).compare(seed);
        [sum[0] + groups, sum[1] + loose]
    })
}

#[test]
fn where_groups_nest_exactly_what_fits_is_found() {
    let [groups, loose] = compare(60, nested);
    assert_eq!(loose, 0, "of {groups}");
}

#[test]
fn across_languages_what_fits_is_never_left_out() {
    let [groups, loose] = compare(40, languages);
    println!("languages: {loose} of {groups} groups with more than fits");
    assert!(loose * 50 <= groups, "{loose} of {groups}");
}

#[test]
fn across_sexes_what_fits_is_never_left_out() {
    let [groups, loose] = compare(20, sexes);
    println!("sexes: {loose} of {groups} groups with more than fits");
    assert!(loose * 50 <= groups, "{loose} of {groups}");
}
