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

/// To the first of each of the pupil's requests the server says that it is busy; when they were
/// sent, in milliseconds.
const BUSY_AT_FIRST: &str = "
    self.asked = {};
    window.fetch = new Proxy(window.fetch, {
        async apply(fetch, page, [url, wishes]) {
            if (!/token|response/.test(url)) return fetch(url, wishes);
            (asked[url] ??= []).push(performance.now());
            if (asked[url].length > 1) return fetch(url, wishes);
            const headers = { 'retry-after': '2' };
            return new Response('{\"refused\":\"busy\"}', { status: 503, headers });
        },
    });";

#[tokio::test]
async fn a_busy_server_is_asked_again_no_sooner_than_it_says() {
    let (wave, browser) = lesson().await;
    before_pages(&browser, BUSY_AT_FIRST).await;
    browser.enter(&wave.class_link(0), &wave.slip(0, 0)).await;
    browser.reach(1).await;
    browser.answer_and_send(1).await;
    wait_until_delivered(&wave, &browser, 1).await;
    let asked = browser.run("return asked", Vec::new()).await;
    for url in ["/c/token", "/c/response"] {
        let times: Vec<f64> = serde_json::from_value(asked[url].clone()).unwrap();
        assert_eq!(times.len(), 2, "{url}");
        assert!(times[1] - times[0] >= 2_000.0, "{url}: {times:?}");
    }
    browser.close().await;
}

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
