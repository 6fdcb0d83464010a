//! The release job: opens a closed wave's envelopes with the release key, makes tallies, protects
//! them and publishes. The key is given for the job, and only memory holds it.

mod open;
mod publish;

pub use open::{open, tally};
pub use publish::run;

use crate::storage::waves::{self, Wave, WaveState};
use crate::storage::{Storage, StorageError, erasures};
use analysis::{ComputeError, DataMistakes};
use jiff::civil::Date;
use protocol::ReleaseKey;
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
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("{0}")]
    Structure(#[from] DataMistakes),
    #[error(transparent)]
    Compute(#[from] ComputeError),
    #[error("the computation was interrupted")]
    Interrupted,
}

/// Finds the wave and checks key and state before anything is read.
pub async fn check(storage: &Storage, wave: Uuid, key: &ReleaseKey) -> Result<Wave, ReleaseError> {
    let wave = waves::by_id(storage, wave).await?.ok_or(ReleaseError::UnknownWave(wave))?;
    if !key.fits(&wave.release_key) {
        return Err(ReleaseError::WrongKey {
            wave: wave.name,
            expected: wave.release_key.0.encode(),
            got: key.public_key().0.encode(),
        });
    }
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
