//! Countries made for the attacker: where small, odd and equal groups are, for one seed each.

use analysis::{ClassPlace, Structure};
use rand::Rng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use std::collections::HashMap;

/// One pupil who is done; `None` is no valid answer.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Pupil {
    pub(crate) takes_part: bool,
    pub(crate) sex: Option<i16>,
    pub(crate) bullied: Option<i16>,
    pub(crate) touched: Option<i16>,
    pub(crate) told: Option<i16>,
    pub(crate) lessons: Option<i16>,
    pub(crate) safe: Option<i16>,
    pub(crate) belongs: Option<i16>,
}

/// A class and its pupils in two waves.
#[derive(Debug, Clone)]
pub(crate) struct Class {
    pub(crate) place: ClassPlace,
    pub(crate) waves: [Vec<Pupil>; 2],
}

/// How pupils of a class answer.
#[derive(Debug, Clone, Copy)]
struct Manner {
    bullied: f64,
    touched: f64,
    declined: f64,
    skips: f64,
    /// Everybody says the same.
    alike: bool,
}

pub(crate) fn structure(classes: &[Class]) -> Structure {
    Structure::new(classes.iter().map(|class| class.place.clone()).collect()).unwrap()
}

/// How many are done in each class.
pub(crate) fn done(classes: &[Class], wave: usize) -> HashMap<String, u32> {
    let done = |class: &Class| (class.place.class.clone(), class.waves[wave].len() as u32);
    classes.iter().map(done).collect()
}

/// The country of a seed.
pub(crate) fn country(seed: u64) -> Vec<Class> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let base = *[0.0, 0.03, 0.1, 0.2, 0.4, 0.9, 1.0].choose(&mut rng).unwrap();
    // In one country of ten a region passes 1000 pupils.
    let big = seed % 10 == 3;
    let mut classes = Vec::new();
    for region in 0..if big { 1 } else { rng.gen_range(1..=2) } {
        for district in 0..if big { 1 } else { rng.gen_range(1..=4) } {
            let one_school = rng.gen_bool(0.15);
            let schools = if one_school { 1 } else { rng.gen_range(2..=5) };
            for school in 0..schools + if big { 3 } else { 0 } {
                let place = [format!("r{region}"), format!("d{region}{district}")];
                let id = format!("s{region}{district}{school}");
                add_school(&mut rng, &place, &id, base, big, &mut classes);
            }
        }
    }
    let steady = rng.gen_bool(0.3);
    for class in &mut classes {
        class.waves[1] = next_wave(&mut rng, class, base, steady);
    }
    classes
}

fn add_school(
    rng: &mut ChaCha8Rng,
    [region, district]: &[String; 2],
    school: &str,
    base: f64,
    big: bool,
    classes: &mut Vec<Class>,
) {
    // Tiny rural; one class in all; a class a grade; classes around the threshold; town.
    let kind = if big { 4 } else { *[0, 0, 0, 1, 2, 3, 3, 4].choose(rng).unwrap() };
    let grades = match kind {
        1 => vec![rng.gen_range(5..=11)],
        4 if !big => vec![7, 8, 9],
        _ => (5..=11).filter(|_| rng.gen_bool(0.8)).collect(),
    };
    // One language, another one, one grade of another one, or mixed.
    let languages = rng.gen_range(0..6);
    for grade in grades {
        let parallel = if kind == 4 { rng.gen_range(2..=4) } else { 1 };
        for letter in ["a", "b", "c", "d"].into_iter().take(parallel) {
            let class = format!("{school}-{grade}{letter}");
            let language = language(rng, languages, grade);
            let size = match kind {
                0 => rng.gen_range(3..=14),
                3 => rng.gen_range(10..=12),
                _ => rng.gen_range(15..=28),
            };
            let [region, district, school, language, form] =
                [region, district, school, language, "senior"].map(str::to_owned);
            let grade = grade.to_string();
            let enrolment = size;
            let place =
                ClassPlace { region, district, school, class, grade, form, language, enrolment };
            classes.push(Class { waves: [first_wave(rng, size, base), Vec::new()], place });
        }
    }
}

/// The language of a class, in a school of one of six kinds.
fn language(rng: &mut ChaCha8Rng, school: u32, grade: u32) -> &'static str {
    match school {
        0..=2 => "kk",
        3 => "ru",
        4 if grade == 7 => "ru",
        5 if rng.gen_bool(0.5) => "ru",
        _ => "kk",
    }
}

fn manner(rng: &mut ChaCha8Rng, base: f64) -> Manner {
    let extreme = rng.gen_bool(0.15);
    let other = *[0.0, 1.0, 0.5].choose(rng).unwrap();
    Manner {
        bullied: if extreme { other } else { base },
        touched: if extreme { other } else { base * 0.5 },
        declined: if rng.gen_bool(0.3) { 0.1 } else { 0.0 },
        skips: *[0.0, 0.0, 0.03, 0.3].choose(rng).unwrap(),
        alike: rng.gen_bool(0.1),
    }
}

fn first_wave(rng: &mut ChaCha8Rng, enrolled: u32, base: f64) -> Vec<Pupil> {
    let manner = manner(rng, base);
    let mut done = (0..enrolled).filter(|_| rng.gen_bool(0.93)).count();
    if rng.gen_bool(0.03) {
        done = enrolled as usize + rng.gen_range(1..=2);
    } else if rng.gen_bool(0.03) {
        done = 0;
    }
    let first = pupil(rng, manner);
    (0..done).map(|_| if manner.alike { first } else { pupil(rng, manner) }).collect()
}

/// The same pupils later: some went, some came, some answer otherwise.
fn next_wave(rng: &mut ChaCha8Rng, class: &Class, base: f64, steady: bool) -> Vec<Pupil> {
    let manner = manner(rng, base);
    let (goes, changes) = if steady { (0.01, 0.0) } else { (0.05, 0.25) };
    let mut later: Vec<Pupil> =
        class.waves[0].iter().filter(|_| !rng.gen_bool(goes)).copied().collect();
    for one in &mut later {
        if rng.gen_bool(changes) {
            *one = Pupil { sex: one.sex, ..pupil(rng, manner) };
        }
    }
    let comes = if rng.gen_bool(goes * 4.0) { rng.gen_range(1..=2) } else { 0 };
    later.extend((0..comes).map(|_| pupil(rng, manner)));
    later
}

fn pupil(rng: &mut ChaCha8Rng, manner: Manner) -> Pupil {
    let takes_part = !rng.gen_bool(manner.declined);
    let answer = |code: i16, rng: &mut ChaCha8Rng| {
        (takes_part && !rng.gen_bool(manner.skips)).then_some(code)
    };
    let often = |share: f64, rng: &mut ChaCha8Rng| -> i16 {
        if rng.gen_bool(share) { rng.gen_range(1..=4) } else { 0 }
    };
    let codes = [
        often(manner.bullied, rng),
        often(manner.touched, rng),
        rng.gen_range(0..=1),
        *[0, 0, 0, 1, 1, 2, 3].choose(rng).unwrap(),
        rng.gen_range(0..=4),
        rng.gen_range(0..=4),
    ];
    let sex = *[Some(1), Some(1), Some(1), Some(2), Some(2), Some(2), None].choose(rng).unwrap();
    let [bullied, touched, told, lessons, safe, belongs] = codes.map(|code| answer(code, rng));
    let sex = sex.filter(|_| takes_part);
    Pupil { takes_part, sex, bullied, touched, told, lessons, safe, belongs }
}
