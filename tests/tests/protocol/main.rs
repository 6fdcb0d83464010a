//! The pupil's two requests against a running server, honest and not.

mod bodies;
mod crash;
mod equal_releases;
mod lost_replies;
mod reprints;
mod responses;
mod slips;
mod surplus;
mod tokens;

const DEFINITION: &str = "senim_pupil_senior";
