//! Each planted leak is seen by the attack that is made for it, in the stratum that it concerns:
//! a linker that sees nothing has shown nothing.

use crate::drive::Build;
use crate::parts::{name, scores};
use crate::plan::Stratum;
use crate::table;
use tests::Database;

struct Leak {
    name: &'static str,
    attack: &'static str,
    stratum: Stratum,
    /// As few as show it with room: those that tell little need more.
    classes: usize,
}

const fn leak(name: &'static str, attack: &'static str, stratum: Stratum, classes: usize) -> Leak {
    Leak { name, attack, stratum, classes }
}

const LEAKS: [Leak; 8] = [
    leak("sequential_id", "release: id order", Stratum::WholeClass, 4),
    leak("timestamp", "release: column stored_at", Stratum::FirstAndLastFinisher, 6),
    // Names the last response of a class: that of who was absent longest.
    leak("counter_row", "release: named in another table", Stratum::AbsenteeAlone, 12),
    // Two pairs of a class, and each is a coin: z is at most the root of the pairs.
    leak("envelope_not_padded", "operator: body lengths", Stratum::Declined, 20),
    leak("token_derived_from_slip", "release: values made from slips", Stratum::AfterASpare, 6),
    leak("access_log", "release: log position", Stratum::LateFromTheQueue, 10),
    leak("order_kept_into_pool", "release: pool order", Stratum::WholeClass, 4),
    // Six of ten read Kazakh: only a few stand out in a class.
    leak("language_column", "release: language", Stratum::WholeClass, 40),
];

const STANDARD_ERRORS: f64 = 5.0;

async fn every_planted_leak_is_seen(database: Database) {
    let mut unseen = Vec::new();
    for leak in &LEAKS {
        let scores = scores(database, Build::Planted(leak.name), 1, leak.classes).await;
        table::write(name(database), leak.name, &scores);
        let z = scores.0[&(leak.attack.to_owned(), leak.stratum)].z();
        println!("{}: {} sees it with z {z:.1}", leak.name, leak.attack);
        if z <= STANDARD_ERRORS {
            unseen.push(format!("{}: z {z:.2}", leak.name));
        }
    }
    assert!(unseen.is_empty(), "{}", unseen.join("\n"));
}

tests::on_both_databases! { every_planted_leak_is_seen }
