//! `senim` on the command line: its help, its results, and what it says when used wrongly.

mod attack;
mod authoring;
mod definitions;
mod elsewhere;
mod envelope_files;
mod estimate;
mod files;
mod from_files;
mod help;
mod help_contacts;
mod keys;
mod pilot;
mod refusals;
mod replay;
mod shares;

/// A directory of one test.
fn directory() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// A file in a directory; its path as text.
fn file(directory: &tempfile::TempDir, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = directory.path().join(name);
    std::fs::write(&path, content).unwrap();
    path.display().to_string()
}
