//! A wave's life in the browser.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod enrolment;
mod form;
mod keys;
mod made;
mod released;
mod study;
