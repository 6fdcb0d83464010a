//! What printed keys, key files and shares promise, over many of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod files;
mod printed;
mod shares;
