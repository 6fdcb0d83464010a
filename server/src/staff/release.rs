mod given;

use super::units::page_of;
use super::{PageError, Rendered, Visit};
use crate::audit::NothingDone;
use crate::fields::Fields;
use crate::keys::PrintedKey;
use crate::pilot::has_unchecked_texts;
use crate::release_job::{ReleaseError, Watched};
use crate::rights::{FoundWave, Release};
use crate::state::Senim;
use crate::storage::erasures;
use crate::storage::jobs::{self, JobState, SILENCE, SeenJob};
use crate::storage::waves::{Wave, WaveState};
use app::{FailedRelease, KeyProblem, ReleasePage, ReleaseStep};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// Five key files and what a form adds around them.
pub const LARGEST_KEY_FORM: usize = 96 * 1024;

/// `GET /waves/{wave}/release`: the form, how far it is, or how it ended.
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    FoundWave { wave, .. }: FoundWave<Release>,
) -> Result<Rendered, PageError> {
    let step = step(&senim, &wave).await?;
    Ok(visit.render(page(&senim, &wave, step).await?))
}

/// `POST /waves/{wave}/release`: begins it in the background if the key is the wave's.
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    FoundWave { wave, .. }: FoundWave<Release>,
    fields: Fields,
) -> Result<Response, PageError> {
    let back = Redirect::to(&format!("/waves/{}/release", wave.id));
    if !matches!(step(&senim, &wave).await?, ReleaseStep::Form { .. }) {
        return Ok((Extension(NothingDone), back).into_response());
    }
    let key = match given::key(fields).await? {
        Ok(key) => key,
        Err(problem) => return refused(&senim, &visit, &wave, problem).await,
    };
    let Senim { storage, definitions, random, clock, .. } = senim.clone();
    let begun = Watched { storage, definitions, random, clock }.begin(wave.id, key).await;
    match begun {
        Ok(()) => Ok(back.into_response()),
        Err(ReleaseError::Released(_)) => Ok((Extension(NothingDone), back).into_response()),
        Err(ReleaseError::WrongKey { got, .. }) => {
            refused(&senim, &visit, &wave, KeyProblem::OtherWave(got)).await
        }
        Err(ReleaseError::Running(_)) => refused(&senim, &visit, &wave, KeyProblem::Running).await,
        Err(error) => {
            tracing::error!(%error, "a release could not be begun");
            Err(PageError::Internal)
        }
    }
}

async fn refused(
    senim: &Senim,
    visit: &Visit,
    wave: &Wave,
    problem: KeyProblem,
) -> Result<Response, PageError> {
    let step = ReleaseStep::Form { problem: Some(problem), failed: None };
    let page = page(senim, wave, step).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.render(page)).into_response())
}

async fn page(senim: &Senim, wave: &Wave, step: ReleaseStep) -> Result<ReleasePage, PageError> {
    let pilot = has_unchecked_texts(&senim.storage, &senim.definitions, wave.id).await?;
    Ok(ReleasePage {
        wave_id: wave.id.to_string(),
        wave: wave.name.clone(),
        public_key: PrintedKey(wave.release_key).to_string(),
        pilot,
        step,
    })
}

async fn step(senim: &Senim, wave: &Wave) -> Result<ReleaseStep, PageError> {
    let jobs = jobs::releases_of(&senim.storage, wave.id).await?;
    let running = |one: &&SeenJob| one.job.state == JobState::Running;
    let lives = |one: &&SeenJob| senim.clock.seconds().saturating_sub(one.seen) <= SILENCE;
    Ok(match wave.state {
        WaveState::Draft | WaveState::Open => ReleaseStep::NotClosed,
        WaveState::Released => {
            let done = jobs.iter().find(|one| one.job.state == JobState::Done);
            let (read, all) = done.map_or((0, 0), |one| (one.job.done, one.job.total));
            let results = page_of(wave.scope).map(|(_, path)| path).unwrap_or_default();
            let forgotten = erasures::of_wave(&senim.storage, wave.id).await?.is_some();
            let unreadable = all.saturating_sub(read);
            ReleaseStep::Done { responses: read, unreadable, results, forgotten }
        }
        WaveState::Closed => {
            if erasures::of_wave(&senim.storage, wave.id).await?.is_some() {
                return Ok(ReleaseStep::Forgotten);
            }
            if let Some(one) = jobs.iter().filter(running).find(lives) {
                return Ok(ReleaseStep::Running { done: one.job.done, total: one.job.total });
            }
            let last = jobs.iter().max_by_key(|one| one.seen);
            let failed = last.map(|one| match one.job.state {
                JobState::Failed => FailedRelease::Error(one.job.message.clone()),
                JobState::Running | JobState::Done => FailedRelease::Interrupted,
            });
            ReleaseStep::Form { problem: None, failed }
        }
    })
}
