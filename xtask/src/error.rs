//! What can go wrong: each message says what failed, where, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("{program} could not be started: {source}\n  {advice}")]
    Start { program: String, advice: &'static str, source: io::Error },

    #[error("{what} failed ({status})\n  command: {command}\n  Its own message is above.")]
    Failed { what: String, command: String, status: String },

    #[error("{doing} {}: {source}", path.display())]
    File { doing: &'static str, path: PathBuf, source: io::Error },

    #[error("missing: {what}\n  needed for: {why}\n  what to do: {advice}")]
    Missing { what: String, why: &'static str, advice: String },

    #[error("{from} answered something unexpected: {problem}\n  command: {command}")]
    Answer { from: &'static str, command: String, problem: String },

    #[error("wasm-bindgen could not prepare {}: {problem}", path.display())]
    Bindgen { path: PathBuf, problem: String },

    #[error("PostgreSQL did not start: {problem}\n  Its log ends with:\n{log}")]
    Postgres { problem: String, log: String },

    #[error("signals cannot be watched: {0}")]
    Signals(io::Error),

    #[error("interrupted")]
    Interrupted,
}

impl Error {
    /// Turns an error about a file into one that names the file and what was being done.
    pub(crate) fn file(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
        let path = path.to_owned();
        move |source| Error::File { doing, path, source }
    }
}
