//! What the start screen tells the teacher before the lesson.

use crate::before_pages;
use serde_json::json;
use tests::{Browser, ClassPlan, Database, OpenWave, Settings, kazakh, wait_until};

/// What a tablet is like, and what is said of it. Where something never ends, what waits for a
/// minute waits for six seconds.
const TABLETS: [(&str, &str); 5] = [
    ("StorageManager.prototype.persist = async () => true;", "ready"),
    ("StorageManager.prototype.persist = async () => false;", "ready_storage"),
    ("delete Navigator.prototype.serviceWorker;", "ready_files"),
    (
        "const later = setTimeout;
        window.setTimeout = (work, time, ...more) => later(work, Math.min(time, 6000), ...more);
        StorageManager.prototype.persist = () => new Promise(() => {});",
        "ready_storage",
    ),
    (
        "const later = setTimeout;
        window.setTimeout = (work, time, ...more) => later(work, Math.min(time, 6000), ...more);
        const { prototype } = ServiceWorkerContainer;
        Object.defineProperty(prototype, 'ready', { get: () => new Promise(() => {}) });",
        "ready_files",
    ),
];

/// What is said of the tablet; nothing so far.
async fn said(browser: &Browser) -> Option<String> {
    let said = browser.text_of("main [role=status]").await;
    said.strip_prefix(&format!("{}: ", kazakh("pupil", "ready_title"))).map(str::to_owned)
}

#[tokio::test]
async fn what_a_tablet_cannot_rely_on_is_told_before_the_lesson() {
    let classes = [ClassPlan::of(12)];
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &classes).await;
    let browsers = Browser::open_many(TABLETS.len(), Settings::TABLET).await;
    for ((like, _), browser) in TABLETS.iter().zip(&browsers) {
        before_pages(browser, like).await;
        browser.go(&wave.class_link(0)).await;
    }
    for ((like, wanted), browser) in TABLETS.iter().zip(browsers) {
        let told = wait_until(like, 30, async || said(&browser).await).await;
        assert_eq!(told.trim(), kazakh("pupil", wanted), "{like}");
        browser.close().await;
    }
}

#[tokio::test]
async fn responses_that_wait_on_the_tablet_are_told_before_the_lesson() {
    let classes = [ClassPlan::of(12)];
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &classes).await;
    let browser = Browser::open_as(Settings::TABLET).await;
    browser.go(&wave.class_link(0)).await;
    browser.wait_for("#code").await;
    // What the server cannot read stays.
    for body in ["1", "2"] {
        browser.run("return senimQueue.add(arguments[0])", vec![json!(body)]).await;
    }
    browser.client.refresh().await.unwrap();
    let told = wait_until("what is said", 30, async || said(&browser).await).await;
    let waiting = kazakh("pupil", "ready_waiting").replace("{{ count }}", "2");
    assert!(told.ends_with(&waiting), "{told}");
    browser.client.clone().close().await.unwrap();
}
