//! The subcommands of `senim`, one file each.

pub mod accounts;
pub mod attack;
mod authoring;
pub mod backup;
pub mod definitions;
pub mod demonstrate;
pub mod envelopes;
mod error;
pub mod estimate;
mod estimate_output;
mod files;
pub mod forget;
pub mod keys;
pub mod publish;
mod recipients;
pub mod release;
pub mod replay;
pub mod restore;
pub mod retire;
pub mod serve;
pub mod settings;
pub mod shown;
pub mod slips;
pub mod tallies;
pub mod verify;
pub mod waves;

pub use error::CommandError;

use std::io::{ErrorKind, Write, stdout};

/// Prints what a command is for.
fn print(text: &[u8]) -> Result<(), CommandError> {
    match stdout().write_all(text) {
        // `senim attack | head` is not an error.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(CommandError::Output),
    }
}
