//! The attacks of the insider. Each pairs all pupils of a class with all its responses; where it
//! knows nothing it pairs by lot.

use crate::attacks::Scores;
use crate::holdings::{Holdings, Row, Sent};
use crate::plan::{Class, Seat, Stratum, Way};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha20Rng;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// A class to the insider.
struct View<'holdings> {
    class: &'holdings Class,
    sent: &'holdings [Sent],
    rows: &'holdings [Row],
}

/// Numbers before texts; nothing before both.
type Key = Option<(Option<i64>, Vec<u8>)>;
/// The place of the row that is guessed for each seat.
type Guess = Vec<usize>;

pub fn attack(holdings: &Holdings, seed: u64, scores: &mut Scores) {
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let all_rows = || holdings.rows.iter().flatten();
    let columns: BTreeSet<&str> =
        all_rows().flat_map(|row| row.columns.keys().map(String::as_str)).collect();
    for ((class, sent), rows) in holdings.classes.iter().zip(&holdings.sent).zip(&holdings.rows) {
        // Rows as read; their order is one attack's own.
        let view = View { class, sent, rows };
        let mut score = |name: &str, guess: Guess| {
            for stratum in Stratum::ALL {
                let seats = class.seats_of(stratum);
                let hits = seats.iter().filter(|seat| rows[guess[**seat]].seat == **seat).count();
                scores.add(&format!("release: {name}"), stratum, (rows.len(), seats.len()), hits);
            }
        };
        for (name, guess) in view.by_orders(&mut rng) {
            score(name, guess);
        }
        for column in &columns {
            let keys = view.keys(|row| row.columns.get(*column).and_then(|value| text(value)));
            score(&format!("column {column}"), view.matched(view.finishing(), keys, &mut rng));
        }
        score("language", view.by_language(&columns, &mut rng));
        score("named in another table", view.by_name_elsewhere(&mut rng));
        score("values made from slips", view.by_derived_values(&mut rng));
    }
}

