//! A release that is made in the background of a server and watched from pages. The job's line in
//! the database is told every second that it lives, so that another server, or this one after a
//! restart, knows when it does not.

use super::publish::{not_released, record, store};
use super::sealed::SealedWave;
use super::{ReleaseError, closed_wave, make};
use crate::clock::Clock;
use crate::definitions::Definitions;
use crate::random::Random;
use crate::storage::jobs::{self, Job, JobKind};
use crate::storage::waves::{self, Wave, WaveState};
use crate::storage::{Storage, StorageError};
use protocol::ReleaseKey;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use uuid::Uuid;

const SIGN_OF_LIFE: Duration = Duration::from_secs(1);

/// What a release works with.
#[derive(Clone)]
pub struct Watched {
    pub storage: Storage,
    pub definitions: Definitions,
    pub random: Random,
    pub clock: Clock,
}

#[derive(Default)]
struct Seen {
    done: AtomicU32,
    total: AtomicU32,
}

impl Watched {
    /// Begins the release of a closed wave and returns at once. The key lives as long as the job.
    ///
    /// # Errors
    /// The key is of another wave, the wave is not closed or was released, or a release is under
    /// way: nothing was changed.
    pub async fn begin(self, wave: Uuid, key: ReleaseKey) -> Result<(), ReleaseError> {
        let wave = closed_wave(&self.storage, wave).await?;
        not_released(&wave)?;
        let sealed = SealedWave::of_database(&self.storage, &wave).await?;
        sealed.check_key(&key)?;
        let job = self.claim(&wave).await?;
        tokio::spawn(async move {
            let seen = Arc::new(Seen::default());
            // Dropped with this task, however it ends.
            let mut signs = JoinSet::new();
            signs.spawn(give_signs(self.clone(), job.id, seen.clone()));
            let progress = move |done, total| {
                seen.done.store(u32::try_from(done).unwrap_or(u32::MAX), Ordering::Relaxed);
                seen.total.store(u32::try_from(total).unwrap_or(u32::MAX), Ordering::Relaxed);
            };
            let release = async {
                let (made, report) =
                    make(&sealed, &self.definitions, &self.random, &key, progress).await?;
                store(&self.storage, &self.clock, &wave, &made, &report).await?;
                Ok(report)
            };
            if let Err(error) = record(&self.storage, job, release).await {
                tracing::warn!(wave = %wave.id, %error, "a release did not come about");
            }
        });
        Ok(())
    }

    /// The one job that may release the wave now; two servers may ask at once.
    async fn claim(&self, wave: &Wave) -> Result<Job, ReleaseError> {
        let now = self.clock.seconds();
        let mut transaction = self.storage.begin().await?;
        // Changes nothing, and keeps others out until the end of the transaction.
        let closed = WaveState::Closed;
        if !waves::advance(&mut transaction, wave.id, closed, closed).await? {
            return Err(ReleaseError::Released(wave.name.clone()));
        }
        if jobs::is_alive(&mut transaction, wave.id, now).await? {
            return Err(ReleaseError::Running(wave.name.clone()));
        }
        let job = Job::begun(self.random.id(), JobKind::Release, wave.id);
        jobs::save_on(&mut transaction, &job).await?;
        jobs::sign_of_life(&mut transaction, job.id, (0, 0), now).await?;
        transaction.commit().await.map_err(StorageError::from)?;
        Ok(job)
    }
}

async fn give_signs(watched: Watched, job: Uuid, seen: Arc<Seen>) {
    let mut clock = tokio::time::interval(SIGN_OF_LIFE);
    loop {
        clock.tick().await;
        let progress = (seen.done.load(Ordering::Relaxed), seen.total.load(Ordering::Relaxed));
        let sign = async {
            let mut connection = watched.storage.pool().acquire().await?;
            let now = watched.clock.seconds();
            jobs::sign_of_life(&mut connection, job, progress, now).await
        };
        if let Err(error) = sign.await {
            tracing::warn!(%error, "the progress of a release could not be written down");
        }
    }
}
