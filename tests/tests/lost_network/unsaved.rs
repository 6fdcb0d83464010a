//! A tablet that keeps nothing.

use crate::{before_pages, close};
use tests::{Browser, ClassPlan, Database, OpenWave, Server, Settings, kazakh};
use tokio::time::{Duration, sleep};

/// Longer than an idle kiosk waits before it returns to the slip.
const LONG: Duration = Duration::from_secs(7);

#[tokio::test]
async fn without_storage_the_page_itself_delivers_and_does_not_go_away() {
    let server = Server::start_with(Database::Sqlite, &[("SENIM_IDLE_SECONDS", "3")]).await;
    let mut wave = OpenWave::start_on(server, "senim_pupil_junior", &[ClassPlan::of(12)]).await;
    let browser = Browser::open_as(Settings::TABLET).await;
    before_pages(&browser, "delete window.indexedDB").await;
    let link = format!("{}/kiosk", wave.class_link(0));
    browser.enter(&link, &wave.slip(0, 0)).await;
    browser.reach(1).await;
    browser.answer_until(3, 0).await;
    wave.server.kill();
    browser.answer_and_send(1).await;
    browser.wait_for_text(&kazakh("pupil", "unsaved")).await;
    sleep(LONG).await;
    assert!(browser.text().await.contains(&kazakh("pupil", "unsaved")));
    assert_eq!(browser.count(".next-pupil").await, 0, "which would lose the response");

    wave.server.restart();
    browser.wait_for_text(&kazakh("pupil", "sent")).await;
    assert_eq!(wave.stored().await, 1);
    assert_eq!(browser.run("return sessionStorage.length", Vec::new()).await, 0);
    browser.wait_for(".next-pupil").await;
    browser.wait_for("#code").await;
    close(browser).await;
}

#[tokio::test]
async fn without_storage_a_reload_costs_no_slip() {
    let classes = [ClassPlan::of(12)];
    let mut wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &classes).await;
    let browser = Browser::open_as(Settings::TABLET).await;
    before_pages(&browser, "delete window.indexedDB").await;
    browser.enter(&wave.class_link(0), &wave.slip(0, 0)).await;
    let total = browser.reach(1).await;
    browser.answer_until(3, 0).await;
    wave.server.kill();
    browser.answer_and_send(1).await;
    browser.wait_for_text(&kazakh("pupil", "unsaved")).await;
    wave.server.restart();
    browser.enter(&wave.class_link(0), &wave.slip(0, 0)).await;
    browser.reach(total).await;
    browser.press(&kazakh("pupil", "send")).await;
    browser.wait_for_text(&kazakh("pupil", "sent")).await;
    assert_eq!(wave.stored().await, 1);
    close(browser).await;
}
