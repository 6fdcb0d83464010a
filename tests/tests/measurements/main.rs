//! Not tests: `cargo xtask bench` runs these to measure.

mod opening;
mod requests;

use tests::{Browser, ClassPlan, Database, FirstVisit, Network, OpenWave, Settings, measured};

const VISITS: usize = 5;

/// A cheap tablet, and "slow 4G" as Lighthouse has it: 1.6 Mbit/s down, 750 kbit/s up, 150 ms.
const SLOW: Settings = Settings {
    slowdown: 6.0,
    network: Network::Slow { latency: 150, down: 200_000, up: 93_750 },
    ..Settings::TABLET
};

#[tokio::test]
async fn first_item() {
    for form in ["senior", "junior"] {
        let definition = format!("senim_pupil_{form}");
        let wave = OpenWave::start(Database::Sqlite, &definition, &[ClassPlan::of(12)]).await;
        let link = format!("{}/c/{}", wave.server.url(), wave.classes[0].part());
        let mut took = Vec::new();
        for slip in 0..VISITS {
            let browser = Browser::open_as(SLOW).await;
            let visit = FirstVisit::make(&browser, &link, &wave.slip(0, slip), "kk").await;
            took.push(visit.took.as_millis() as u64);
        }
        took.sort_unstable();
        measured(&format!("first item {form} median"), took[VISITS / 2], "ms");
        measured(&format!("first item {form} slowest of {VISITS}"), took[VISITS - 1], "ms");
    }
}
