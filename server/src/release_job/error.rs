use crate::storage::StorageError;
use analysis::{ComputeError, DataMistakes};
use jiff::civil::Date;
use std::io;
use std::path::{Path, PathBuf};
use survey_definitions::DefinitionId;
use uuid::Uuid;

/// Why a wave cannot be opened or released. Each is found before anything is touched.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    #[error("there is no wave {0}; `senim waves` lists them")]
    UnknownWave(Uuid),
    #[error(
        "this release key does not belong to wave \"{wave}\": its public half is {got}, \
         the wave was sealed to {expected}; nothing was changed"
    )]
    WrongKey { wave: String, expected: String, got: String },
    #[error("wave \"{wave}\" is {state}; close it first; nothing was changed")]
    NotClosed { wave: String, state: &'static str },
    #[error("wave \"{0}\" was released already; a wave is released once")]
    Released(String),
    #[error("a release of wave \"{0}\" is under way; nothing was changed")]
    Running(String),
    #[error(
        "the sealed responses of wave \"{wave}\" were destroyed on {day}; what was released stays"
    )]
    Forgotten { wave: String, day: Date },
    #[error("the wave uses survey definition \"{0}\", which this program does not have")]
    UnknownDefinition(DefinitionId),
    #[error("survey definition \"{0}\" is not the one that the wave was opened with")]
    ChangedDefinition(DefinitionId),
    #[error("responses were still being stored; nothing was changed, run it again")]
    StillArriving,
    #[error("{path}: {error}")]
    File { path: PathBuf, error: io::Error },
    #[error("{path}, line {line}: {problem}; nothing was changed")]
    Line { path: PathBuf, line: usize, problem: String },
    #[error("the release is of wave {got}, not of {expected}; nothing was changed")]
    OtherWave { expected: Uuid, got: String },
    #[error(
        "the release was not made from the envelopes that the database holds of wave \"{wave}\": \
         SHA-256 {got}, expected {expected}; nothing was changed"
    )]
    OtherEnvelopes { wave: String, expected: String, got: String },
    #[error(
        "the release is of {got}, wave \"{wave}\" was answered with {expected}; nothing was changed"
    )]
    OtherDefinitions { wave: String, expected: String, got: String },
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("{0}")]
    Structure(#[from] DataMistakes),
    #[error(transparent)]
    Compute(#[from] ComputeError),
    #[error("the computation was interrupted")]
    Interrupted,
}

impl ReleaseError {
    pub(super) fn file(path: &Path) -> impl Fn(io::Error) -> Self {
        move |error| Self::File { path: path.to_owned(), error }
    }
}
