//! Ways back to a page that was left.

use crate::{kept, lesson, shows_questions};
use serde_json::json;
use tests::{Browser, OpenWave, kazakh};

/// Goes back to the page before and forward again; the first screen and nothing else.
async fn leave_and_return(wave: &OpenWave, browser: &Browser) {
    browser.client.back().await.unwrap();
    browser.wait_for("a[href='/help']").await;
    browser.client.forward().await.unwrap();
    shows_the_slip_page(wave, browser).await;
}

async fn shows_the_slip_page(wave: &OpenWave, browser: &Browser) {
    browser.wait_for("#code").await;
    assert!(!shows_questions(browser).await, "{}", browser.text().await);
    let url = browser.client.current_url().await.unwrap();
    assert_eq!(url.as_str(), wave.class_link(0));
}

/// As a browser does that keeps a copy of the page as it was left; this one keeps none.
async fn leave_and_return_to_a_copy(wave: &OpenWave, browser: &Browser) {
    let happens = "dispatchEvent(new PageTransitionEvent(arguments[0], { persisted: true }))";
    browser.run(happens, vec![json!("pagehide")]).await;
    let drawn = browser.run("return document.body.getClientRects().length", Vec::new()).await;
    assert_eq!(drawn, 0, "the copy shows nothing");
    browser.run(happens, vec![json!("pageshow")]).await;
    shows_the_slip_page(wave, browser).await;
}

#[tokio::test]
async fn back_and_forward_show_the_slip_page_alone() {
    let (wave, browser) = lesson().await;
    let slip = wave.slip(0, 0);
    browser.go(&wave.server.url()).await;
    browser.enter(&wave.class_link(0), &slip).await;
    browser.reach(1).await;
    browser.answer_until(4, 1).await;
    for copy in [false, true] {
        match copy {
            true => leave_and_return_to_a_copy(&wave, &browser).await,
            false => leave_and_return(&wave, &browser).await,
        }
        browser.wait_for_text(&kazakh("pupil", "resume")).await;
        browser.begin(&slip.own_part()).await;
        browser.reach(4).await;
    }
    browser.answer_and_send(1).await;
    browser.wait_for_text(&kazakh("pupil", "sent")).await;
    leave_and_return_to_a_copy(&wave, &browser).await;
    leave_and_return(&wave, &browser).await;
    assert!(!browser.text().await.contains(&kazakh("pupil", "resume")));
    assert_eq!(kept(&browser).await, "{}");
    browser.close().await;
}

#[tokio::test]
async fn a_reopened_tab_asks_for_the_code_in_the_middle_and_shows_nothing_afterwards() {
    let (wave, browser) = lesson().await;
    let slip = wave.slip(0, 0);
    browser.enter(&wave.class_link(0), &slip).await;
    browser.reach(1).await;
    browser.answer_until(4, 1).await;
    browser.choose(1).await;
    let chosen = browser.chosen().await;
    let browser = browser.reopen().await;
    browser.wait_for("#code").await;
    assert!(!shows_questions(&browser).await, "{}", browser.text().await);
    browser.wait_for_text(&kazakh("pupil", "resume")).await;
    browser.begin(&slip.own_part()).await;
    browser.reach(4).await;
    assert_eq!(browser.chosen().await, chosen);
    browser.answer_and_send(1).await;
    browser.wait_for_text(&kazakh("pupil", "sent")).await;

    let browser = browser.reopen().await;
    browser.wait_for("#code").await;
    assert!(!shows_questions(&browser).await, "{}", browser.text().await);
    assert!(!browser.text().await.contains(&kazakh("pupil", "resume")));
    assert_eq!(kept(&browser).await, "{}");
    browser.close().await;
}

#[tokio::test]
async fn a_new_window_has_nothing_of_an_unfinished_survey() {
    let (wave, browser) = lesson().await;
    let slip = wave.slip(0, 0);
    browser.enter(&wave.class_link(0), &slip).await;
    browser.reach(1).await;
    browser.answer_until(4, 1).await;
    let browser = browser.start_again().await;
    browser.go(&wave.class_link(0)).await;
    browser.wait_for("#code").await;
    assert!(!browser.text().await.contains(&kazakh("pupil", "resume")));
    assert_eq!(kept(&browser).await, "{}");
    browser.begin(&slip.own_part()).await;
    browser.wait_for_text(&kazakh("pupil", "refused_slip_used")).await;
    let console = browser.console().await;
    assert!(console.iter().all(|line| line.contains("409")), "{console:?}");
    browser.close().await;
}
