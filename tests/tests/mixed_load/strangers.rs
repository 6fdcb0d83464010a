use reqwest::Method;
use serde_json::json;
use std::time::{Duration, Instant};
use tests::{OpenWave, Visitor};
use tokio::time::sleep;

/// Between two requests.
const PAUSE: Duration = Duration::from_millis(100);
/// More than any request may have.
const TOO_LARGE: usize = 200_000;

/// Whoever has the address: looks at what is open to everybody, and sends what is refused.
pub async fn come(wave: &OpenWave, until: Instant) {
    let part = wave.classes[0].part();
    let pages = [
        "/".to_owned(),
        "/help".to_owned(),
        "/stored".to_owned(),
        "/sign-in".to_owned(),
        "/service-worker.js".to_owned(),
        format!("/c/{part}"),
        format!("/c/{part}/help"),
        format!("/c/{part}/kiosk"),
    ];
    let wrong = [
        json!({ "slip": "0000-0000-0000", "blinded": "AAAA" }),
        json!("x".repeat(TOO_LARGE)),
        json!([[[[[]]]]]),
    ];
    let (mut page, mut body) = (pages.iter().cycle(), wrong.iter().cycle());
    while Instant::now() < until {
        // A new connection each time.
        let visitor = Visitor::of(&wave.server);
        visitor.get(page.next().unwrap()).await.expect_success();
        for path in ["/c/token", "/c/response", "/nowhere"] {
            let refused = visitor.send(Method::POST, path, body.next().unwrap()).await;
            assert!(refused.status.is_client_error(), "{path}: {refused:?}");
        }
        sleep(PAUSE).await;
    }
}
