//! Pairs of pupils of a class with opposite truths: of each the operator says which is which.
//!
//! Who is paired with whom is drawn without a look at anything but the truths, so that each pair
//! by itself is a fair coin to who knows nothing.

use crate::plan::{Class, Stratum, Truth};
use rand::seq::SliceRandom;
use rand_chacha::ChaCha20Rng;

/// The seat for which the question's answer is yes, and the other.
pub type Pair = (usize, usize);

pub struct Pairs {
    /// One declined and one answered.
    declined: Vec<Pair>,
    /// One answered yes and the other no.
    yes: Vec<Pair>,
}

impl Pairs {
    pub fn of(class: &Class, rng: &mut ChaCha20Rng) -> Self {
        let mut drawn = |fits: &dyn Fn(Truth) -> bool| {
            let seats = 0..class.seats.len();
            let mut seats: Vec<_> = seats.filter(|seat| fits(class.seats[*seat].truth)).collect();
            seats.shuffle(rng);
            seats
        };
        let (declined, answered) =
            (drawn(&|truth| truth == Truth::Declined), drawn(&|truth| truth != Truth::Declined));
        let (yes, no) = (drawn(&|truth| truth == Truth::Yes), drawn(&|truth| truth == Truth::No));
        let paired = |left: Vec<_>, right: Vec<_>| left.into_iter().zip(right).collect();
        Self { declined: paired(declined, answered), yes: paired(yes, no) }
    }

    /// The pairs that are about a stratum: who declined, for those who did; for all others who
    /// answered yes.
    pub fn about(&self, class: &Class, stratum: Stratum) -> Vec<Pair> {
        if stratum == Stratum::Declined {
            return self.declined.clone();
        }
        let seats = class.seats_of(stratum);
        let has = |pair: &&Pair| seats.contains(&pair.0) || seats.contains(&pair.1);
        self.yes.iter().filter(has).copied().collect()
    }
}
