//! `/metrics` on an address of its own: the text format of Prometheus.
//!
//! Privacy: the page is made every [`COUNT_INTERVAL`] seconds and shown as it is until the next time.
//! Time of processor, memory, files and connections move when a pupil comes, so nobody may read them
//! more finely than the number of those who are done. Requests, slips, tokens and responses are not
//! counted at all: a collector keeps what it reads for years, and a school with one class at a time
//! would have its pupils' arrivals in it. No label names a unit, a wave, a path or a person.

mod process;

use crate::readiness::{Draining, database_is_ready};
use crate::serving::ConnectionCounts;
use crate::settings::COUNT_INTERVAL;
use crate::storage::{Storage, StorageError, jobs, waves};
use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use process::Process;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::time::MissedTickBehavior;

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What the page is made from.
#[derive(Clone)]
pub struct Metrics {
    pub storage: Storage,
    pub draining: Draining,
    pub connections: ConnectionCounts,
    pub page: Page,
}

/// The page as it was made last.
#[derive(Clone, Default)]
pub struct Page(Arc<RwLock<String>>);

impl Metrics {
    /// Makes the page again and again, until the task is dropped.
    pub async fn keep_fresh(self) {
        let mut clock = tokio::time::interval(Duration::from_secs(COUNT_INTERVAL));
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            clock.tick().await;
            let text = self.make().await;
            *self.page.0.write().unwrap_or_else(PoisonError::into_inner) = text;
        }
    }

    async fn make(&self) -> String {
        let mut registry = Registry::with_prefix("senim");
        let version = vec![("version", env!("CARGO_PKG_VERSION"))];
        registry.register("build", "This program", Info::new(version));
        let database = database_is_ready(&self.storage).await;
        let ready = database && !self.draining.has_begun();
        gauge(&mut registry, "ready", "1 when /ready says yes", i64::from(ready));
        gauge(&mut registry, "database_up", "1 when the database answers", i64::from(database));
        self.connections(&mut registry);
        if database && let Err(error) = self.work(&mut registry).await {
            tracing::warn!(%error, "work could not be counted for the metrics");
        }
        let mut process = Registry::with_prefix("process");
        Process::read().register(&mut process);
        let mut text = String::new();
        // Writing into memory does not fail.
        let _ = prometheus_client::encoding::text::encode_registry(&mut text, &registry);
        let _ = encode(&mut text, &process);
        text
    }

    fn connections(&self, registry: &mut Registry) {
        let open = i64::try_from(self.connections.open()).unwrap_or(i64::MAX);
        gauge(registry, "connections", "Open connections", open);
        for (name, help, count) in [
            (
                "connections_closed",
                "Connections closed because they were slow, idle or had to make room",
                self.connections.closed(),
            ),
            (
                "failures",
                "Replies that told of a fault of the server (5xx)",
                self.connections.failures(),
            ),
        ] {
            registry.register(name, help, ConstCounter::new(count));
        }
    }

    /// What staff and operators set going.
    async fn work(&self, registry: &mut Registry) -> Result<(), StorageError> {
        let by_state = Family::<Vec<(&str, &str)>, Gauge>::default();
        for wave in waves::all(&self.storage).await? {
            by_state.get_or_create(&vec![("state", wave.state.code())]).inc();
        }
        registry.register("waves", "Waves by state", by_state);
        let by_state = Family::<Vec<(&str, String)>, Gauge>::default();
        for (state, count) in jobs::count_by_state(&self.storage).await? {
            by_state.get_or_create(&vec![("state", state)]).set(count);
        }
        registry.register("jobs", "Jobs by state", by_state);
        Ok(())
    }
}

fn gauge(registry: &mut Registry, name: &str, help: &str, value: i64) {
    registry.register(name, help, ConstGauge::new(value));
}

/// The one route of the address of metrics.
pub fn router(page: Page) -> Router {
    Router::new().route("/metrics", get(show)).with_state(page)
}

async fn show(State(page): State<Page>) -> impl IntoResponse {
    let text = page.0.read().unwrap_or_else(PoisonError::into_inner).clone();
    ([(CONTENT_TYPE, OPEN_METRICS)], text)
}
