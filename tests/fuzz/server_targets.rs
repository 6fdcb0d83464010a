//! Those of the targets that need the server's crate, which takes many minutes to build.

use server::release_job;
use server::structure_import::{Known, plan, read};

/// A table of classes, CSV or XLSX.
pub fn structure(bytes: &[u8]) {
    if let Ok(table) = read(bytes) {
        let first = plan(&table, &Known::default(), &[]);
        let second = plan(&table, &Known::default(), &[]);
        assert_eq!(format!("{first:?}"), format!("{second:?}"));
    }
}

/// A file of envelopes, as the other machine gets it.
pub fn envelopes(bytes: &[u8]) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("envelopes");
    std::fs::write(&path, bytes).unwrap();
    if let Ok(count) = release_job::count_exported(&path) {
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(count + 2, lines, "an envelope was left out");
    }
}
