use super::printed::PrintedKeyError;
use super::share::ShareOf;
use std::io;
use std::path::{Path, PathBuf};

/// Why a release key cannot be made, opened, split or joined.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("{path}: {error}")]
    Io { path: PathBuf, error: io::Error },
    #[error("{path}: there is no such file; `senim keys new --out FILE` makes a key")]
    Missing { path: PathBuf },
    #[error("{path} exists already; a key is never written over: name another place")]
    Exists { path: PathBuf },
    #[error(
        "{path}, line {line}: this is not a release key or a share of one: expected {expected}"
    )]
    Form { path: PathBuf, line: usize, expected: &'static str },
    #[error("{path}, line 2: {error}")]
    Public { path: PathBuf, error: PrintedKeyError },
    #[error("{path}: the key in it is not that of its public line; the file was changed")]
    PublicLine { path: PathBuf },
    #[error(
        "{path}: {share} is damaged: its check characters do not fit; take another share or a copy"
    )]
    Damaged { path: PathBuf, share: ShareOf },
    #[error("{path}: the passphrase does not open it")]
    Passphrase { path: PathBuf },
    #[error("{path}: the protected block is damaged: {problem}")]
    Block { path: PathBuf, problem: String },
    #[error("a passphrase needs at least {least} characters, got {got}")]
    Short { least: usize, got: usize },
    #[error("the two passphrases are not the same; nothing was written")]
    Differ,
    #[error("{path}: the first line is empty, a passphrase is expected there")]
    EmptyFile { path: PathBuf },
    #[error(
        "there is no terminal to ask for a passphrase on ({0}); give it in a file with \
         --passphrase-file, or --new-passphrase-file where a new one is chosen"
    )]
    Terminal(io::Error),
    #[error(
        "{needed} passphrases are needed, one for each protected file, got {given} files of them"
    )]
    PassphraseCount { needed: usize, given: usize },
    #[error(
        "give one key file, or enough shares of one key; {path} is a whole key beside other files"
    )]
    Mixed { path: PathBuf },
    #[error("{path} is a share; only a whole key can be split")]
    NotWhole { path: PathBuf },
    #[error("{path} belongs to another release key than {first}")]
    Foreign { path: PathBuf, first: PathBuf },
    #[error("{path} is {share}, but {first} is {other}: they were not split together")]
    OtherSplit { path: PathBuf, share: ShareOf, first: PathBuf, other: ShareOf },
    #[error("{path} and {first} are the same share, {share}; give another one")]
    Twice { path: PathBuf, first: PathBuf, share: ShareOf },
    #[error("{needed} shares are needed and {given} are here; nothing was opened")]
    TooFew { needed: u8, given: usize },
    #[error("the shares do not make the key of their public line: they come from two splits of it")]
    NotTogether,
    #[error(
        "a key is split into 2 to {} shares of which 2 or more, at most all, are needed; \
        got {shares} shares and {needed} needed",
        super::LARGEST_SPLIT
    )]
    Split { shares: u8, needed: u8 },
    #[error("the secret could not be {0}")]
    Library(String),
    #[error(
        "the release key is not that of the public key given: its public half is {got}, \
         expected {expected}"
    )]
    OtherPublic { expected: String, got: String },
    #[error("the key does not open a trial envelope sealed to its public half")]
    Trial,
}

impl KeyError {
    pub(super) fn io(path: &Path) -> impl Fn(io::Error) -> Self {
        move |error| match error.kind() {
            io::ErrorKind::AlreadyExists => Self::Exists { path: path.to_owned() },
            _ => Self::Io { path: path.to_owned(), error },
        }
    }
}
