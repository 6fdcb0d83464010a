use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::time::Duration;

/// When something is killed: the same moments every time, others with `SENIM_SEED`.
pub struct Chance(StdRng);

impl Chance {
    pub fn new() -> Self {
        let seed = std::env::var("SENIM_SEED").map_or(4, |seed| seed.parse().unwrap());
        eprintln!("moments of SENIM_SEED={seed}");
        Self(StdRng::seed_from_u64(seed))
    }

    /// Any number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0.gen_range(0..end)
    }

    /// Any time between these shares of `whole`.
    pub fn between(&mut self, from: f64, to: f64, whole: Duration) -> Duration {
        whole.mul_f64(self.0.gen_range(from..to))
    }
}
