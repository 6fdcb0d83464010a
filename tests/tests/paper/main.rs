//! What is printed, opened by programs that had no part in making it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod files;
mod letters;
mod reports;
mod slips;

const DEFINITION: &str = "senim_pupil_senior";
