//! The subcommands of `senim`, one file each.

pub mod accounts;
pub mod attack;
pub mod definitions;
pub mod demonstrate;
pub mod envelopes;
mod error;
mod files;
pub mod forget;
pub mod keys;
pub mod publish;
pub mod release;
pub mod replay;
pub mod serve;
pub mod tallies;
pub mod waves;

pub use error::CommandError;
