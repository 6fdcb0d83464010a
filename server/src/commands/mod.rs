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
pub mod settings;
pub mod shown;
pub mod slips;
pub mod tallies;
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
