//! The adversaries on waves that were never sent anywhere and in which nothing leaks: their scores
//! are what chance gives, no more often high than they ought to be. A linker that cries wolf here
//! would cry wolf at the product.

use crate::attacks::Scores;
use crate::holdings::{Classifiers, Holdings, Linear, Row, Sent};
use crate::journal::Growth;
use crate::plan::{self, Class};
use crate::statistics::Chances;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::seq::SliceRandom;
use rand::{Rng, RngCore, SeedableRng};
use rand_chacha::ChaCha20Rng;

const WAVES: u64 = 24;
const CLASSES: usize = 40;

#[test]
fn who_knows_nothing_scores_as_chance_has_it() {
    let survey = tests::definition("senim_pupil_senior");
    let mut chances = Chances::default();
    let (mut all, mut above_two, mut below_a_twentieth) = (0.0, 0.0, 0.0);
    for seed in 0..WAVES {
        let scores = Scores::of(&nothing_known(plan::classes(&survey, CLASSES, seed), seed), seed);
        for score in scores.0.values() {
            all += 1.0;
            above_two += f64::from(u8::from(score.z() > 2.0));
            below_a_twentieth += f64::from(u8::from(chances.p(score) < 0.05));
        }
    }
    let (above_two, below) = (above_two / all, below_a_twentieth / all);
    println!("{all} rows: z over 2 in {above_two:.4}, p under 0.05 in {below:.4}");
    // 2.3 % of a normal curve; a few hits among whole numbers lean to the right.
    assert!((0.012..0.042).contains(&above_two), "{above_two}");
    // Whole numbers keep an exact p below its level.
    assert!((0.015..0.055).contains(&below), "{below}");
}

/// Everything random and of one length, in the shape of a real wave.
fn nothing_known(classes: Vec<Class>, seed: u64) -> Holdings {
    let rng = &mut ChaCha20Rng::seed_from_u64(seed + 1_000);
    let sent: Vec<Vec<Sent>> = classes
        .iter()
        .map(|class| class.seats.iter().map(|_| random_sent(rng)).collect())
        .collect();
    let rows = sent.iter().map(|sent| random_rows(sent, rng)).collect();
    let examples = |rng: &mut ChaCha20Rng| (0..20).map(|_| bytes(256, rng)).collect::<Vec<_>>();
    let classifiers = Classifiers {
        declined: Linear::trained(&examples(rng), &examples(rng)),
        yes: Linear::trained(&examples(rng), &examples(rng)),
    };
    Holdings { classes, sent, rows, classifiers }
}

fn random_sent(rng: &mut ChaCha20Rng) -> Sent {
    let part = protocol::ClassPart::random(rng);
    Sent {
        slips: vec![protocol::SlipCode::random(part, rng)],
        requests: rng.gen_range(2..4),
        lengths: [250, 600],
        blinded: bytes(32, rng),
        evaluation: bytes(32, rng),
        value: bytes(32, rng),
        token: bytes(64, rng),
        envelope: URL_SAFE_NO_PAD.encode(bytes(256, rng)),
        journal: Growth { length: rng.gen_range(0..5), content: rng.r#gen() },
        worked: rng.r#gen(),
        stored: 900,
        logged: rng.gen_range(0..3),
        arrival: rng.gen_range(0..1_000),
    }
}

/// In the order of random ids, with a column that says nothing.
fn random_rows(sent: &[Sent], rng: &mut ChaCha20Rng) -> Vec<Row> {
    let mut pool: Vec<usize> = (0..sent.len()).collect();
    pool.shuffle(rng);
    let row = |(seat, sent): (usize, &Sent)| Row {
        seat,
        id: format!("{:032x}", rng.r#gen::<u128>()),
        envelope: sent.envelope.clone(),
        columns: [("noise".to_owned(), rng.r#gen::<i64>().to_string())].into(),
        pool: Some(pool[seat]),
        value: sent.value.clone(),
        token: sent.token.clone(),
        ..Row::default()
    };
    let mut rows: Vec<Row> = sent.iter().enumerate().map(row).collect();
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    rows
}

fn bytes(length: usize, rng: &mut ChaCha20Rng) -> Vec<u8> {
    let mut bytes = vec![0; length];
    rng.fill_bytes(&mut bytes);
    bytes
}
