//! The database: SQLite by default, PostgreSQL by URL, one text of queries for both.
//!
//! Each submodule is a subject with one function a query. Columns are text, bigint and double
//! precision, because that is what both databases have in common.

pub mod accounts;
pub mod class_lists;
mod connection;
pub mod envelopes;
pub mod jobs;
pub mod releases;
pub mod schema;
pub mod school_help;
pub mod slips;
pub mod staff_sessions;
pub mod units;
pub mod wave_classes;
pub mod waves;

pub use connection::{Storage, StorageError, Transaction};
