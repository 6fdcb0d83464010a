//! Backups: one moment's state of the database, or the directory of secrets, sealed to whoever
//! restores.
//!
//! A file begins with its [`Header`] as one line that anybody reads: what it is, of which day, and
//! of which waves it holds what pupils sent, so that files past their age, and those that
//! `senim forget` must reach, are known without a key. Behind it is an `age` file. In that is the
//! same line again, which must be equal, then JSON Lines: for each table its name and columns, its
//! rows as arrays, and how many there were with their SHA-256; and one last line with the number of
//! all rows and the SHA-256 of everything before. Rows stand in the order of their primary keys,
//! which for what pupils send are random: the file tells no order of arrival. It is the same for
//! both databases.
//!
//! Database and secrets are two files, and better with two recipients: with both in hand codes of
//! slips can be tried out and tokens made up; each alone says nothing.

mod copy;
mod error;
mod file;
mod header;
mod past;
mod read;
mod restore;
mod secrets_copy;
mod write;

pub use copy::{Check, back_up};
pub use error::BackupError;
pub use file::{Identities, header};
pub use header::Part;
pub use past::find as find_past;
pub use read::Counts;
pub use restore::{into_scratch, restore};
pub use secrets_copy::{back_up_secrets, read_secrets, restore_secrets};
