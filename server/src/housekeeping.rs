//! What the server does by itself, beside answering.

use crate::clock::Clock;
use crate::pupil;
use crate::settings::COUNT_INTERVAL;
use crate::sign_in_tries::KEPT;
use crate::state::Senim;
use crate::storage::{Storage, audit_lines, invitations, sign_in_tries, staff_sessions};
use crate::wave_setup;
use std::time::Duration;

/// Sessions, invitations and tries to sign in that are over, and what the record held long enough.
pub(crate) async fn remove_ended(storage: Storage, clock: Clock, record_kept: i64) {
    let mut hours = tokio::time::interval(Duration::from_secs(60 * 60));
    loop {
        hours.tick().await;
        let now = clock.seconds();
        let removed = async {
            staff_sessions::delete_ended(&storage, now).await?;
            invitations::delete_ended(&storage, now).await?;
            sign_in_tries::delete_older(&storage, now - KEPT).await?;
            audit_lines::delete_older(&storage, now - record_kept).await
        };
        if let Err(error) = removed.await {
            tracing::warn!(%error, "ended sessions could not be removed");
        }
    }
}

/// Says in the log why pupils' requests failed, in the rhythm of the counts.
pub(crate) async fn tell_troubles() {
    let mut rhythm = tokio::time::interval(Duration::from_secs(COUNT_INTERVAL));
    loop {
        rhythm.tick().await;
        pupil::tell_troubles();
    }
}

/// Two servers may do this at the same moment: one of them closes the wave.
pub(crate) async fn close_ended_waves(senim: Senim) {
    let mut hours = tokio::time::interval(Duration::from_secs(60 * 60));
    loop {
        hours.tick().await;
        let closed = wave_setup::close_ended(&senim.storage, &senim.random, &senim.clock).await;
        if let Err(error) = closed {
            tracing::warn!(%error, "a wave whose intake has ended could not be closed");
        }
    }
}
