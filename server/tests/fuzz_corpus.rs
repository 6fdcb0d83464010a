//! Every target of the fuzzer on everything that was kept of what it invented, and on what it began
//! with: shipped files, cut and changed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../tests/fuzz/targets.rs"]
mod targets;

#[path = "../../tests/fuzz/server_targets.rs"]
mod server_targets;

use std::fs;
use std::path::{Path, PathBuf};

type Target = fn(&[u8]);

/// The target of each name.
const TARGETS: [(&str, Target); 5] = [
    ("definition", targets::definition),
    ("unpacking", targets::unpacking),
    ("protocol_bodies", targets::protocol_bodies),
    ("structure", server_targets::structure),
    ("envelopes", server_targets::envelopes),
];

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fuzz")
}

fn kept(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let files = fs::read_dir(directory().join("corpus").join(target)).unwrap();
    files
        .map(|file| file.unwrap().path())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect()
}

#[test]
fn everything_kept_is_read_or_refused() {
    for (name, target) in TARGETS {
        let kept = kept(name);
        assert!(kept.len() >= 5, "{name} has {} files", kept.len());
        for (path, bytes) in kept {
            eprintln!("{}", path.display());
            target(&bytes);
            // Cut off, and with one byte of another value, at some places.
            for at in (0..bytes.len()).step_by(bytes.len().div_ceil(24).max(1)) {
                target(&bytes[..at]);
                let mut changed = bytes.clone();
                changed[at] ^= 0x15;
                target(&changed);
            }
        }
    }
}

#[test]
fn every_target_has_its_program_and_its_corpus() {
    for (name, _) in TARGETS {
        let program = directory().join(format!("fuzz_targets/{name}.rs"));
        assert!(program.is_file(), "{}", program.display());
    }
    assert_eq!(fs::read_dir(directory().join("fuzz_targets")).unwrap().count(), TARGETS.len());
}
