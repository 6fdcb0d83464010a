//! The pupil's two requests against a running server, honest and not.

mod bodies;
mod crash;
mod responses;
mod slips;
mod tokens;

const DEFINITION: &str = "senim_pupil_senior";
