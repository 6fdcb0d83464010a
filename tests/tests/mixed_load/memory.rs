use std::time::{Duration, Instant};
use tests::{held_memory, measured};
use tokio::time::sleep;

/// How often memory is looked at.
const SAMPLES: u32 = 240;

/// The memory of servers over time.
pub struct Memory {
    servers: Vec<(&'static str, Vec<u64>)>,
}

impl Memory {
    /// Looks at these processes until then, as often at any length.
    pub async fn of(processes: &[(&'static str, u32)], until: Instant) -> Self {
        let pause = until.saturating_duration_since(Instant::now()) / SAMPLES;
        let mut servers: Vec<_> = processes.iter().map(|(name, _)| (*name, Vec::new())).collect();
        while Instant::now() < until {
            for ((_, samples), (_, process)) in servers.iter_mut().zip(processes) {
                samples.push(held_memory(*process).expect("the server has ended"));
            }
            sleep(pause.max(Duration::from_millis(10))).await;
        }
        Self { servers }
    }

    /// Each server's memory in twelve parts of the time.
    pub fn tell(&self) {
        for (server, samples) in &self.servers {
            for (part, samples) in samples.chunks(samples.len().div_ceil(12)).enumerate() {
                measured(&format!("memory_{server}_{:02}", part + 1), median(samples), "kB");
            }
        }
    }

    /// By how many per cent each server held more in the last quarter than in the second; in the
    /// first it fills what it keeps.
    pub fn growth(&self) -> Vec<(&'static str, i64)> {
        let of = |samples: &[u64]| {
            let quarter = samples.len() / 4;
            let before = median(&samples[quarter..2 * quarter]) as i64;
            let after = median(&samples[3 * quarter..]) as i64;
            (after - before) * 100 / before
        };
        self.servers.iter().map(|(server, samples)| (*server, of(samples))).collect()
    }
}

fn median(samples: &[u64]) -> u64 {
    let mut sorted = samples.to_vec();
    sorted.sort_unstable();
    sorted[sorted.len() / 2]
}
