//! Estimates from samples, against R's `survey`: the figures, the data and the script are in
//! `tests/reference/sampling`.
#![cfg(feature = "compute")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod data;
mod figures;
mod files;
mod laws;
mod weights;
