//! Promises 5 and 6 as the network sees them: what a pupil answers, skips or refuses changes
//! neither the number of screens nor any request. `cargo xtask prove anonymity` runs it with more
//! pupils.

mod cold;
mod pupil;
mod seen;
mod warm;
mod weight;
