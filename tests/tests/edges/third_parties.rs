//! No page asks anybody but its own server for anything.

use super::DEFINITION;
use serde_json::json;
use std::collections::BTreeSet;
use tests::{Browser, ClassPlan, Database, OpenWave, Server, Tour, Visitor, kazakh};

/// Names of formats, which nobody fetches.
const NAMES: &str = "http://www.w3.org/";

/// What pages have tried to get from anywhere but `origin`, and what they were forbidden.
///
/// Panics when nothing was noted at all.
async fn elsewhere(browser: &Browser, origin: &str) -> Vec<String> {
    let own = |address: &String| {
        let with_path = address.strip_prefix(origin).is_some_and(|path| path.starts_with('/'));
        // The last is the browser's own empty page, from before the first of ours.
        with_path
            || ["data:", "blob:", "about:", "chrome:"]
                .iter()
                .any(|scheme| address.starts_with(scheme))
    };
    let requested = browser.requested().await;
    assert!(!requested.is_empty(), "no request is noted");
    let requested = requested.into_iter().filter(|address| !own(address));
    let forbidden = browser.console().await.into_iter();
    requested.chain(forbidden.filter(|line| line.contains("Content Security Policy"))).collect()
}

async fn origin_of(browser: &Browser) -> String {
    browser.client.current_url().await.unwrap().origin().ascii_serialization()
}

#[tokio::test]
async fn a_request_to_somebody_else_would_be_seen() {
    let server = Server::start(Database::Sqlite).await;
    let browser = Browser::open_listening().await;
    browser.go(&server.url()).await;
    assert_eq!(elsewhere(&browser, &server.url()).await, Vec::<String>::new());
    let script = "
        const image = new Image();
        image.src = 'http://127.0.0.2:9/pixel';
        return fetch('http://127.0.0.3:9/').catch(() => null);";
    browser.run(script, Vec::new()).await;
    let seen = elsewhere(&browser, &server.url()).await.join("\n");
    assert!(seen.contains("127.0.0.2") && seen.contains("127.0.0.3"), "{seen}");
    let script = "location.href = arguments[0]";
    browser.run(script, vec![json!("http://127.0.0.4:9/")]).await;
    let seen = elsewhere(&browser, &server.url()).await.join("\n");
    assert!(seen.contains("127.0.0.4"), "{seen}");
    browser.client.clone().close().await.unwrap();
}

#[tokio::test]
async fn no_page_for_visitors_and_staff_asks_anybody_else() {
    let tour = Tour::start(Browser::open_listening().await).await;
    let (mut pages, mut found) = (0, Vec::new());
    tour.show(&["kk"], async |browser, name, _| {
        let origin = origin_of(browser).await;
        pages += 1;
        found
            .extend(elsewhere(browser, &origin).await.iter().map(|what| format!("{name}: {what}")));
    })
    .await;
    assert!(pages > 20 && found.is_empty(), "{pages} pages: {}", found.join("\n"));
}

#[tokio::test]
async fn no_tablet_asks_anybody_else() {
    let wave = OpenWave::start(Database::Sqlite, DEFINITION, &[ClassPlan::of(10)]).await;
    let browser = Browser::open_listening().await;
    let url = wave.server.url();
    browser.enter(&wave.class_link(0), &wave.slip(0, 0)).await;
    browser.reach(1).await;
    browser.wait_until_kept().await;
    browser.answer_and_send(1).await;
    browser.wait_for_text(&kazakh("pupil", "thanks_title")).await;
    browser.enter(&format!("{}/kiosk", wave.class_link(0)), &wave.slip(0, 1)).await;
    browser.reach(1).await;
    assert_eq!(elsewhere(&browser, &url).await, Vec::<String>::new());
    browser.client.clone().close().await.unwrap();
}

/// Everything that a browser is given, read as it is: an address in it might be fetched one day.
#[tokio::test]
async fn no_file_for_browsers_names_another_server() {
    let wave = OpenWave::start(Database::Sqlite, DEFINITION, &[ClassPlan::of(10)]).await;
    let nobody = Visitor::of(&wave.server);
    let worker = nobody.get("/service-worker.js").await.text;
    let assets = worker
        .split('"')
        .filter(|word| word.starts_with("/assets/") && word.ends_with(char::is_alphanumeric));
    let mut paths: BTreeSet<String> = assets.map(str::to_owned).collect();
    assert!(paths.len() > 10, "{paths:?}");
    let class = format!("/c/{}", wave.classes[0].part());
    paths.extend(["/", "/help", "/sign-in", "/service-worker.js", &class].map(str::to_owned));
    for path in paths {
        let file = nobody.get(&path).await.expect_success();
        for start in ["http://", "https://", "url(//", "\"//", "'//"] {
            for (at, _) in file.text.match_indices(start) {
                let address: String = file.text[at..].chars().take(60).collect();
                assert!(address.starts_with(NAMES), "{path} names {address}");
            }
        }
    }
}
