//! What a stage takes: time, processor time, memory at its peak.

use std::fs;
use std::time::Instant;

/// From here on.
pub struct Meters {
    start: Instant,
    cpu: u64,
}

/// What a stage took.
#[derive(Debug, Clone, Copy)]
pub struct Taken {
    pub wall_ms: u64,
    pub cpu_ms: u64,
    /// The most memory that the process held during the stage.
    pub peak_mb: u64,
}

impl Meters {
    #[allow(clippy::disallowed_methods, reason = "a measurement says nothing about a pupil")]
    pub fn start() -> Self {
        // Lets the peak start from what is held now; where that is refused it is the peak so far.
        let _ = fs::write("/proc/self/clear_refs", "5");
        Self { start: Instant::now(), cpu: cpu_ms() }
    }

    pub fn taken(&self) -> Taken {
        let wall_ms = self.start.elapsed().as_millis() as u64;
        Taken { wall_ms, cpu_ms: cpu_ms() - self.cpu, peak_mb: peak_mb() }
    }

    pub fn say(&self, what: &str) {
        println!("{what}: {:?}", self.taken());
    }
}

/// Of all threads, in hundredths of a second as Linux counts them.
fn cpu_ms() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field is a name in brackets; user and system time are the 14th and 15th.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10
}

fn peak_mb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kb = peak.and_then(|peak| peak.split_whitespace().next()?.parse::<u64>().ok());
    kb.unwrap_or_default() / 1000
}
