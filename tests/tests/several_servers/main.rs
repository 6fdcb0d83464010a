//! Two server processes on one PostgreSQL, as behind a load balancer: whoever is asked, the same
//! holds.

mod closing;
mod lessons;

use tests::{ClassPlan, Database, OpenWave, Server};

/// A wave with one class on two servers.
async fn two_servers(pupils: u32) -> (OpenWave, Server) {
    let classes = [ClassPlan::of(pupils)];
    let wave = OpenWave::start(Database::Postgres, "senim_pupil_senior", &classes).await;
    let other = wave.server.beside();
    (wave, other)
}
