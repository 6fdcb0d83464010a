//! Promise 3 on the tablet: whatever happens to the network, an answer that a pupil has sent
//! arrives, and once. The network is lost by killing the server. `cargo xtask prove faults` loses
//! it for a whole class at once.

mod new_version;
mod offline;
mod queue;
mod readiness;
mod replies;
mod tablets;
mod unsaved;

use serde_json::json;
use tests::{Browser, ClassPlan, Database, OpenWave, Settings, kazakh, wait_until};

/// A class that has a lesson, and a tablet.
async fn lesson() -> (OpenWave, Browser) {
    let classes = [ClassPlan::of(12)];
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &classes).await;
    (wave, Browser::open_as(Settings::TABLET).await)
}

/// Runs a script in every page from now on, before the page's own.
async fn before_pages(browser: &Browser, script: &str) {
    let script = json!({ "source": script });
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", script).await;
}

/// From the class link to a screen in the middle.
async fn enter(wave: &OpenWave, browser: &Browser, slip: usize, screen: usize) {
    browser.enter(&wave.class_link(0), &wave.slip(0, slip)).await;
    browser.reach(1).await;
    browser.answer_until(screen, 0).await;
}

/// The same with a tablet that can do without a network.
async fn enter_and_keep(wave: &OpenWave, browser: &Browser, slip: usize, screen: usize) {
    enter(wave, browser, slip, screen).await;
    browser.wait_until_kept().await;
}

/// From a screen in the middle to the thanks, while there is no network.
async fn send_without_network(browser: &Browser, choice: usize) {
    browser.answer_and_send(choice).await;
    browser.wait_for_text(&kazakh("pupil", "saved_waiting")).await;
}

/// The server is there again, and the tablet notices as it does when its Wi-Fi comes back. Without
/// that it tries again by itself, some seconds later.
async fn reconnect(wave: &mut OpenWave, browser: &Browser) {
    wave.server.restart();
    browser.run("dispatchEvent(new Event('online'))", Vec::new()).await;
}

/// How many responses wait on the tablet.
async fn queued(browser: &Browser) -> u64 {
    browser.run("return senimQueue.length()", Vec::new()).await.as_u64().unwrap()
}

/// Waits until so many responses have arrived and the tablet has none left; each arrived once.
async fn wait_until_delivered(wave: &OpenWave, browser: &Browser, number: i64) {
    let what = format!("{number} responses and an empty queue");
    let delivered = async || {
        let arrived = wave.stored().await == number && queued(browser).await == 0;
        arrived.then_some(())
    };
    wait_until(&what, 60, delivered).await;
    assert_eq!(wave.server.database.count("spent_values").await, number);
}

/// Closes the window; its console has said nothing but that the server cannot be reached.
async fn close(browser: Browser) {
    let unheard = ["net::ERR_", "error occurred when fetching the script"];
    let is_of_network = |line: &String| unheard.iter().any(|words| line.contains(words));
    let said = browser.console().await;
    assert!(said.iter().all(is_of_network), "{said:?}");
    browser.close().await;
}