impl View<'_> {
    /// Orders of people against orders of responses.
    fn by_orders(&self, rng: &mut ChaCha20Rng) -> Vec<(&'static str, Guess)> {
        let place = |place: usize| number(place as i64);
        let read: Vec<Key> = (0..self.rows.len()).map(place).collect();
        let ids = self.keys(|row| text(&row.id));
        let pool = self.keys(|row| row.pool.and_then(place));
        let evaluations = self.sent.iter().map(|sent| bytes(&sent.evaluation)).collect();
        let codes = self.sent.iter().map(|sent| text(&sent.slips.last()?.to_string())).collect();
        let orders = [
            ("row order", self.finishing(), read),
            ("id order", self.finishing(), ids.clone()),
            ("id order and beginning", self.beginning(), ids),
            ("pool order", self.finishing(), pool.clone()),
            ("pool order and beginning", self.beginning(), pool),
            ("log position", self.finishing(), self.keys(|row| row.logged.and_then(place))),
            ("envelope bytes", self.finishing(), self.keys(|row| text(&row.envelope))),
            ("token bytes", evaluations, self.keys(|row| bytes(&row.token))),
            ("value bytes", codes, self.keys(|row| bytes(&row.value))),
        ];
        let guess = |(name, people, responses)| (name, self.matched(people, responses, rng));
        orders.into_iter().map(guess).collect()
    }

    /// Whoever reads a language is paired with a response that says so.
    fn by_language(&self, columns: &BTreeSet<&str>, rng: &mut ChaCha20Rng) -> Guess {
        let languages: Vec<Key> = self.class.seats.iter().map(|seat| text(seat.language)).collect();
        let says = |row: &Row| {
            let said = columns.iter().filter_map(|column| row.columns.get(*column));
            said.map(|value| text(value)).find(|key| languages.contains(key)).flatten()
        };
        let rows = self.keys(says);
        self.matched(languages, rows, rng)
    }

    /// A row of another table that names a response names the class's last one.
    fn by_name_elsewhere(&self, rng: &mut ChaCha20Rng) -> Guess {
        let finishing = self.finishing();
        let last = (0..finishing.len()).max_by_key(|seat| &finishing[*seat]);
        let named = self.rows.iter().position(|row| row.named_elsewhere);
        self.pinned(&last.zip(named).into_iter().collect::<Vec<_>>(), rng)
    }

    /// Values or tokens that are what one could make of a slip or of what it was sent with.
    fn by_derived_values(&self, rng: &mut ChaCha20Rng) -> Guess {
        let mut pins = Vec::new();
        for (seat, sent) in self.sent.iter().enumerate() {
            let made = made_from(sent);
            let fits =
                |row: &Row| made.iter().any(|one| *one == row.value || row.token.starts_with(one));
            pins.extend(self.rows.iter().position(fits).map(|row| (seat, row)));
        }
        self.pinned(&pins, rng)
    }

    /// As a teacher sees it: when pupils of the lesson finished, whose tablet waited for the
    /// network, who came on a later day.
    fn finishing(&self) -> Vec<Key> {
        let finished = |seat: &Seat| {
            let at = seat.begins + seat.takes;
            // After the lesson, before the next day.
            let waited = if seat.way == Way::Late { 600.0 } else { 0.0 };
            number(((at + waited) * 1000.0) as i64)
        };
        self.class.seats.iter().map(finished).collect()
    }

    fn beginning(&self) -> Vec<Key> {
        self.class.seats.iter().map(|seat| number((seat.begins * 1000.0) as i64)).collect()
    }

    fn keys(&self, key: impl Fn(&Row) -> Key) -> Vec<Key> {
        self.rows.iter().map(key).collect()
    }

    /// The first in one order with the first in the other, equal ones by lot.
    fn matched(&self, people: Vec<Key>, responses: Vec<Key>, rng: &mut ChaCha20Rng) -> Guess {
        let mut sorted = |keys: Vec<Key>| {
            let mut places: Vec<usize> = (0..keys.len()).collect();
            places.shuffle(rng);
            places.sort_by(|a, b| keys[*a].cmp(&keys[*b]));
            places
        };
        let (seats, rows) = (sorted(people), sorted(responses));
        let mut guess = vec![0; seats.len()];
        for (seat, row) in seats.into_iter().zip(rows) {
            guess[seat] = row;
        }
        guess
    }

    /// Some pairs known, the others by lot.
    fn pinned(&self, pins: &[(usize, usize)], rng: &mut ChaCha20Rng) -> Guess {
        let known = |seat: usize| pins.iter().find(|pin| pin.0 == seat).map(|pin| pin.1);
        let taken: BTreeSet<usize> = (0..self.rows.len()).filter_map(known).collect();
        let mut rest: Vec<_> = (0..self.rows.len()).filter(|row| !taken.contains(row)).collect();
        rest.shuffle(rng);
        let guess = |seat| known(seat).or_else(|| rest.pop()).unwrap_or(0);
        (0..self.class.seats.len()).map(guess).collect()
    }
}

/// Every obvious derivation: the code as it is written and sent, hashed, hashed as a spent value
/// would be; and the very bytes of the request and reply that went with the slip.
fn made_from(sent: &Sent) -> Vec<Vec<u8>> {
    let mut made = vec![sent.blinded.clone(), sent.evaluation.clone()];
    for slip in &sent.slips {
        let written = slip.own_part();
        for text in [slip.to_string(), written.replace('-', ""), written] {
            let hash = Sha256::digest(&text);
            made.push(Sha256::digest(hash).to_vec());
            made.push(
                Sha256::new().chain_update("senim spent 1").chain_update(&text).finalize().to_vec(),
            );
            made.push(hash.to_vec());
            let mut padded = text.into_bytes();
            padded.resize(32, 0);
            made.push(padded);
        }
    }
    made
}

fn number(number: i64) -> Key {
    Some((Some(number), Vec::new()))
}

fn text(text: &str) -> Key {
    Some((text.parse().ok(), text.as_bytes().to_vec()))
}

fn bytes(bytes: &[u8]) -> Key {
    Some((None, bytes.to_vec()))
}
