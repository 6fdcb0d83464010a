//! The database: SQLite by default, PostgreSQL by URL, one text of queries for both.
//!
//! Each submodule is a subject with one function a query. Columns are text, bigint and double
//! precision, because that is what both databases have in common.
//!
//! On PostgreSQL what pupils send lies in declarative partitions, one a wave, which are dropped
//! when the wave is forgotten. Databases that speak PostgreSQL's protocol can be used if they have
//! those: YugabyteDB and Citus do, CockroachDB, whose partitions have another syntax, does not. It
//! is worth it: dropped files are gone at the next checkpoint, while deleted rows stay in the files,
//! and a vacuum frees their room without overwriting them.

pub mod accounts;
pub mod audit_lines;
pub mod class_lists;
mod connection;
mod database;
pub mod durability;
pub mod enrolment_changes;
pub mod envelopes;
pub mod erasures;
mod error;
pub mod grants;
pub mod imports;
pub mod invitations;
pub mod jobs;
pub mod lessons_held;
mod lists;
pub mod memberships;
pub mod migrations;
pub mod partitions;
pub mod provider_links;
pub mod releases;
pub mod rows;
pub mod schema;
pub mod school_help;
pub mod scrub;
pub mod second_factors;
pub mod sign_in_tries;
pub mod slips;
pub mod staff_sessions;
pub mod structure;
pub mod structure_changes;
mod together;
pub mod unit_changes;
pub mod unit_lists;
pub mod unit_names;
pub mod units;
pub mod verification;
pub mod wave_classes;
pub mod waves;

pub use connection::{Storage, StorageError, Transaction, WAITING};
