//! Two pupils, one after the other.

use crate::lesson;
use base64::{Engine as _, engine::general_purpose as base64_of};
use protocol::SlipCode;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::{Browser, kazakh};

/// Remembers, as long as the page lives, what it sends.
const LISTEN: &str = "
    window.sent = [];
    window.fetch = new Proxy(window.fetch, {
        apply(fetch, page, [url, wishes]) {
            if (wishes?.body) window.sent.push(wishes.body);
            return fetch(url, wishes);
        },
    });";

/// What nobody may find: the slip's code, what was asked for with it, and what was sent.
fn secrets(slip: &SlipCode, sent: &Value) -> Vec<String> {
    let mut secrets = vec![slip.own_part(), slip.own_part().replace('-', ""), slip.to_string()];
    let bodies = sent.as_array().unwrap().iter().map(|body| body.as_str().unwrap());
    let bodies: Vec<Value> = bodies.map(|body| serde_json::from_str(body).unwrap()).collect();
    let [asked, answered] = bodies.as_slice() else { panic!("other requests: {sent}") };
    for secret in [&asked["blinded"], &answered["value"], &answered["token"], &answered["envelope"]]
    {
        secrets.push(secret.as_str().unwrap().to_owned());
    }
    secrets
}

/// A secret as it is, and as base64 in other spellings.
fn forms(secret: &str) -> Vec<String> {
    let mut forms = vec![secret.to_owned(), secret.to_lowercase()];
    let bytes = base64_of::URL_SAFE_NO_PAD.decode(secret).unwrap_or_default();
    for bytes in [bytes.as_slice(), secret.as_bytes()] {
        let text =
            [base64_of::STANDARD_NO_PAD.encode(bytes), base64_of::URL_SAFE_NO_PAD.encode(bytes)];
        forms.extend(text.into_iter().filter(|text| !text.is_empty()));
    }
    forms
}

async fn holds_none(browser: &Browser, secrets: &[String]) {
    let everything = browser.everything_stored().await + &browser.client.source().await.unwrap();
    for form in secrets.iter().flat_map(|secret| forms(secret)) {
        assert!(!everything.contains(&form), "{form} in {everything}");
    }
}

/// What the tablet holds and shows when it lies ready, one thing a line.
async fn at_rest(browser: &Browser) -> BTreeSet<String> {
    browser.wait_for_text(&kazakh("pupil", "ready_title")).await;
    let everything = browser.everything_stored().await;
    everything.lines().map(without_nonces).collect()
}

/// The page that the tablet keeps has another nonce each time.
fn without_nonces(line: &str) -> String {
    let mut parts = line.split(" nonce=\"");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |line, part| line + part.split_once('"').unwrap().1)
}

fn unchanged(before: &BTreeSet<String>, after: &BTreeSet<String>) {
    let differences: Vec<&String> = before.symmetric_difference(after).collect();
    assert!(differences.is_empty(), "{differences:#?}");
}

#[tokio::test]
async fn after_the_first_pupil_the_tablet_is_as_it_was_before() {
    let (wave, browser) = lesson().await;
    let listen = json!({ "source": LISTEN });
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", listen).await;
    browser.go(&wave.class_link(0)).await;
    let before = at_rest(&browser).await;

    let slip = wave.slip(0, 0);
    browser.begin(&slip.own_part()).await;
    browser.reach(1).await;
    browser.answer_until(9, 1).await;
    browser.press(&kazakh("pupil", "back")).await;
    browser.reach(8).await;
    browser.answer_and_send(1).await;
    browser.wait_for_text(&kazakh("pupil", "sent")).await;
    let secrets = secrets(&slip, &browser.run("return window.sent", Vec::new()).await);
    browser.run("window.sent = []", Vec::new()).await;
    holds_none(&browser, &secrets).await;
    browser.press(&kazakh("pupil", "next_pupil")).await;
    browser.wait_for("#code").await;
    holds_none(&browser, &secrets).await;
    unchanged(&before, &at_rest(&browser).await);

    browser.begin(&wave.slip(0, 1).own_part()).await;
    let total = browser.reach(1).await;
    for number in 1..total {
        assert_eq!(browser.chosen().await, Vec::<String>::new(), "on screen {number}");
        browser.answer_until(number + 1, 0).await;
    }
    holds_none(&browser, &secrets).await;
    browser.press(&kazakh("pupil", "send")).await;
    browser.wait_for_text(&kazakh("pupil", "sent")).await;
    assert_eq!(wave.stored().await, 2);
    browser.close().await;
}
