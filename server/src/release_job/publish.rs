use super::sealed::SealedWave;
use super::{ReleaseError, closed_wave, open, tally};
use crate::clock::Clock;
use crate::definitions::{Definition, Definitions};
use crate::random::Random;
use crate::storage::jobs::{self, Job, JobKind, JobState};
use crate::storage::waves::{self, Wave, WaveState};
use crate::storage::{Storage, StorageError, envelopes, releases};
use analysis::{DefinitionRef, Release, Structure, Tallies};
use protocol::ReleaseKey;
use tokio::task::spawn_blocking;
use uuid::Uuid;

/// What a release job reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    pub responses: u32,
    pub unreadable: u32,
    pub groups: usize,
}

/// Opens, tallies, protects and publishes a closed wave, all at once or not at all.
pub async fn run(
    storage: &Storage,
    definitions: &Definitions,
    (clock, random): (&Clock, &Random),
    wave: Uuid,
    key: &ReleaseKey,
    progress: impl FnMut(usize, usize),
) -> Result<Report, ReleaseError> {
    let wave = closed_wave(storage, wave).await?;
    let sealed = SealedWave::of_database(storage, &wave).await?;
    sealed.check_key(key)?;
    not_released(&wave)?;
    let release = async {
        let (made, report) = make(&sealed, definitions, random, key, progress).await?;
        store(storage, clock, &wave, &made, &report).await?;
        Ok(report)
    };
    as_job(storage, random, &wave, release).await
}

pub(super) fn not_released(wave: &Wave) -> Result<(), ReleaseError> {
    match wave.state {
        WaveState::Released => Err(ReleaseError::Released(wave.name.clone())),
        _ => Ok(()),
    }
}

/// Opens, tallies and protects a wave; what may be shown of it, by definition.
pub async fn make(
    wave: &SealedWave,
    definitions: &Definitions,
    random: &Random,
    key: &ReleaseKey,
    progress: impl FnMut(usize, usize),
) -> Result<(Vec<Release>, Report), ReleaseError> {
    let opened = open(wave, definitions, random, key, progress).await?;
    let mut report =
        Report { responses: opened.responses, unreadable: opened.unreadable, groups: 0 };
    let mut made = Vec::new();
    for one in opened.definitions {
        let (definition, structure, tallies) = tally(one).await?;
        let id = wave.id;
        // Minutes of work for a nation: a server answers pupils meanwhile.
        let release =
            spawn_blocking(move || release_of(id, &definition, &structure, &tallies)).await;
        let release = release.map_err(|_| ReleaseError::Interrupted)??;
        report.groups += release.groups.len();
        made.push(release);
    }
    Ok((made, report))
}

/// Keeps a record of the release while it is made and after.
pub(super) async fn as_job(
    storage: &Storage,
    random: &Random,
    wave: &Wave,
    release: impl Future<Output = Result<Report, ReleaseError>>,
) -> Result<Report, ReleaseError> {
    let job = Job::begun(random.id(), JobKind::Release, wave.id);
    jobs::save(storage, &job).await?;
    record(storage, job, release).await
}

/// Writes down how the release ended that a stored job stands for.
pub(super) async fn record(
    storage: &Storage,
    mut job: Job,
    release: impl Future<Output = Result<Report, ReleaseError>>,
) -> Result<Report, ReleaseError> {
    let result = release.await;
    match &result {
        Ok(report) => {
            job.state = JobState::Done;
            job.done = report.responses;
            job.total = report.responses + report.unreadable;
            job.message = format!("{} envelopes could not be read", report.unreadable);
        }
        Err(error) => {
            job.state = JobState::Failed;
            job.message = error.to_string();
        }
    }
    jobs::save(storage, &job).await?;
    result
}

/// Publishes everything in one short transaction: other waves take responses meanwhile.
pub(super) async fn store(
    storage: &Storage,
    clock: &Clock,
    wave: &Wave,
    made: &[Release],
    report: &Report,
) -> Result<(), ReleaseError> {
    let mut transaction = storage.begin().await?;
    if !waves::advance(&mut transaction, wave.id, WaveState::Closed, WaveState::Released).await? {
        return Err(ReleaseError::Released(wave.name.clone()));
    }
    waves::note_release(&mut transaction, wave.id, clock.today()).await?;
    for release in made {
        releases::store(&mut transaction, wave.id, release).await?;
    }
    let stored: u32 = envelopes::counts(storage, wave.id).await?.values().sum();
    if stored != report.responses + report.unreadable {
        return Err(ReleaseError::StillArriving);
    }
    Ok(transaction.commit().await.map_err(StorageError::from)?)
}

fn release_of(
    wave: Uuid,
    definition: &Definition,
    structure: &Structure,
    tallies: &Tallies,
) -> Result<Release, ReleaseError> {
    let reference = DefinitionRef {
        id: definition.survey.id.clone(),
        version: definition.survey.version,
        sha256: definition.sha256.clone(),
    };
    let survey = &definition.survey;
    Ok(analysis::protect(&wave.to_string(), reference, survey, structure, tallies)?.release())
}
