use crate::secrets::SecretsError;
use crate::storage::StorageError;
use std::io;
use std::path::{Path, PathBuf};

/// Why a backup cannot be taken, read or restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{path}: {error}")]
    Io { path: PathBuf, error: io::Error },
    #[error("{path} exists already; a backup is never written over: name another file")]
    Exists { path: PathBuf },
    #[error("{path} is not a backup: its first line is not that of `senim backup`")]
    NotBackup { path: PathBuf },
    #[error(
        "{path} has format {got}, this program reads format {known}; take the version of senim \
         that wrote it, or a newer one"
    )]
    Format { path: PathBuf, got: u32, known: u32 },
    #[error(
        "{path} holds tables of version {got}, this program knows them up to {known}; take the \
         version of senim that wrote it, or a newer one"
    )]
    NewerTables { path: PathBuf, got: i64, known: i64 },
    #[error("{path} is a backup of {got}, expected is one of {expected}")]
    OtherPart { path: PathBuf, got: &'static str, expected: &'static str },
    #[error("{identity} does not open {path}: it was sealed to another key")]
    WrongKey { path: PathBuf, identity: PathBuf },
    #[error(
        "{path} holds no age identity that can be used ({error}); `age-keygen` makes one, and a \
         protected one is opened with `age --decrypt` first"
    )]
    Identity { path: PathBuf, error: io::Error },
    #[error("{path} is damaged: {problem}; it was cut off or changed, take another copy")]
    Damaged { path: PathBuf, problem: String },
    #[error("{path}, line {line} of what is sealed in it: {problem}; take another backup")]
    Line { path: PathBuf, line: u64, problem: String },
    #[error("{path}: what was written is not what was read back: {problem}; nothing was kept")]
    ReadBack { path: PathBuf, problem: String },
    #[error("the backup could not be sealed: {0}")]
    Seal(String),
    #[error("the database holds no tables of Senim; is it the right one?")]
    NoTables,
    #[error(
        "the database has tables of version {got}, this program knows them up to {known}; take \
         the version of senim that serves it"
    )]
    NewerDatabase { got: i64, known: i64 },
    #[error(
        "the database is not empty: {table} has {rows} rows; restore into a new database, nothing \
         was changed"
    )]
    NotEmpty { table: String, rows: i64 },
    #[error(
        "the database has empty tables of version {got}, the backup those of version {expected}; \
         restore into a new database, nothing was changed"
    )]
    OtherTables { got: i64, expected: i64 },
    #[error("{0} is there with something in it; restore secrets into a new directory")]
    SecretsThere(PathBuf),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Secrets(#[from] SecretsError),
}

impl BackupError {
    pub(super) fn io(path: &Path) -> impl Fn(io::Error) -> Self {
        move |error| match error.kind() {
            io::ErrorKind::AlreadyExists => Self::Exists { path: path.to_owned() },
            _ => Self::Io { path: path.to_owned(), error },
        }
    }
}
