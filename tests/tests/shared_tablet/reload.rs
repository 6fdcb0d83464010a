//! A page that is loaded again in the middle.

use crate::{kept, lesson, load_again};
use serde_json::json;
use tests::kazakh;

#[tokio::test]
async fn after_a_reload_the_same_slip_goes_on_where_it_was() {
    let (wave, browser) = lesson().await;
    let slip = wave.slip(0, 0);
    browser.enter(&wave.class_link(0), &slip).await;
    browser.reach(1).await;
    browser.answer_until(3, 1).await;
    browser.choose(2).await;
    let third = browser.chosen().await;
    browser.press(&kazakh("pupil", "next")).await;
    browser.reach(4).await;
    browser.choose(1).await;
    let fourth = browser.chosen().await;
    assert!(third.len() == 1 && fourth.len() == 1 && third != fourth);
    let kept_now = kept(&browser).await;
    for secret in ["Permit", "Pending", "item", &slip.to_string(), &slip.own_part()] {
        assert!(!kept_now.contains(secret), "{secret} in {kept_now}");
    }

    load_again(&browser).await;
    browser.wait_for_text(&kazakh("pupil", "resume")).await;
    browser.begin(&slip.own_part()).await;
    browser.reach(4).await;
    assert_eq!(browser.chosen().await, fourth);
    browser.press(&kazakh("pupil", "back")).await;
    browser.reach(3).await;
    assert_eq!(browser.chosen().await, third);
    browser.answer_and_send(0).await;
    browser.wait_for_text(&kazakh("pupil", "sent")).await;
    assert_eq!(kept(&browser).await, "{}");
    assert_eq!(wave.stored().await, 1);
    browser.close().await;
}

#[tokio::test]
async fn another_slip_finds_nothing_of_an_unfinished_survey() {
    let (wave, browser) = lesson().await;
    browser.enter(&wave.class_link(0), &wave.slip(0, 0)).await;
    browser.reach(1).await;
    browser.answer_until(4, 1).await;
    browser.choose(1).await;
    load_again(&browser).await;

    browser.begin(&wave.slip(0, 1).own_part()).await;
    for number in 1..=4 {
        browser.reach(number).await;
        assert_eq!(browser.chosen().await, Vec::<String>::new(), "on screen {number}");
        browser.choose(0).await;
        browser.press(&kazakh("pupil", "next")).await;
    }
    browser.reach(5).await;
    load_again(&browser).await;
    browser.begin(&wave.slip(0, 1).own_part()).await;
    browser.reach(5).await;
    browser.close().await;
}

/// Counts what the tab keeps as soon as there is something to show.
const AT_FIRST: &str = "
    new MutationObserver((_, observer) => {
        if (document.body === null) return;
        window.keptAtFirst = sessionStorage.length;
        observer.disconnect();
    }).observe(document, { childList: true, subtree: true });";

/// Sets the deadline to so many milliseconds from now and puts a text after it.
const SET_DEADLINE: &str = "
    const [key] = Object.keys(sessionStorage);
    const [, sealed] = sessionStorage.getItem(key).split('.');
    sessionStorage.setItem(key, `${Date.now() + arguments[0]}.${arguments[1]}${sealed}`);";

/// A number that is read on into the sealed bytes is another number.
const READ_ON: [&str; 3] = ["", "e9", "E-9"];

#[tokio::test]
async fn past_its_deadline_nothing_is_left_when_the_page_begins_to_show() {
    let (wave, browser) = lesson().await;
    let script = json!({ "source": AT_FIRST });
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", script).await;
    for (number, sealed) in READ_ON.into_iter().enumerate() {
        let slip = wave.slip(0, number);
        browser.enter(&wave.class_link(0), &slip).await;
        browser.reach(1).await;
        browser.answer_until(3, 0).await;
        browser.run(SET_DEADLINE, vec![json!(60_000), json!(sealed)]).await;
        load_again(&browser).await;
        assert_eq!(browser.run("return window.keptAtFirst", Vec::new()).await, 1, "{sealed}");
        browser.wait_for_text(&kazakh("pupil", "resume")).await;

        browser.run(SET_DEADLINE, vec![json!(-1), json!(sealed)]).await;
        load_again(&browser).await;
        assert_eq!(browser.run("return window.keptAtFirst", Vec::new()).await, 0, "{sealed}");
        assert_eq!(kept(&browser).await, "{}");
        assert!(!browser.text().await.contains(&kazakh("pupil", "resume")));
        browser.begin(&slip.own_part()).await;
        browser.wait_for_text(&kazakh("pupil", "refused_slip_used")).await;
        assert_eq!(kept(&browser).await, "{}");
    }
    let console = browser.console().await;
    assert!(console.iter().all(|line| line.contains("409")), "{console:?}");
    browser.close().await;
}
