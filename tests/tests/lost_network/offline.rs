//! A lesson that goes on without a network.

use crate::{
    close, enter_and_keep, lesson, queued, reconnect, send_without_network, wait_until_delivered,
};
use serde_json::json;
use std::collections::BTreeSet;
use tests::{Browser, ClassPlan, Database, OpenWave, Server, Settings, kazakh, wait_until};

/// Shows the screen in each language and in Kazakh again; each has another title.
async fn speaks_every_language(browser: &Browser) {
    let kazakh = browser.text_of("#screen-title").await;
    let mut titles = BTreeSet::from([kazakh.clone()]);
    for language in ["ru", "en"] {
        speak(browser, language, |title| titles.insert(title)).await;
    }
    speak(browser, "kk", |title| title == kazakh).await;
}

/// Chooses a language and waits for a title.
async fn speak(browser: &Browser, language: &str, mut is_right: impl FnMut(String) -> bool) {
    let button = format!(".language[lang={language}]");
    browser.wait_for(&button).await.click().await.unwrap();
    let spoken = async || {
        let title = browser.text_of("#screen-title").await;
        (!title.is_empty() && is_right(title)).then_some(())
    };
    wait_until(&format!("the title in {language}"), 10, spoken).await;
}

/// Whether every option has its drawing.
async fn shows_pictures(browser: &Browser) -> Option<()> {
    let script = "
        const drawn = [...document.querySelectorAll('main .picture use')].map((use) =>
            document.querySelector(use.getAttribute('href')) !== null
                && use.getBoundingClientRect().width > 0);
        return drawn.length > 0 && drawn.every(Boolean);";
    (browser.run(script, Vec::new()).await == json!(true)).then_some(())
}

/// Stops taking part, or takes part again: the button stands behind the same words.
async fn change_part(browser: &Browser, button: &str) {
    browser.run("document.querySelector('details.stop').open = true", Vec::new()).await;
    browser.press(&kazakh("pupil", button)).await;
}

#[tokio::test]
async fn from_the_fifth_screen_to_the_end_nothing_needs_the_network() {
    let (mut wave, browser) = lesson().await;
    enter_and_keep(&wave, &browser, 0, 5).await;
    wave.server.kill();
    speaks_every_language(&browser).await;
    assert!(shows_pictures(&browser).await.is_some());
    change_part(&browser, "stop_yes").await;
    browser.wait_for("input[name=task]").await;
    speaks_every_language(&browser).await;
    browser.answer_until(8, 1).await;
    browser.wait_for("input[name=task]").await;
    change_part(&browser, "take_part_yes").await;
    browser.reach(1).await;
    assert_eq!(browser.chosen().await, Vec::<String>::new());
    send_without_network(&browser, 1).await;
    let text = browser.text().await;
    assert!(text.contains("111") && text.contains("BalaQorgau"), "{text}");
    assert_eq!(browser.run("return sessionStorage.length", Vec::new()).await, 0);
    assert_eq!(queued(&browser).await, 1);

    wave.server.restart();
    browser.wait_for_text(&kazakh("pupil", "sent")).await;
    wait_until_delivered(&wave, &browser, 1).await;
    close(browser).await;
}

#[tokio::test]
async fn without_a_network_a_reload_loses_nothing() {
    let (mut wave, browser) = lesson().await;
    let code = wave.slip(0, 0).own_part().replace('-', "");
    enter_and_keep(&wave, &browser, 0, 5).await;
    browser.choose(1).await;
    let chosen = browser.chosen().await;
    wave.server.kill();
    // As a QR on the slip opens it.
    browser.go("about:blank").await;
    browser.go(&format!("{}#{code}", wave.class_link(0))).await;
    browser.wait_for("#code").await;
    browser.wait_for_text(&kazakh("pupil", "resume")).await;
    browser.press(&kazakh("pupil", "begin")).await;
    browser.reach(5).await;
    assert_eq!(browser.chosen().await, chosen);
    speaks_every_language(&browser).await;
    wait_until("the drawings", 10, async || shows_pictures(&browser).await).await;
    send_without_network(&browser, 1).await;
    assert!(browser.text().await.contains("BalaQorgau"), "{}", browser.text().await);

    browser.press(&kazakh("pupil", "next_pupil")).await;
    browser.wait_for("#code").await;
    assert!(!browser.text().await.contains(&kazakh("pupil", "resume")));
    assert_eq!(queued(&browser).await, 1);
    reconnect(&mut wave, &browser).await;
    wait_until_delivered(&wave, &browser, 1).await;
    close(browser).await;
}

#[tokio::test]
async fn a_kiosk_returns_by_itself_without_a_network() {
    let server = Server::start_with(Database::Sqlite, &[("SENIM_IDLE_SECONDS", "3")]).await;
    let mut wave = OpenWave::start_on(server, "senim_pupil_junior", &[ClassPlan::of(12)]).await;
    let browser = Browser::open_as(Settings::TABLET).await;
    let link = format!("{}/kiosk", wave.class_link(0));
    browser.enter(&link, &wave.slip(0, 0)).await;
    browser.reach(1).await;
    browser.wait_until_kept().await;
    wave.server.kill();
    send_without_network(&browser, 1).await;
    browser.wait_for("#code").await;
    assert_eq!(browser.client.current_url().await.unwrap().as_str(), link);
    assert_eq!(queued(&browser).await, 1);
    wave.server.restart();
    wait_until_delivered(&wave, &browser, 1).await;
    close(browser).await;
}
