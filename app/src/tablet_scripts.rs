//! What `scripts/tablet.js` and `scripts/queue.js` do for the islands.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = senimTablet)]
    async fn prepare(urls: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = senimTablet)]
    fn flush();

    #[wasm_bindgen(catch, js_namespace = senimQueue)]
    async fn ask(body: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = senimQueue, js_name = send)]
    async fn send_now(body: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = senimQueue)]
    async fn add(body: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = senimQueue)]
    async fn deliver(key: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = senimQueue)]
    async fn length() -> Result<JsValue, JsValue>;
}

const FILES_KEPT: u32 = 1;
const STORAGE_LASTS: u32 = 2;

/// Keeps the files of these URLs, separated by spaces, for a lost network. Whether they are all
/// kept, and whether the browser promises not to tidy them and the queue away.
pub(crate) async fn prepare_tablet(urls: &str) -> (bool, bool) {
    let bits = number(prepare(urls).await);
    (bits & FILES_KEPT != 0, bits & STORAGE_LASTS != 0)
}

/// Asks for a token, again while the server is busy. The server's word; empty where it was not
/// heard.
pub(crate) async fn ask_for_token(body: &str) -> String {
    word(ask(body).await)
}

/// Sends a request. The server's word; empty where it was not heard.
pub(crate) async fn send(body: &str) -> String {
    word(send_now(body).await)
}

/// Puts a request on disk until the server has acknowledged it. Its key; `None` where this
/// browser keeps nothing.
pub(crate) async fn queue(body: &str) -> Option<String> {
    add(body).await.ok()?.as_string()
}

/// Tries to send what is queued under a key. The server's word; empty where it was not heard.
pub(crate) async fn deliver_queued(key: &str) -> String {
    word(deliver(key).await)
}

/// Tries everything that is queued, in the background, until it is through.
pub(crate) fn flush_queue() {
    flush();
}

/// How many requests are queued on this tablet.
pub(crate) async fn queue_length() -> u32 {
    number(length().await)
}

fn word(value: Result<JsValue, JsValue>) -> String {
    value.ok().and_then(|value| value.as_string()).unwrap_or_default()
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small count, and 0 is right for what is none"
)]
fn number(value: Result<JsValue, JsValue>) -> u32 {
    value.ok().and_then(|value| value.as_f64()).unwrap_or_default() as u32
}
