//! The release key from a form: in memory only, for one job.

use crate::fields::{Field, Fields};
use crate::keys::{KeyError, KeyFile, Passphrases, open_files};
use crate::staff::PageError;
use app::KeyProblem;
use protocol::ReleaseKey;
use std::path::{Path, PathBuf};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// Each try of a passphrase takes a second and hundreds of megabytes: one at a time.
static OPENING: Semaphore = Semaphore::const_new(1);
/// Letters of a file's name that are repeated.
const LONGEST_FILE_NAME: usize = 60;

/// The key of one file, or of enough shares, each with the passphrase beside it.
pub(super) async fn key(fields: Fields) -> Result<Result<ReleaseKey, KeyProblem>, PageError> {
    let _one = OPENING.acquire().await.map_err(|_| PageError::Internal)?;
    tokio::task::spawn_blocking(move || opened(&fields)).await.map_err(|_| PageError::Internal)
}

fn opened(fields: &Fields) -> Result<ReleaseKey, KeyProblem> {
    let (mut files, mut passphrases) = (Vec::new(), Vec::new());
    for (file, passphrase) in fields.all("key_file").zip(fields.all("passphrase")) {
        if file.text.trim().is_empty() {
            continue;
        }
        let read = KeyFile::parse(&label(file), &file.text).map_err(problem)?;
        if read.is_protected() {
            if passphrase.text.is_empty() {
                return Err(KeyProblem::PassphraseMissing(shown(&read.path)));
            }
            passphrases.push(Zeroizing::new(passphrase.text.to_string()));
        }
        files.push(read);
    }
    if files.is_empty() {
        return Err(KeyProblem::NoFile);
    }
    open_files(&files, &mut Passphrases::of_texts(&passphrases)).map_err(problem)
}

/// What the browser calls the file, as far as it can be repeated.
fn label(file: &Field) -> PathBuf {
    let plain = file.file.chars().filter(|letter| !letter.is_control());
    plain.take(LONGEST_FILE_NAME).collect::<String>().into()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn problem(error: KeyError) -> KeyProblem {
    match error {
        KeyError::Damaged { path, .. }
        | KeyError::Block { path, .. }
        | KeyError::PublicLine { path } => KeyProblem::Damaged(shown(&path)),
        KeyError::Passphrase { path } => KeyProblem::PassphraseWrong(shown(&path)),
        KeyError::Mixed { path } => KeyProblem::Mixed(shown(&path)),
        KeyError::Foreign { path, .. } => KeyProblem::Foreign(shown(&path)),
        KeyError::OtherSplit { path, .. } => KeyProblem::OtherSplit(shown(&path)),
        KeyError::Twice { path, .. } => KeyProblem::Twice(shown(&path)),
        KeyError::TooFew { needed, given } => KeyProblem::TooFew { needed, given },
        KeyError::NotTogether => KeyProblem::NotTogether,
        KeyError::Form { path, .. } | KeyError::Public { path, .. } => {
            KeyProblem::NotKey(shown(&path))
        }
        _ => KeyProblem::NotTogether,
    }
}
