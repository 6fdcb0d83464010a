use crate::secrets::Secrets;
use crate::settings::COUNT_INTERVAL;
use crate::storage::waves::{self, WaveState};
use crate::storage::{Storage, StorageError, envelopes, slips};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use uuid::Uuid;

/// How many responses each class has and tokens it was given, counted on a clock of its own: a page
/// never learns of a single one as it comes or goes.
#[derive(Clone, Default)]
pub struct Counts(Arc<RwLock<HashMap<(Uuid, Uuid), Counted>>>);

/// A class as of the last count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// Stored.
    pub responses: u32,
    /// Slips that were used.
    pub tokens: u32,
}

impl Counts {
    /// Responses of a class as of the last count.
    pub fn done(&self, wave: Uuid, class: Uuid) -> u32 {
        self.counted(wave, class).responses
    }

    /// Responses and tokens of a class as of the last count.
    pub fn counted(&self, wave: Uuid, class: Uuid) -> Counted {
        let counts = self.0.read().unwrap_or_else(PoisonError::into_inner);
        counts.get(&(wave, class)).copied().unwrap_or_default()
    }

    /// Counts now, for every wave that is open or not released yet; which are open.
    pub async fn refresh(&self, storage: &Storage) -> Result<HashSet<Uuid>, StorageError> {
        let (mut fresh, mut open) = (HashMap::<_, Counted>::new(), HashSet::new());
        for wave in waves::all(storage).await? {
            if wave.state == WaveState::Open {
                open.insert(wave.id);
            }
            if wave.state == WaveState::Open || wave.state == WaveState::Closed {
                // In this order a class never has more responses than tokens.
                for (class, responses) in envelopes::counts(storage, wave.id).await? {
                    fresh.entry((wave.id, class)).or_default().responses = responses;
                }
                for (class, tokens) in slips::used_by_class(storage, wave.id).await? {
                    fresh.entry((wave.id, class)).or_default().tokens = tokens;
                }
            }
        }
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(open)
    }

    /// Counts again and again, until the task is dropped, and lets go of the secrets of waves that
    /// are not open: one that is forgotten meanwhile must not live on in memory.
    pub async fn keep_fresh(self, storage: Storage, secrets: Arc<Secrets>) {
        let mut clock = tokio::time::interval(Duration::from_secs(COUNT_INTERVAL));
        clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            clock.tick().await;
            match self.refresh(&storage).await {
                Ok(open) => secrets.keep_only(&open),
                Err(error) => tracing::warn!(%error, "responses could not be counted"),
            }
        }
    }
}
