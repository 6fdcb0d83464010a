//! How long responses are taken, and the end of it.

use super::WaveError;
use crate::clock::Clock;
use crate::random::Random;
use crate::settings::INTAKE_DAYS;
use crate::storage::jobs::{self, Job, JobKind, JobState};
use crate::storage::waves::{self, Wave, WaveState};
use crate::storage::{Storage, StorageError, envelopes, erasures};
use jiff::civil::Date;
use std::collections::HashMap;
use uuid::Uuid;

/// Ends intake for good: the wave can then be released. Closing again changes nothing.
pub async fn close(storage: &Storage, random: &Random, wave: &Wave) -> Result<u32, WaveError> {
    let mut transaction = storage.begin().await?;
    let closed =
        waves::advance(&mut transaction, wave.id, WaveState::Open, WaveState::Closed).await?;
    transaction.commit().await.map_err(StorageError::from)?;
    storage.wait_for_responses().await?;
    let responses: HashMap<Uuid, u32> = envelopes::counts(storage, wave.id).await?;
    let total = responses.values().sum();
    match (closed, wave.state) {
        (true, _) => {
            let message = format!("{total} responses from {} classes", responses.len());
            let begun = Job::begun(random.id(), JobKind::Close, wave.id);
            let job = Job { state: JobState::Done, done: total, total, message, ..begun };
            jobs::save(storage, &job).await?;
            Ok(total)
        }
        // Of one that was open a moment ago: somebody else has just closed it.
        (false, WaveState::Open | WaveState::Closed | WaveState::Released) => {
            let erased = erasures::of_wave(storage, wave.id).await?;
            Ok(erased.map_or(total, |erased| erased.envelopes))
        }
        (false, state) => Err(WaveError::State(state.code())),
    }
}

/// Closes the open waves whose intake has ended.
pub async fn close_ended(
    storage: &Storage,
    random: &Random,
    clock: &Clock,
) -> Result<(), WaveError> {
    for wave in waves::all(storage).await? {
        if wave.state == WaveState::Open && !takes_responses(&wave, clock) {
            close(storage, random, &wave).await?;
            tracing::info!(wave = %wave.id, "closed by date");
        }
    }
    Ok(())
}

/// The last day on which responses are taken, for a wave's last day: tablets without network deliver late.
pub fn intake_ends(last_day: Date) -> Date {
    last_day.checked_add(jiff::Span::new().days(INTAKE_DAYS)).unwrap_or(last_day)
}

/// Whether responses are taken now: until seven days after the last day, whatever the class
/// session's state, unless the wave was closed by hand.
pub fn takes_responses(wave: &Wave, clock: &Clock) -> bool {
    wave.state == WaveState::Open && clock.today() <= intake_ends(wave.last_day)
}

/// Whether class sessions may be opened now.
pub fn in_lesson_time(wave: &Wave, clock: &Clock) -> bool {
    let today = clock.today();
    wave.state == WaveState::Open && wave.first_day <= today && today <= wave.last_day
}
