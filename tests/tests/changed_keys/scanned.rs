//! The slip's QR against the server.

use crate::{Class, Keys, told};
use serde_json::json;
use tests::{Pupil, text_in};

#[tokio::test]
async fn a_scanned_slip_is_not_sent_to_a_server_with_another_key() {
    let mut class = Class::open().await;
    class.honest.with_another_token_key().are_served(&mut class.wave).await;
    proofs_are_right(&class, 0).await;

    class.scan(1).await;
    class.refuses().await;
    for language in ["ru", "en", "kk"] {
        let button = format!(".language[lang={language}]");
        class.tablet.wait_for(&button).await.click().await.unwrap();
        for words in ["proof_title", "keys_text", "keys_teacher"] {
            class.tablet.wait_for_text(&text_in(language, "pupil", words)).await;
        }
    }
    class.tablet.client.refresh().await.unwrap();
    class.refuses().await;
    scan_into_the_open_page(&class, 1).await;
    class.refuses().await;
    class.tablet.client.refresh().await.unwrap();
    class.refuses().await;
    assert!(!class.tablet.everything_stored().await.contains(&class.code(1)));
    class.has_sent(0);

    // The slip is still good, and the tablet has not learned the other keys.
    class.honest.are_served(&mut class.wave).await;
    class.tablet.client.refresh().await.unwrap();
    class.opens_with(1).await;
    class.has_sent(1);
    class.end().await;
}

/// Without a tablet that compares, a slip would buy a token.
async fn proofs_are_right(class: &Class, slip: usize) {
    let wave = &class.wave;
    let lesson = wave.coordinator.open_session(wave.id, wave.classes[0].id).await;
    assert_ne!(told(&lesson), told(&wave.classes[0].lesson));
    Pupil::new(&wave.server, &lesson).token(&wave.slip(0, slip)).await;
}

async fn scan_into_the_open_page(class: &Class, slip: usize) {
    let script = "location.hash = arguments[0]";
    class.tablet.run(script, vec![json!(class.fragment(slip))]).await;
}

#[tokio::test]
async fn a_slip_that_is_scanned_into_an_open_page_is_compared_too() {
    let mut class = Class::open().await;
    class.honest.with_another_token_key().are_served(&mut class.wave).await;
    class.tablet.go(&class.link()).await;
    class.tablet.wait_for("#code").await;
    scan_into_the_open_page(&class, 0).await;
    class.refuses().await;
    class.has_sent(0);
    class.end().await;
}

#[tokio::test]
async fn another_release_key_or_length_alone_is_seen_by_the_slip() {
    let mut class = Class::open().await;
    let changed: [Keys; 2] =
        [class.honest.with_another_release_key(), class.honest.with_another_length()];
    for keys in changed {
        keys.are_served(&mut class.wave).await;
        class.scan(0).await;
        class.refuses().await;
    }
    class.has_sent(0);
    class.end().await;
}

#[tokio::test]
async fn a_slip_of_the_same_keys_begins_and_so_does_one_that_names_none() {
    let class = Class::open().await;
    let scanned = [
        class.printed(0),
        format!("{}#{}", class.link(), class.fragment(1).to_lowercase()),
        format!("{}#{}", class.link(), class.code(2)),
    ];
    for address in scanned {
        class.tablet.go("about:blank").await;
        class.tablet.go(&address).await;
        class.opens_as_scanned().await;
    }
    class.tablet.go(&class.link()).await;
    class.opens_with(3).await;
    class.has_sent(4);
    class.end().await;
}
