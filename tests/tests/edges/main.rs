//! What leaves the product at its edges: log lines, error texts, files, requests, and what a proxy
//! before it writes down.

mod hostile;
mod logs;
mod nginx;
mod proxy;
mod third_parties;

const DEFINITION: &str = "senim_pupil_senior";
