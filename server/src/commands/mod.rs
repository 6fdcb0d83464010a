//! The subcommands of `senim`, one file each.

pub mod accounts;
pub mod definitions;
pub mod demonstrate;
mod error;
mod files;
pub mod forget;
pub mod keys;
pub mod release;
pub mod replay;
pub mod serve;
pub mod tallies;
pub mod waves;

pub use error::CommandError;
