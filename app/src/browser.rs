//! What islands ask of the browser. Compiled for the server, too, where nothing calls it.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Headers, HtmlElement, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, Response,
    Storage,
};

/// No reply: the network or the server is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoNetwork;

/// A reply that arrived whole.
pub(crate) struct Reply {
    pub(crate) ok: bool,
    pub(crate) text: String,
}

/// `POST` of JSON without cookies: a pupil is nobody.
pub(crate) async fn post(url: &str, body: &str) -> Result<Reply, NoNetwork> {
    let request = request(RequestCredentials::Omit);
    request.set_method("POST");
    request.set_body(&JsValue::from_str(body));
    if let Ok(headers) = Headers::new() {
        let _ = headers.set("content-type", "application/json");
        request.set_headers(&headers);
    }
    fetch(url, &request).await
}

pub(crate) async fn get(url: &str) -> Result<Reply, NoNetwork> {
    fetch(url, &request(RequestCredentials::Omit)).await
}

/// For staff's pages, with the session.
pub(crate) async fn get_signed_in(url: &str) -> Result<Reply, NoNetwork> {
    fetch(url, &request(RequestCredentials::SameOrigin)).await
}

fn request(credentials: RequestCredentials) -> RequestInit {
    let request = RequestInit::new();
    request.set_credentials(credentials);
    request.set_cache(RequestCache::NoStore);
    request.set_referrer_policy(ReferrerPolicy::NoReferrer);
    request
}

async fn fetch(url: &str, request: &RequestInit) -> Result<Reply, NoNetwork> {
    let reply = JsFuture::from(window().fetch_with_str_and_init(url, request)).await;
    let reply: Response = reply.map_err(|_| NoNetwork)?.unchecked_into();
    let text = reply.text().map_err(|_| NoNetwork)?;
    let text = JsFuture::from(text).await.map_err(|_| NoNetwork)?;
    Ok(Reply { ok: reply.ok(), text: text.as_string().ok_or(NoNetwork)? })
}

/// The part of the address after `#`, which is taken out of address and history at once.
pub(crate) fn take_fragment() -> Option<String> {
    let location = window().location();
    let fragment = location.hash().ok()?;
    let fragment = fragment.strip_prefix('#').filter(|rest| !rest.is_empty())?.to_owned();
    let path = location.pathname().ok()?;
    let history = window().history().ok()?;
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    Some(fragment)
}

/// What this tab keeps under a key.
pub(crate) fn kept(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Whether the tab has kept it.
pub(crate) fn keep(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

pub(crate) fn forget(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

fn storage() -> Option<Storage> {
    window().session_storage().ok()?
}

/// Moves the focus, so that a screen reader begins there.
pub(crate) fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let element: HtmlElement = element.unchecked_into();
        let _ = element.focus();
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Tells the browser what language the document now speaks.
pub(crate) fn speak(language: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", language);
    }
}

/// Loads the page afresh; nothing in memory survives.
pub(crate) fn reload() {
    let _ = window().location().reload();
}
