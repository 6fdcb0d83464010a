//! Sealed responses that wait on a tablet.

use crate::{
    close, enter, enter_and_keep, lesson, queued, reconnect, send_without_network,
    wait_until_delivered,
};
use serde_json::{Value, json};
use tests::{Browser, OpenWave, answers, kazakh};

#[tokio::test]
async fn what_one_pupil_left_arrives_while_the_next_one_answers() {
    let (mut wave, browser) = lesson().await;
    enter(&wave, &browser, 0, 3).await;
    wave.server.kill();
    send_without_network(&browser, 1).await;
    wave.server.restart();
    browser.press(&kazakh("pupil", "next_pupil")).await;
    browser.wait_for("#code").await;
    browser.begin(&wave.slip(0, 1).own_part()).await;
    browser.reach(1).await;
    browser.answer_and_send(2).await;
    browser.wait_for_text(&kazakh("pupil", "sent")).await;
    wait_until_delivered(&wave, &browser, 2).await;
    close(browser).await;
}

#[tokio::test]
async fn responses_of_several_pupils_wait_side_by_side() {
    let (mut wave, browser) = lesson().await;
    enter(&wave, &browser, 0, 3).await;
    // The next one begins before the network is lost.
    let tab = browser.client.new_window(true).await.unwrap();
    browser.client.switch_to_window(tab.handle).await.unwrap();
    enter(&wave, &browser, 1, 3).await;
    wave.server.kill();
    send_without_network(&browser, 1).await;
    back_to_the_first_tab(&browser).await;
    send_without_network(&browser, 2).await;
    assert_eq!(queued(&browser).await, 2);
    // Both pages deliver; neither doubles what the other one sends.
    reconnect(&mut wave, &browser).await;
    wait_until_delivered(&wave, &browser, 2).await;
    close(browser).await;
}

#[tokio::test]
async fn a_browser_that_was_closed_delivers_when_it_is_opened_again() {
    let (mut wave, browser) = lesson().await;
    enter(&wave, &browser, 0, 3).await;
    wave.server.kill();
    send_without_network(&browser, 1).await;
    let browser = browser.start_again().await;
    wave.server.restart();
    browser.go(&wave.class_link(0)).await;
    browser.wait_for("#code").await;
    wait_until_delivered(&wave, &browser, 1).await;
    close(browser).await;
}

#[tokio::test]
async fn the_service_worker_delivers_when_no_page_is_open() {
    let (mut wave, browser) = lesson().await;
    enter_and_keep(&wave, &browser, 0, 3).await;
    wave.server.kill();
    send_without_network(&browser, 1).await;
    browser.go("about:blank").await;
    wave.server.restart();
    // What the browser does by itself as soon as it has a network, minutes after it failed.
    browser.devtools("ServiceWorker.enable", json!({})).await;
    let sync = json!({
        "origin": wave.server.url(), "registrationId": "0", "tag": "senim-queue", "lastChance": false,
    });
    browser.devtools("ServiceWorker.dispatchSyncEvent", sync).await;
    tests::wait_until("the response", 20, async || (wave.stored().await == 1).then_some(())).await;
    close(browser).await;
}

/// Queues what the server refuses and so stays, while the page's own flush is kept out, and
/// flushes some times, once while another page does; which were sent in which order, and after
/// which pauses.
const FLUSH: &str = "
    return (async () => {
        const [later, sent, gaps] = [setTimeout, [], []];
        window.setTimeout = (work, gap) => { gaps.push(gap); return later(work); };
        window.fetch = async (url, { body }) => {
            sent.push(body);
            return new Response('{\"refused\":\"unreadable\"}');
        };
        const [keys, elsewhere] = [[], (work) => navigator.locks.request('senim-queue', work)];
        const second = await elsewhere(async () => {
            for (const body of '123456') keys.push(await senimQueue.add(body));
            return senimQueue.flush();
        });
        for (let time = 0; time < 3; time++) await senimQueue.flush();
        return { keys, second, sent: sent.join(''), gaps };
    })();";

