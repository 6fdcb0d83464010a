//! Requests that arrive and whose replies do not.

use crate::{before_pages, lesson, queued, wait_until_delivered};
use tests::kazakh;

/// The first reply to each of the pupil's requests is lost on its way.
const LOSE_FIRST_REPLIES: &str = "
    const lost = new Set();
    window.fetch = new Proxy(window.fetch, {
        async apply(fetch, page, [url, wishes]) {
            const reply = await fetch(url, wishes);
            if (!/token|response/.test(url) || lost.has(url)) return reply;
            lost.add(url);
            throw new TypeError('the reply was lost');
        },
    });";

#[tokio::test]
async fn a_slip_whose_token_was_lost_on_the_way_works_again() {
    let (wave, browser) = lesson().await;
    before_pages(&browser, LOSE_FIRST_REPLIES).await;
    browser.enter(&wave.class_link(0), &wave.slip(0, 0)).await;
    browser.wait_for_text(&kazakh("pupil", "offline_title")).await;
    browser.press(&kazakh("pupil", "try_again")).await;
    browser.reach(1).await;

    browser.enter(&wave.class_link(0), &wave.slip(0, 1)).await;
    browser.wait_for_text(&kazakh("pupil", "offline_title")).await;
    browser.client.refresh().await.unwrap();
    browser.wait_for("#code").await;
    browser.wait_for_text(&kazakh("pupil", "resume")).await;
    browser.run("fetch('/c/token', { method: 'POST' }).catch(() => null)", Vec::new()).await;
    browser.begin(&wave.slip(0, 1).own_part()).await;
    browser.reach(1).await;
    browser.client.clone().close().await.unwrap();
}

#[tokio::test]
async fn a_response_whose_receipt_was_lost_is_stored_once() {
    let (wave, browser) = lesson().await;
    before_pages(&browser, LOSE_FIRST_REPLIES).await;
    browser.enter(&wave.class_link(0), &wave.slip(0, 0)).await;
    browser.wait_for_text(&kazakh("pupil", "offline_title")).await;
    browser.press(&kazakh("pupil", "try_again")).await;
    browser.reach(1).await;
    browser.answer_and_send(1).await;
    browser.wait_for_text(&kazakh("pupil", "saved_waiting")).await;
    assert_eq!((wave.stored().await, queued(&browser).await), (1, 1));
    browser.run("dispatchEvent(new Event('online'))", Vec::new()).await;
    wait_until_delivered(&wave, &browser, 1).await;
    browser.close().await;
}
