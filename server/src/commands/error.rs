use crate::backup::BackupError;
use crate::definitions::DefinitionsError;
use crate::erasure::ErasureError;
use crate::keys::KeyError;
use crate::release_job::ReleaseError;
use crate::replay::ReplayError;
use crate::run::RunError;
use crate::secrets::SecretsError;
use crate::slip_making::SlipError;
use crate::storage::StorageError;
use analysis::attack::AttackError;
use analysis::survey_sample::SampleProblem;
use analysis::{ComputeError, DataMistakes, ReleaseFileError};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use survey_definitions::Mistakes;

/// Why a command failed, in words for who runs it.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error("{path}: {error}")]
    File { path: PathBuf, error: io::Error },
    #[error("{path} is not a usable survey definition:\n{mistakes}")]
    Definition { path: PathBuf, mistakes: Mistakes },
    #[error("{path}, beside the definition, is not usable:\n{mistakes}")]
    Beside { path: PathBuf, mistakes: Mistakes },
    #[error("{path} cannot be {done}:\n{mistakes}")]
    Exchange { path: PathBuf, done: &'static str, mistakes: Mistakes },
    #[error("{path} cannot be used:\n{mistakes}")]
    Data { path: PathBuf, mistakes: DataMistakes },
    #[error("{path} cannot be estimated from:\n{problem}")]
    Sample { path: PathBuf, problem: SampleProblem },
    #[error("{path}: {error}")]
    Attack { path: PathBuf, error: AttackError },
    #[error("{path} is not a release: {error}")]
    ReleaseFile { path: PathBuf, error: ReleaseFileError },
    #[error("{cells} cells tell more than they may; make the release again, and do not publish it")]
    Broken { cells: usize },
    #[error("{troubles} troubles were found")]
    Troubles { troubles: usize },
    #[error("{0}")]
    Usage(String),
    #[error(transparent)]
    Compute(#[from] ComputeError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    #[error(transparent)]
    Slips(#[from] SlipError),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(transparent)]
    Release(#[from] ReleaseError),
    #[error(transparent)]
    Erasure(#[from] ErasureError),
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error(transparent)]
    Replay(#[from] ReplayError),
    #[error(transparent)]
    Run(#[from] RunError),
    #[error(transparent)]
    Definitions(#[from] DefinitionsError),
    #[error("the output could not be written: {0}")]
    Output(io::Error),
}

impl CommandError {
    /// What `senim` ends with: 1, and 3 when the command did its work and found rules broken.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Broken { .. } | Self::Troubles { .. } => ExitCode::from(3),
            _ => ExitCode::FAILURE,
        }
    }

    pub(crate) fn file(path: &Path) -> impl Fn(io::Error) -> Self {
        move |error| Self::File { path: path.to_owned(), error }
    }
}
