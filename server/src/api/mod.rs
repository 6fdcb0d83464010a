//! The coordinator's routes: units, waves, class sessions and slips as JSON. Units and waves are
//! put under ids that the caller draws, so that a request can be sent again after a lost reply.

mod extract;
pub mod lessons;
pub mod units;
pub mod waves;

pub use extract::{Body, Id};
