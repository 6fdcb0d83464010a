//! The release job: opens a closed wave's envelopes with the release key, makes tallies, protects
//! them and publishes. The key is given for the job, and only memory holds it.
//!
//! It runs on the database, or on another machine over a file of envelopes, whose release is then
//! brought back; both give the same release.

mod bring_back;
#[cfg(test)]
mod damaged_files;
mod error;
mod export;
mod export_file;
mod made;
mod open;
mod publish;
mod sealed;
mod watched;

pub use bring_back::bring_back;
pub use error::ReleaseError;
pub use export::export;
pub use made::MadeRelease;
pub use open::{open, tally};
pub use publish::{Report, make, run};
pub use sealed::SealedWave;
pub use watched::Watched;

use crate::keys::PrintedKey;
use crate::storage::waves::{self, Wave, WaveState};
use crate::storage::{Storage, erasures};
use protocol::{ReleaseKey, ReleasePublicKey};
use std::path::Path;
use uuid::Uuid;

/// Reads a file of envelopes from its first line to its last and then class by class, as the job
/// does; how many envelopes there are.
///
/// # Errors
/// The first line that is not as it should be.
pub fn count_exported(path: &Path) -> Result<usize, ReleaseError> {
    let (header, file) = export_file::ExportFile::check(path)?;
    let mut count = 0;
    for class in 0..header.classes.len() {
        count += file.of_class(class)?.len();
    }
    Ok(count)
}

/// Finds a wave and checks that it takes no more responses.
pub async fn closed_wave(storage: &Storage, wave: Uuid) -> Result<Wave, ReleaseError> {
    let wave = waves::by_id(storage, wave).await?.ok_or(ReleaseError::UnknownWave(wave))?;
    if let Some(erasure) = erasures::of_wave(storage, wave.id).await? {
        return Err(ReleaseError::Forgotten { wave: wave.name, day: erasure.day });
    }
    match wave.state {
        WaveState::Closed | WaveState::Released => Ok(wave),
        WaveState::Draft | WaveState::Open => {
            Err(ReleaseError::NotClosed { state: wave.state.code(), wave: wave.name })
        }
    }
}

/// Finds the wave and checks that the key is its own.
pub async fn wave_of_key(
    storage: &Storage,
    wave: Uuid,
    key: &ReleaseKey,
) -> Result<Wave, ReleaseError> {
    let wave = waves::by_id(storage, wave).await?.ok_or(ReleaseError::UnknownWave(wave))?;
    check_key(&wave.name, &wave.release_key, key)?;
    Ok(wave)
}

/// An error if the envelopes of a wave were not sealed to this key.
pub fn check_key(
    wave: &str,
    sealed_to: &ReleasePublicKey,
    key: &ReleaseKey,
) -> Result<(), ReleaseError> {
    match key.fits(sealed_to) {
        true => Ok(()),
        false => Err(ReleaseError::WrongKey {
            wave: wave.to_owned(),
            expected: PrintedKey(*sealed_to).to_string(),
            got: PrintedKey(key.public_key()).to_string(),
        }),
    }
}
