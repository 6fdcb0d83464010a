use crate::clock::Clock;
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
    /// are not open: one that is forgotten meanwhile must not live on in memory. After the first
    /// count at whole multiples of the interval, the same moments on every server: one that counted
    /// between those of another would make the clock finer for whoever asks them both.
    pub async fn keep_fresh(self, storage: Storage, secrets: Arc<Secrets>, clock: Clock) {
        loop {
            match self.refresh(&storage).await {
                Ok(open) => secrets.keep_only(&open),
                Err(error) => tracing::warn!(%error, "responses could not be counted"),
            }
            tokio::time::sleep(until_next(clock.seconds().unsigned_abs())).await;
        }
    }
}

/// Never less than half an interval: a clock that is set a little back must not make two counts of
/// one.
fn until_next(now: u64) -> Duration {
    let past = now % COUNT_INTERVAL;
    let whole = if past <= COUNT_INTERVAL / 2 { COUNT_INTERVAL } else { 2 * COUNT_INTERVAL };
    Duration::from_secs(whole - past)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_count_in_the_same_moments() {
        let next: Vec<_> = (0..60).map(|now| now + until_next(now).as_secs()).collect();
        assert!(next.iter().all(|next| next % COUNT_INTERVAL == 0));
        let waits = next.iter().zip(0..).map(|(next, now)| next - now);
        assert!(waits.clone().all(|wait| (COUNT_INTERVAL / 2..=22).contains(&wait)));
    }
}
