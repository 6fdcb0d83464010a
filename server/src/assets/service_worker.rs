use super::{Asset, Assets, url};
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;

/// The script with every file that an answer can need. It changes with any of them, which is how a
/// browser notices a new version.
pub(super) fn script(files: &BTreeMap<String, Asset>) -> String {
    let all: Vec<String> = files.keys().map(|path| format!("/assets/{path}")).collect();
    let queue = url(files, "queue.js").unwrap_or_default();
    let (all, queue) = (serde_json::json!(all), serde_json::json!(queue));
    format!("const FILES = {all};\nconst QUEUE = {queue};\n{}", app::SERVICE_WORKER)
}

/// `GET /service-worker.js`: at the root, because it may answer only for what lies below it.
pub async fn show(State(assets): State<Assets>) -> Response {
    // The worker's own policy, not that of a page.
    const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; \
                          frame-ancestors 'none'";
    let headers: [(HeaderName, HeaderValue); 2] = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    ];
    (headers, assets.service_worker.to_string()).into_response()
}
