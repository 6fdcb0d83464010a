//! How the server stands on a network: TLS, slow and many clients, readiness, metrics, the end.

mod metrics;
mod refusals;
mod slow;
mod stopping;
mod tls;
mod unit;

const DEFINITION: &str = "senim_pupil_senior";