#[tokio::test]
async fn queued_responses_leave_in_random_order_with_random_gaps() {
    let (wave, browser) = lesson().await;
    browser.go(&wave.class_link(0)).await;
    browser.wait_for("#code").await;
    let flushed = browser.run(FLUSH, Vec::new()).await;
    assert_eq!(flushed["second"], false, "another page is at it: to be tried again");
    let keys: Vec<String> = serde_json::from_value(flushed["keys"].clone()).unwrap();
    let is_random = |key: &String| key.len() == 32 && key.chars().all(|c| c.is_ascii_hexdigit());
    assert!(keys.iter().all(is_random) && !keys.is_sorted(), "{keys:?}");
    let sent = flushed["sent"].as_str().unwrap();
    let times: Vec<&str> = (0..3).map(|time| &sent[time * 6..][..6]).collect();
    for time in &times {
        assert!("123456".chars().all(|body| time.contains(body)), "{time}");
    }
    assert!(times[0] != times[1] || times[1] != times[2], "{times:?}");
    let gaps: Vec<f64> = serde_json::from_value(flushed["gaps"].clone()).unwrap();
    assert_eq!(gaps.len(), 18);
    assert!(gaps.iter().all(|gap| (0.0..4_000.0).contains(gap)), "{gaps:?}");
    let longest = gaps.iter().fold(0.0_f64, |longest, gap| longest.max(*gap));
    let shortest = gaps.iter().fold(f64::MAX, |shortest, gap| shortest.min(*gap));
    assert!(longest - shortest > 500.0, "{gaps:?}");
    browser.client.clone().close().await.unwrap();
}

/// The queue as every version of Senim finds it on a tablet that an earlier one has left.
const QUEUED_BEFORE: &str = "
    const [key, body] = arguments;
    return new Promise((resolve, reject) => {
        const open = indexedDB.open('senim', 1);
        open.onupgradeneeded = () => open.result.createObjectStore('queue');
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
            const change = open.result.transaction('queue', 'readwrite');
            change.objectStore('queue').add(body, key);
            change.oncomplete = () => { open.result.close(); resolve(); };
        };
    });";

/// What one pupil would send, written out as it was when tablets first queued it.
async fn body_of_before(wave: &OpenWave, slip: usize) -> String {
    let pupil = wave.pupil(0);
    let token = pupil.token(&wave.slip(0, slip)).await;
    let sealed = pupil.sealed(token, &wave.survey, &answers(&wave.survey, 0));
    let sealed = serde_json::to_value(sealed).unwrap();
    let [value, token, envelope] = ["value", "token", "envelope"].map(|name| &sealed[name]);
    let (wave, class) = (&sealed["place"]["wave"], &sealed["place"]["class"]);
    format!(
        "{{\"place\":{{\"wave\":{wave},\"class\":{class}}},\"value\":{value},\"token\":{token},\
         \"envelope\":{envelope}}}"
    )
}

#[tokio::test]
async fn what_any_earlier_version_has_queued_is_delivered() {
    let (wave, browser) = lesson().await;
    let link = wave.class_link(0);
    // A page of the same site that knows nothing of the queue.
    browser.go(&format!("{}/help", wave.server.url())).await;
    let key = "00112233445566778899aabbccddeeff";
    let body = body_of_before(&wave, 0).await;
    browser.run(QUEUED_BEFORE, vec![json!(key), json!(body)]).await;
    browser.go(&link).await;
    browser.wait_for("#code").await;
    wait_until_delivered(&wave, &browser, 1).await;
    close(browser).await;
}

/// All that is in the site's databases: names, versions, stores, keys and values.
const DATABASES: &str = "
    return (async () => {
        const done = (request) => new Promise((resolve) => {
            request.onsuccess = () => resolve(request.result);
        });
        const all = [];
        for (const { name, version } of await indexedDB.databases()) {
            const open = await done(indexedDB.open(name));
            for (const store of open.objectStoreNames) {
                const place = open.transaction(store).objectStore(store);
                const [keys, values] = [await done(place.getAllKeys()), await done(place.getAll())];
                all.push({ name, version, store, path: place.keyPath, keys, values });
            }
            open.close();
        }
        return all;
    })();";

#[tokio::test]
async fn what_is_queued_keeps_the_form_that_earlier_versions_know() {
    let (mut wave, browser) = lesson().await;
    enter_and_keep(&wave, &browser, 0, 3).await;
    wave.server.kill();
    send_without_network(&browser, 1).await;
    let mut databases = browser.run(DATABASES, Vec::new()).await;
    let [keys, values] = ["keys", "values"].map(|list| databases[0][list].take());
    assert_eq!(
        databases,
        json!([{
            "name": "senim", "version": 1, "store": "queue", "path": null, "keys": null,
            "values": null,
        }])
    );
    assert_eq!((keys.as_array().unwrap().len(), values.as_array().unwrap().len()), (1, 1));
    let body: Value = serde_json::from_str(values[0].as_str().unwrap()).unwrap();
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&body), ["envelope", "place", "token", "value"]);
    assert_eq!(names(&body["place"]), ["class", "wave"]);
    close(browser).await;
}

async fn back_to_the_first_tab(browser: &Browser) {
    let first = browser.client.windows().await.unwrap().remove(0);
    browser.client.switch_to_window(first).await.unwrap();
}
