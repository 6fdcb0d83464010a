//! What a release tells a reader who computes: the attacker against trying everything on tiny
//! countries, against generated countries, and against weaknesses put in on purpose.
//!
//! With `SENIM_PROVE=1` there are 500 countries instead of 50. `SENIM_COUNTRY=SEED` repeats one.
#![cfg(feature = "compute")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod countries;
mod country;
mod every_count;
mod every_share;
mod planted;
mod publisher;
mod survey;
mod tiny;
