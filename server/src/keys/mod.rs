//! Release keys as people handle them: a public half that can be typed, key files under a
//! passphrase, and shares of which some open what is sealed.
//!
//! A file begins with `senim release key 1` or `senim release key share 1`, then says its public
//! half, so that it is known at a glance whose it is. What follows is the secret: as an
//! ASCII-armoured `age` block under a passphrase, or plain after `unprotected:`.

mod beside;
mod checksum;
mod error;
mod file;
mod load;
mod passphrase;
mod printed;
mod share;
mod write;

pub use beside::unprotected_in;
pub use error::KeyError;
pub use file::{KeyFile, Kind};
pub use load::{load, open_files};
pub use passphrase::{Passphrase, Passphrases, Protection, SHORTEST_PASSPHRASE, WorkFactor};
pub use printed::{PrintedKey, PrintedKeyError};
pub use share::{LARGEST_SPLIT, Share, ShareOf, join, split};
pub use write::{make, write_key, write_shares};
