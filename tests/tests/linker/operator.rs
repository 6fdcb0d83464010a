//! The attacks of the operator. Each gives every pupil of a class a number; of a pair, whoever has
//! the higher one is said to be the one who declined, or who answered yes.

use crate::attacks::Scores;
use crate::holdings::{Holdings, Sent};
use crate::pairs::Pairs;
use crate::plan::{Seat, Stratum};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;

/// One attack: what speaks for having declined, and what for having answered yes.
type Attack = (&'static str, fn(&Holdings, &Seat, &Sent) -> [f64; 2]);

/// Somebody who declined would send, write and wait less; somebody who was bullied sees more items.
const ATTACKS: [Attack; 12] = [
    ("body lengths", |_, _, sent| less_or_more(sent.lengths[1] as f64)),
    ("body lengths of tokens", |_, _, sent| less_or_more(sent.lengths[0] as f64)),
    ("number of requests", |_, _, sent| less_or_more(sent.requests as f64)),
    ("journal growth", |_, _, sent| less_or_more(sent.journal.length as f64)),
    ("journal content", |_, _, sent| less_or_more(sent.journal.content)),
    ("log growth", |_, _, sent| less_or_more(sent.logged as f64)),
    ("envelope bytes", |holdings, _, sent| {
        let envelope = URL_SAFE_NO_PAD.decode(&sent.envelope).unwrap();
        let classifiers = &holdings.classifiers;
        [classifiers.declined.score(&envelope), classifiers.yes.score(&envelope)]
    }),
    ("row lengths in backups", |_, _, sent| less_or_more(sent.stored as f64)),
    ("time of working", |_, _, sent| less_or_more(sent.worked)),
    ("order of arrival", |_, _, sent| less_or_more(sent.arrival as f64)),
    ("duration", |_, seat, _| less_or_more(seat.sends - seat.begins)),
    ("token bytes", |_, _, sent| less_or_more(leading(&sent.token) - leading(&sent.value))),
];

fn less_or_more(number: f64) -> [f64; 2] {
    [-number, number]
}

/// Bytes as a fraction.
fn leading(bytes: &[u8]) -> f64 {
    bytes.iter().take(6).rev().fold(0.0, |rest, byte| (rest + f64::from(*byte)) / 256.0)
}

pub fn attack(holdings: &Holdings, seed: u64, scores: &mut Scores) {
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    for (class, sent) in holdings.classes.iter().zip(&holdings.sent) {
        let pairs = Pairs::of(class, &mut rng);
        for (name, attack) in ATTACKS {
            let numbers: Vec<_> = class
                .seats
                .iter()
                .zip(sent)
                .map(|(seat, sent)| attack(holdings, seat, sent))
                .collect();
            for stratum in Stratum::ALL {
                let question = usize::from(stratum != Stratum::Declined);
                for (is, other) in pairs.about(class, stratum) {
                    let (is, other) = (numbers[is][question], numbers[other][question]);
                    let coin = rng.r#gen::<bool>();
                    let hit = is > other || is.total_cmp(&other).is_eq() && coin;
                    scores.add(&format!("operator: {name}"), stratum, (2, 1), usize::from(hit));
                }
            }
        }
    }
}
