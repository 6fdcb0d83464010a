//! What islands ask of the browser. Compiled for the server, too, where nothing calls it.

use js_sys::{Promise, Uint8Array};
use leptos::prelude::{document, set_timeout, window};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    HtmlElement, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, Response, Storage,
};

/// No reply: the network or the server is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoNetwork;

/// A reply that arrived whole.
pub(crate) struct Reply {
    pub(crate) ok: bool,
    pub(crate) text: String,
}

pub(crate) async fn get(url: &str) -> Result<Reply, NoNetwork> {
    fetch(url, &request(RequestCredentials::Omit)).await
}

/// The bytes of a file; `None` when the server has none.
pub(crate) async fn get_bytes(url: &str) -> Result<Option<Vec<u8>>, NoNetwork> {
    let reply = send(url, &request(RequestCredentials::Omit)).await?;
    if !reply.ok() {
        return Ok(None);
    }
    let bytes = reply.array_buffer().map_err(|_| NoNetwork)?;
    let bytes = JsFuture::from(bytes).await.map_err(|_| NoNetwork)?;
    Ok(Some(Uint8Array::new(&bytes).to_vec()))
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

async fn send(url: &str, request: &RequestInit) -> Result<Response, NoNetwork> {
    let reply = JsFuture::from(window().fetch_with_str_and_init(url, request)).await;
    Ok(reply.map_err(|_| NoNetwork)?.unchecked_into())
}

async fn fetch(url: &str, request: &RequestInit) -> Result<Reply, NoNetwork> {
    let reply = send(url, request).await?;
    let text = reply.text().map_err(|_| NoNetwork)?;
    let text = JsFuture::from(text).await.map_err(|_| NoNetwork)?;
    let text = text.as_string().ok_or(NoNetwork)?;
    Ok(Reply { ok: reply.ok(), text })
}

/// The part of the address after `#`, which is taken out of address and history at once.
pub(crate) fn take_fragment() -> Option<String> {
    let location = window().location();
    let fragment = location.hash().ok()?;
    let fragment = fragment.strip_prefix('#').filter(|rest| !rest.is_empty())?.to_owned();
    show_in_address(&path());
    Some(fragment)
}

/// Puts it behind the address's `#`, where a reload finds it.
pub(crate) fn put_fragment(fragment: &str) {
    show_in_address(&format!("{}#{fragment}", path()));
}

fn show_in_address(address: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// The path of this page.
pub(crate) fn path() -> String {
    window().location().pathname().unwrap_or_default()
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

/// What this tablet remembers under a key, for all tabs of this site.
pub(crate) fn remembered(key: &str) -> Option<String> {
    lasting_storage()?.get_item(key).ok()?
}

/// Where there is a place for it.
pub(crate) fn remember(key: &str, value: &str) {
    if let Some(storage) = lasting_storage() {
        let _ = storage.set_item(key, value);
    }
}

fn lasting_storage() -> Option<Storage> {
    window().local_storage().ok()?
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
    mark("lang", language);
}

/// Sets an attribute of the whole document, for the style sheet.
pub(crate) fn mark(attribute: &str, value: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(attribute, value);
    }
}

/// Whether the drawings are in the page.
pub(crate) fn has_pictures() -> bool {
    document().get_element_by_id(PICTURES).is_some()
}

/// Puts the server's own drawings into the page, where `<use href="#NAME">` finds them.
pub(crate) fn put_pictures(svg: &str) {
    let Some(body) = document().body() else { return };
    let Ok(place) = document().create_element("div") else { return };
    place.set_id(PICTURES);
    let _ = place.set_attribute("hidden", "");
    place.set_inner_html(svg);
    let _ = body.append_child(&place);
}

const PICTURES: &str = "pictures";

/// Milliseconds of the wall clock, for what the tab deletes in time. Nothing that is sent or
/// queued carries it.
#[allow(
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole and positive; formatting a float would cost the wasm ten kilobytes"
)]
pub(crate) fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// A text field of a JSON object, read by the browser itself.
pub(crate) fn json_text(json: &str, field: &str) -> Option<String> {
    let object = js_sys::JSON::parse(json).ok()?;
    js_sys::Reflect::get(&object, &field.into()).ok()?.as_string()
}

pub(crate) async fn pause(time: Duration) {
    let ended = Promise::new(&mut |resolve, _| {
        set_timeout(
            move || {
                let _ = resolve.call0(&JsValue::NULL);
            },
            time,
        );
    });
    let _ = JsFuture::from(ended).await;
}

/// Loads the page afresh; nothing in memory survives.
pub(crate) fn reload() {
    let _ = window().location().reload();
}
