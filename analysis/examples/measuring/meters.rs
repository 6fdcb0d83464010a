//! What a stage takes: time, processor time, memory at its peak.

use std::fmt::Write as _;
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
    pub wall_us: u64,
    pub wall_ms: u64,
    pub cpu_ms: u64,
    /// The most memory that the process held during the stage.
    pub peak_mb: u64,
}

/// What was measured, for `cargo xtask bench`.
pub struct Measurements {
    subject: &'static str,
    lines: String,
}

impl Meters {
    #[allow(clippy::disallowed_methods, reason = "a measurement says nothing about a pupil")]
    pub fn start() -> Self {
        // Lets the peak start from what is held now; where that is refused it is the peak so far.
        let _ = fs::write("/proc/self/clear_refs", "5");
        Self { start: Instant::now(), cpu: cpu_ms() }
    }

    pub fn taken(&self) -> Taken {
        let wall = self.start.elapsed();
        let (wall_us, wall_ms) = (wall.as_micros() as u64, wall.as_millis() as u64);
        Taken { wall_us, wall_ms, cpu_ms: cpu_ms() - self.cpu, peak_mb: peak_mb() }
    }
}

impl Measurements {
    /// None yet, all to be named after a subject.
    pub fn of(subject: &'static str) -> Self {
        Self { subject, lines: String::new() }
    }

    pub fn stage(&mut self, name: &str, taken: Taken) {
        self.add(&format!("{name} wall"), taken.wall_ms, "ms");
        self.add(&format!("{name} cpu"), taken.cpu_ms, "ms");
        self.add(&format!("{name} peak"), taken.peak_mb, "MB");
    }

    pub fn add(&mut self, name: &str, value: u64, unit: &str) {
        println!("{name}: {value} {unit}");
        let _ = writeln!(self.lines, "{} {name},{value},{unit}", self.subject);
    }

    /// Writes `name,value,unit` to the file that the environment names, if any.
    pub fn write(&self) {
        if let Some(path) = std::env::var_os("SENIM_MEASUREMENTS") {
            fs::write(path, &self.lines).unwrap_or_else(|error| panic!("{error}"));
        }
    }
}

/// Of all threads; Linux counts hundredths of a second.
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
    kb.unwrap_or_default() * 1024 / 1_000_000
}
