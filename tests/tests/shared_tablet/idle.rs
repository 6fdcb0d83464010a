//! A tablet that somebody left in the middle.

use crate::{kept, lesson_with_idle_tablets, shows_questions};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{KeepingKey, SlipCode};
use serde_json::Value;
use tests::{Browser, Key, kazakh, wait_until};

const WARNING: &str = "[role=alertdialog]";

async fn wait_without_warning(browser: &Browser) {
    let gone = async || (browser.count(WARNING).await == 0).then_some(());
    wait_until("no warning", 5, gone).await;
}

/// What the tab keeps, as whoever has the slip can read it.
async fn kept_under(browser: &Browser, slip: &SlipCode) -> Vec<u8> {
    let kept: Value = serde_json::from_str(&kept(browser).await).unwrap();
    let (_, text) = kept.as_object().unwrap().iter().next().unwrap();
    let (_, sealed) = text.as_str().unwrap().split_once('.').unwrap();
    let (_, plain) = KeepingKey::open(slip, &URL_SAFE_NO_PAD.decode(sealed).unwrap()).unwrap();
    plain
}

#[tokio::test]
async fn a_touch_or_a_key_takes_the_warning_away_and_answers_stay() {
    let (wave, browser) = lesson_with_idle_tablets().await;
    browser.enter(&wave.class_link(0), &wave.slip(0, 0)).await;
    browser.reach(1).await;
    browser.answer_until(3, 1).await;
    browser.choose(1).await;
    let chosen = browser.chosen().await;
    browser.wait_for(WARNING).await;
    browser.wait_for_text(&kazakh("pupil", "idle_text")).await;
    browser.tap(&format!("{WARNING} .button")).await;
    wait_without_warning(&browser).await;
    browser.wait_for(WARNING).await;
    browser.keys(&[Key::Shift]).await;
    wait_without_warning(&browser).await;
    browser.wait_for(WARNING).await;
    // As a screen reader does, which neither touches nor types.
    browser.run("document.querySelector('[role=alertdialog] .button').click()", Vec::new()).await;
    wait_without_warning(&browser).await;
    assert_eq!(browser.screen().await.unwrap().0, 3);
    assert_eq!(browser.chosen().await, chosen);
    browser.answer_and_send(0).await;
    browser.wait_for_text(&kazakh("pupil", "sent")).await;
    browser.close().await;
}

#[tokio::test]
async fn answers_of_who_has_left_are_deleted_and_the_same_slip_begins_again() {
    let (wave, browser) = lesson_with_idle_tablets().await;
    let slip = wave.slip(0, 0);
    browser.enter(&wave.class_link(0), &slip).await;
    browser.reach(1).await;
    browser.answer_until(4, 1).await;
    browser.choose(1).await;
    let before = kept_under(&browser, &slip).await;
    browser.wait_for_text(&kazakh("pupil", "idle_closed")).await;
    assert!(!shows_questions(&browser).await, "{}", browser.text().await);
    let after = kept_under(&browser, &slip).await;
    let (progress, permit) = after.split_last().unwrap();
    assert_eq!(*progress, 0, "no progress is kept");
    assert!(before.starts_with(permit) && before.len() > after.len() + 10);

    browser.begin(&slip.own_part()).await;
    for number in 1..=4 {
        browser.reach(number).await;
        assert_eq!(browser.chosen().await, Vec::<String>::new(), "on screen {number}");
        browser.choose(0).await;
        browser.press(&kazakh("pupil", "next")).await;
    }
    browser.reach(5).await;
    browser.answer_and_send(0).await;
    browser.wait_for_text(&kazakh("pupil", "sent")).await;
    assert_eq!(wave.stored().await, 1);
    browser.close().await;
}
