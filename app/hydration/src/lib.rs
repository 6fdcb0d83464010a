//! Nothing of its own: naming `app` puts its islands into this library.

use app as _;

/// Called by the page before its islands come alive.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
