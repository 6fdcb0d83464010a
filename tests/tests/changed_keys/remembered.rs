//! The first time against now.

use crate::{Class, told};
use serde_json::{Value, json};
use tests::{Browser, kazakh};

const DAY: u64 = 24 * 60 * 60 * 1000;

#[tokio::test]
async fn a_tablet_that_was_in_the_lesson_takes_no_code_for_another_key() {
    let mut class = Class::open().await;
    class.tablet.go(&class.link()).await;
    class.opens_with(0).await;
    class.tablet.answer_and_send(0).await;
    class.tablet.wait_for_text(&kazakh("pupil", "sent")).await;
    class.has_sent(2);

    class.honest.with_another_token_key().are_served(&mut class.wave).await;
    class.tablet.press(&kazakh("pupil", "next_pupil")).await;
    class.refuses().await;
    class.tablet = class.tablet.start_again().await;
    class.tablet.go(&class.link()).await;
    class.refuses().await;
    class.has_sent(2);

    class.honest.are_served(&mut class.wave).await;
    class.tablet.go(&class.link()).await;
    class.opens_with(1).await;
    assert_eq!(class.wave.stored().await, 1);
    class.end().await;
}

#[tokio::test]
async fn another_release_key_or_length_alone_is_seen_by_a_tablet_that_was_here() {
    let mut class = Class::open().await;
    class.tablet.go(&class.link()).await;
    class.tablet.wait_for("#code").await;
    for keys in [class.honest.with_another_release_key(), class.honest.with_another_length()] {
        keys.are_served(&mut class.wave).await;
        class.tablet.go(&format!("{}/kiosk", class.link())).await;
        class.refuses().await;
    }
    class.has_sent(0);
    class.end().await;
}

/// The only entry of the storage for all tabs: its deadline and its digits.
async fn remembered(class: &Class) -> (u64, String) {
    let entries = class.tablet.run("return Object.entries(localStorage)", Vec::new()).await;
    let name = format!("senim.keys.{}", class.wave.classes[0].part());
    let [entry] = entries.as_array().unwrap().as_slice() else { panic!("{entries}") };
    assert_eq!(entry[0], json!(name));
    let (deadline, digits) = entry[1].as_str().unwrap().split_once('.').unwrap();
    (deadline.parse().unwrap(), digits.to_owned())
}

async fn now(browser: &Browser) -> u64 {
    browser.run("return Date.now()", Vec::new()).await.as_u64().unwrap()
}

#[tokio::test]
async fn a_tablet_remembers_public_keys_for_a_while_and_nothing_of_a_pupil() {
    let mut class = Class::open().await;
    class.scan(0).await;
    class.tablet.wait_for("#code").await;
    let (deadline, digits) = remembered(&class).await;
    let days = (deadline - now(&class.tablet).await) / DAY;
    assert!((98..=100).contains(&days) && deadline % DAY == 0, "{deadline}: {days} days");
    assert!(told(&class.wave.classes[0].lesson).is(&digits), "{digits}");
    class.opens_with(0).await;
    assert_eq!(remembered(&class).await, (deadline, digits));

    // When it is over, the same four characters may be another class of another wave.
    let over = "
        const [[key, value]] = Object.entries(localStorage);
        localStorage.setItem(key, value.replace(/^\\d+/, Date.now() - 1));";
    class.tablet.run(over, Vec::new()).await;
    class.honest.with_another_token_key().are_served(&mut class.wave).await;
    class.tablet.go(&class.link()).await;
    class.opens_with(1).await;
    class.end().await;
}

#[tokio::test]
async fn a_tablet_that_can_remember_nothing_still_compares_the_slip() {
    let mut class = Class::open().await;
    let gone = "Object.defineProperty(window, 'localStorage', { get: () => null });";
    let script = json!({ "source": gone });
    class.tablet.devtools("Page.addScriptToEvaluateOnNewDocument", script).await;
    class.tablet.go(&class.link()).await;
    class.opens_with(0).await;
    class.honest.with_another_token_key().are_served(&mut class.wave).await;
    class.tablet.go(&class.link()).await;
    class.tablet.wait_for("#code").await;
    class.scan(1).await;
    class.refuses().await;
    class.has_sent(1);
    class.end().await;
}

#[tokio::test]
async fn a_kiosk_that_refused_looks_again_by_itself() {
    let mut class = Class::open_with(&[("SENIM_IDLE_SECONDS", "3")]).await;
    let link = format!("{}/kiosk", class.link());
    class.tablet.go(&link).await;
    class.tablet.wait_for("#code").await;
    class.honest.with_another_token_key().are_served(&mut class.wave).await;
    class.tablet.go(&link).await;
    class.refuses().await;
    class.honest.are_served(&mut class.wave).await;
    class.opens_with(0).await;
    let kept: Value = class.tablet.run("return localStorage.length", Vec::new()).await;
    assert_eq!(kept, 1);
    class.end().await;
}
