//! Forgets a released wave: what pupils sent, their slips and the wave's token secret are destroyed
//! and a record stays. Every step may be interrupted and is taken up by the next run.

use crate::clock::Clock;
use crate::keys::{KeyFile, PrintedKey};
use crate::secrets::{self, SecretsError};
use crate::storage::erasures::{self, Erasure};
use crate::storage::scrub::{Scrubbed, scrub};
use crate::storage::waves::{self, Wave, WaveState};
use crate::storage::{Storage, StorageError};
use std::path::{Path, PathBuf};
use std::time::Duration;
use uuid::Uuid;

/// Rows of a kind that are deleted at once.
const AT_ONCE: u32 = 1000;
/// Tries to get hold of the tables, half a second apart.
const TRIES: usize = 60;

/// Why a wave cannot be forgotten, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum ErasureError {
    #[error("there is no wave {0}; `senim waves` lists them")]
    UnknownWave(Uuid),
    #[error(
        "wave \"{wave}\" is {state}; only a released wave can be forgotten, because its answers \
         would be lost; nothing was changed"
    )]
    NotReleased { wave: String, state: &'static str },
    #[error(
        "{path} belongs to another release key, {got}, than wave \"{wave}\", {expected}; nothing \
         was changed"
    )]
    OtherKey { path: PathBuf, wave: String, expected: PrintedKey, got: PrintedKey },
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Responses,
    Secrets,
    Traces,
}

/// What was done.
#[derive(Debug, Clone)]
pub struct Forgotten {
    pub wave: Wave,
    pub record: Erasure,
    /// Whether the token secret was there to be destroyed by this run.
    pub secret_found: bool,
    /// `None` when an earlier run had finished.
    pub scrubbed: Option<Scrubbed>,
}

/// Forgets a released wave, and destroys `keys`, copies of its release key. What is wrong with the
/// wave, the directory or the copies is found before anything is touched.
pub async fn forget(
    storage: &Storage,
    clock: &Clock,
    secrets: &Path,
    keys: &[KeyFile],
    wave: Uuid,
    mut progress: impl FnMut(Step),
) -> Result<Forgotten, ErasureError> {
    let wave = waves::by_id(storage, wave).await?.ok_or(ErasureError::UnknownWave(wave))?;
    if wave.state != WaveState::Released {
        return Err(ErasureError::NotReleased { state: wave.state.code(), wave: wave.name });
    }
    secrets::expect_directory(secrets)?;
    check_keys(&wave, keys)?;
    progress(Step::Responses);
    let record = destroy_responses(storage, clock, &wave).await?;
    progress(Step::Secrets);
    // Also when all is finished: the file may be back from a backup.
    let secret_found = secrets::destroy_token_secret(secrets, wave.id)?;
    secrets::destroy(keys.iter().map(|key| key.path.as_path()))?;
    let scrubbed = match record.finished {
        true => None,
        false => {
            progress(Step::Traces);
            Some(scrub(storage).await?)
        }
    };
    erasures::finish(storage, wave.id).await?;
    Ok(Forgotten { wave, record, secret_found, scrubbed })
}

fn check_keys(wave: &Wave, keys: &[KeyFile]) -> Result<(), ErasureError> {
    match keys.iter().find(|key| key.public != wave.release_key) {
        None => Ok(()),
        Some(other) => Err(ErasureError::OtherKey {
            path: other.path.clone(),
            wave: wave.name.clone(),
            expected: PrintedKey(wave.release_key),
            got: PrintedKey(other.public),
        }),
    }
}

async fn destroy_responses(
    storage: &Storage,
    clock: &Clock,
    wave: &Wave,
) -> Result<Erasure, ErasureError> {
    let mut tries = 0;
    while let Err(error) = erasures::begin(storage, wave.id, clock.today()).await {
        tries += 1;
        if !matches!(error, StorageError::Locked) || tries == TRIES {
            return Err(error.into());
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    while erasures::delete_some(storage, wave.id, AT_ONCE).await? > 0 {}
    let record = erasures::of_wave(storage, wave.id).await?;
    // The state was seen, and no state follows it.
    let state = wave.state.code();
    record.ok_or_else(|| ErasureError::NotReleased { wave: wave.name.clone(), state })
}
