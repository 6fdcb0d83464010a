//! What a load balancer and a supervisor ask and say: `/health`, `/ready`, and the end.

use crate::state::Senim;
use crate::storage::{Storage, migrations};
use axum::extract::State;
use axum::http::StatusCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;
use tokio::time::timeout;

/// A database that answers later than this is not ready for a class.
const LONGEST_ANSWER: Duration = Duration::from_secs(5);

/// Whether the server was told to stop.
#[derive(Clone, Default)]
pub struct Draining(Arc<AtomicBool>);

impl Draining {
    pub fn begin(&self) {
        self.0.store(true, Relaxed);
    }

    pub fn has_begun(&self) -> bool {
        self.0.load(Relaxed)
    }
}

/// `GET /health`: 200 while the process answers at all, whatever its database does: starting it
/// anew would mend nothing.
pub async fn health() -> &'static str {
    "ok\n"
}

/// `GET /ready`: 200 when the database answers, has all tables that this program knows, and the
/// server was not told to stop.
pub async fn ready(State(senim): State<Senim>) -> (StatusCode, &'static str) {
    if senim.draining.has_begun() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else if !database_is_ready(&senim.storage).await {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer or lacks tables\n")
    } else {
        (StatusCode::OK, "ready\n")
    }
}

/// Whether the database answers soon and with all tables.
pub async fn database_is_ready(storage: &Storage) -> bool {
    matches!(timeout(LONGEST_ANSWER, migrations::are_applied(storage)).await, Ok(Ok(true)))
}

/// Returns when the process is told to stop, by SIGTERM or Ctrl-C.
pub async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupt = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
        }
        Err(_) => drop(interrupt.await),
    }
}
