//! Sign-in at an OpenID Connect provider, against a real one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod checks;
mod code_and_lock;
mod in_browser;
mod invitation;
mod link;
mod reach;
mod steps;
