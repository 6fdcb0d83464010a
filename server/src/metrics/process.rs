use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::{Registry, Unit};
use std::fs;

/// Linux counts a process's time in hundredths of a second for whoever reads `/proc`, on every
/// machine that Rust's standard library runs on (proc(5), sysconf(3)).
const TICKS_A_SECOND: f64 = 100.0;

/// What `/proc` tells of this process; zeros where there is no `/proc`.
#[derive(Debug, Default)]
pub(super) struct Process {
    cpu_seconds: f64,
    resident_bytes: i64,
    open_files: i64,
    threads: i64,
}

impl Process {
    pub(super) fn read() -> Self {
        let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        // The second field is the program's name in brackets, which may hold anything.
        let fields = stat.rsplit_once(')').map_or("", |(_, after)| after).split_whitespace();
        let fields: Vec<f64> = fields.map(|field| field.parse().unwrap_or_default()).collect();
        let field = |at: usize| fields.get(at).copied().unwrap_or_default();
        let line = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let number = line.and_then(|line| line.split_whitespace().next());
            number.and_then(|number| number.parse::<i64>().ok()).unwrap_or_default()
        };
        let files = fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
        Self {
            // utime and stime, fields 14 and 15 of proc_pid_stat(5).
            cpu_seconds: (field(11) + field(12)) / TICKS_A_SECOND,
            resident_bytes: line("VmRSS:") * 1024,
            open_files: i64::try_from(files).unwrap_or(i64::MAX),
            threads: line("Threads:"),
        }
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        let cpu = ConstCounter::new(self.cpu_seconds);
        registry.register_with_unit("cpu", "Time of processor used", Unit::Seconds, cpu);
        let memory = ConstGauge::new(self.resident_bytes);
        registry.register_with_unit("resident_memory", "Memory in use", Unit::Bytes, memory);
        registry.register("open_fds", "Open files", ConstGauge::new(self.open_files));
        registry.register("threads", "Threads", ConstGauge::new(self.threads));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_uses_memory_files_and_time() {
        let process = Process::read();
        assert!(process.resident_bytes > 1024 * 1024 && process.open_files > 2, "{process:?}");
        assert!(process.threads >= 1 && process.cpu_seconds >= 0.0, "{process:?}");
    }
}
