use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// A variable that `cargo xtask test` sets.
pub fn environment(name: &str) -> String {
    std::env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set: run the tests with `cargo xtask test`"))
}

/// The directory of this package. Asked at run time: one target directory may serve several clones,
/// and what was compiled in one of them outlives it.
pub fn package_directory() -> PathBuf {
    let of_this_run = std::env::var_os("CARGO_MANIFEST_DIR");
    of_this_run.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from)
}

/// Whether `cargo xtask prove` asks for the size that convinces, instead of that of every day.
pub fn at_full_size() -> bool {
    std::env::var_os("SENIM_PROVE").is_some()
}

/// Tells a measurement, and `cargo xtask bench` where it listens.
pub fn measured(name: &str, value: u64, unit: &str) {
    let line = format!("{name},{value},{unit}");
    println!("{line}");
    if let Some(path) = std::env::var_os("SENIM_MEASUREMENTS") {
        let file = OpenOptions::new().create(true).append(true).open(path);
        writeln!(file.unwrap(), "{line}").unwrap();
    }
}

/// The built server: `SENIM_BIN`, or what lies where cargo puts it beside the tests.
pub fn senim_binary() -> PathBuf {
    std::env::var_os("SENIM_BIN").map_or_else(
        || {
            let test = std::env::current_exe().unwrap();
            test.ancestors().nth(2).unwrap().join("senim")
        },
        PathBuf::from,
    )
}

/// The server with planted leaks: `SENIM_PLANTED_BIN`, or what lies beside the tests.
pub fn planted_binary() -> PathBuf {
    std::env::var_os("SENIM_PLANTED_BIN")
        .map_or_else(|| senim_binary().with_file_name("senim_planted"), PathBuf::from)
}

/// Asks again and again; panics when `what` has not come about in time.
pub async fn wait_until<T>(what: &str, seconds: u64, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let end = Instant::now() + Duration::from_secs(seconds);
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < end, "{what}: not within {seconds} seconds");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
