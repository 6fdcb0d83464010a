//! What people see: pages (server only), the parts they share, and islands, the only code that
//! reaches the browser.
//!
//! A page is a component over one plain struct. The server loads that struct and calls [`render`];
//! tests do the same.

mod browser;
pub mod islands;
mod language;
mod parts;
mod taking;

#[cfg(feature = "ssr")]
mod figures;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
pub mod texts;

#[cfg(feature = "ssr")]
pub use figures::Comparison;
pub use language::Language;
#[cfg(feature = "ssr")]
pub use pages::*;
#[cfg(feature = "ssr")]
pub use shell::{Assets, Audience, Page, Shell, render};
pub use taking::Taking;

/// The one stylesheet, for the server to serve.
#[cfg(feature = "ssr")]
pub const STYLE: &str = include_str!("../style/senim.css");

/// Generated from `locales` by the build script.
#[allow(unreachable_pub, unused_imports, dead_code, rust_2018_idioms, clippy::expect_used)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
}
use generated::i18n;
