//! Promise 4: the next pupil on the tablet sees nothing of the one before, and who comes back with
//! the same slip finds everything.

mod afterwards;
mod entry;
mod idle;
mod kiosk;
mod next_pupil;
mod reload;

use tests::{Browser, ClassPlan, Database, OpenWave, Server, Settings};

/// Seconds until a tablet is thought to be left; as many more until it deletes.
const IDLE_SECONDS: &str = "3";

/// A class that has a lesson, and a tablet.
async fn lesson() -> (OpenWave, Browser) {
    let classes = [ClassPlan::of(100)];
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &classes).await;
    (wave, Browser::open_as(Settings::TABLET).await)
}

/// The same where tablets soon think that they were left.
async fn lesson_with_idle_tablets() -> (OpenWave, Browser) {
    let settings = [("SENIM_IDLE_SECONDS", IDLE_SECONDS)];
    let server = Server::start_with(Database::Sqlite, &settings).await;
    let wave = OpenWave::start_on(server, "senim_pupil_junior", &[ClassPlan::of(12)]).await;
    (wave, Browser::open_as(Settings::TABLET).await)
}

/// Everything in the tab's storage, as JSON.
async fn kept(browser: &Browser) -> String {
    let kept = browser.run("return JSON.stringify(sessionStorage)", Vec::new()).await;
    kept.as_str().unwrap().to_owned()
}

/// Whether any part of a survey is on the page.
async fn shows_questions(browser: &Browser) -> bool {
    browser.count(".item, .reading, .survey-top, .next-pupil, input:checked").await > 0
}

/// Loads the page again and waits for its first screen, which shows nothing of a survey.
async fn load_again(browser: &Browser) {
    browser.client.refresh().await.unwrap();
    browser.wait_for("#code").await;
    assert!(!shows_questions(browser).await, "{}", browser.text().await);
}
