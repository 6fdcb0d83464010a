//! Paper: what comes out of the printer in each language.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;
use tests::{Browser, Database, Server};

const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];

/// The page as PDF, on paper as the style asks for.
async fn printed(browser: &Browser, scale: f64) -> Vec<u8> {
    let wanted = json!({ "preferCSSPageSize": true, "scale": scale });
    let pdf = browser.devtools("Page.printToPDF", wanted).await;
    STANDARD.decode(pdf["data"].as_str().unwrap()).unwrap()
}

/// Chromium writes every page as an object of its own, uncompressed.
fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    let page = "/Type /Page";
    text.match_indices(page).filter(|(at, _)| !text[at + page.len()..].starts_with('s')).count()
}

#[tokio::test]
async fn the_key_ceremony_fits_one_sheet_in_every_language() {
    let server = Server::start(Database::Sqlite).await;
    let browser = Browser::open().await;
    for language in LANGUAGES {
        browser.go(&format!("{}/language/{language}?back=/key-ceremony", server.url())).await;
        browser.wait_for(".sheet").await;
        let pdf = printed(&browser, 1.0).await;
        assert!(String::from_utf8_lossy(&pdf).contains("[0 0 594.95996 841.91998]"), "not A4");
        assert_eq!(pages(&pdf), 1, "{language}");
        // Other machines have other fonts: there is room for wider ones.
        assert_eq!(pages(&printed(&browser, 1.04).await), 1, "{language}, larger");
    }
    // Would more than a sheet be seen?
    browser.go(&format!("{}/stored", server.url())).await;
    assert!(pages(&printed(&browser, 1.0).await) > 1);
}
