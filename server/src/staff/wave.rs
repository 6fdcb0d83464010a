use super::class::fingerprint;
use super::classes::page_state;
use super::{PageError, Rendered, Visit};
use crate::clock::day;
use crate::keys::PrintedKey;
use crate::rights::{CloseWave, FoundWave};
use crate::state::Senim;
use crate::storage::erasures::{self, Erasure};
use crate::storage::waves::{Wave, WaveState};
use crate::storage::{StorageError, envelopes, wave_classes};
use crate::wave_setup;
use axum::extract::State;
use axum::response::Redirect;

/// `GET /waves/{wave}`
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    FoundWave { wave, .. }: FoundWave<CloseWave>,
) -> Result<Rendered, PageError> {
    let erasure = erasures::of_wave(&senim.storage, wave.id).await?;
    let classes_done = match &erasure {
        Some(_) => None,
        None => Some(classes_done(&senim, &wave).await?),
    };
    Ok(visit.render(app::WavePage {
        id: wave.id.to_string(),
        name: wave.name.clone(),
        state: page_state(wave.state),
        days: (day(wave.first_day), day(wave.last_day)),
        classes_done,
        erased: erasure.as_ref().map(erased),
        may_close: wave.state == WaveState::Open,
        release_key: PrintedKey(wave.release_key).to_string(),
        fingerprint: fingerprint(&wave),
    }))
}

/// Classes with a response, and all.
async fn classes_done(senim: &Senim, wave: &Wave) -> Result<(u32, u32), StorageError> {
    let classes = wave_classes::of_wave(&senim.storage, wave.id).await?;
    let done = match wave.state {
        // Its responses are no longer counted on the clock, and none arrives.
        WaveState::Released => envelopes::counts(&senim.storage, wave.id).await?.len(),
        _ => classes.iter().filter(|one| senim.counts.done(wave.id, one.class) > 0).count(),
    };
    Ok((done as u32, classes.len() as u32))
}

fn erased(record: &Erasure) -> app::ErasedWave {
    app::ErasedWave { day: day(record.day), responses: record.envelopes, finished: record.finished }
}

/// `POST /waves/{wave}/close`
pub async fn close(
    State(senim): State<Senim>,
    FoundWave { wave, .. }: FoundWave<CloseWave>,
) -> Result<Redirect, PageError> {
    wave_setup::close(&senim.storage, &senim.random, &wave).await?;
    Ok(Redirect::to(&format!("/waves/{}", wave.id)))
}
