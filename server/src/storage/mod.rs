//! The database: SQLite by default, PostgreSQL by URL, one text of queries for both.
//!
//! Each submodule is a subject with one function a query. Columns are text, bigint and double
//! precision, because that is what both databases have in common.
//!
//! Any number of server processes may share one PostgreSQL. What two of them must not do at once is
//! decided in the database by one statement: a slip is marked, a value spent, a wave moved on, a try
//! to sign in counted by whoever comes first. What a process keeps for itself may be asked of any
//! other: rows of open waves for a second ([`crate::intake`]), counts made in the same moments
//! ([`crate::counts`]), the slowing of guesses, which is then as many times less, and how far an import
//! of its own is. SQLite has one server.
//!
//! # Databases that speak PostgreSQL's protocol
//!
//! Beside tables, unique keys, transactions of level read committed, `on conflict` and `returning`,
//! this is used, and lacked by some:
//!
//! - Declarative partitions, one a wave for what pupils send, attached when it opens and dropped when
//!   it is forgotten. Dropped files are gone at the next checkpoint, while deleted rows stay in the
//!   files, and a vacuum frees their room without overwriting them. YugabyteDB has them; Citus has
//!   them in tables that are not distributed; CockroachDB's partitions have another syntax, so it
//!   cannot be used. Where files lie on several machines `senim forget` can vouch for none of them:
//!   it drops the rows, and the rest is for whoever runs the database.
//! - `lock table spent_values in share mode`, when a wave is closed, waits for responses that are
//!   being stored and saw the wave open: the count of the close is final. CockroachDB has no `lock
//!   table`; YugabyteDB takes this mode from 2.25.2 on where table locks are turned on.
//! - Statements that insert into two tables, `with … insert … returning`, and `string_to_array` with
//!   `unnest` of several columns: a batch of responses in one round trip. All three have them; Citus
//!   on one node only, so its tables must not be distributed.
//! - `for update skip locked`, to see that another server carries an import out. All three have it.
//! - `lock_timeout`, `statement_timeout`, `enable_seqscan` and the like. CockroachDB takes the first
//!   two.
//! - `fsync`, `full_page_writes` and `synchronous_commit` as PostgreSQL names them are asked for at
//!   start, and a database that does not know them is refused: what they promise has other names there.
//!
//! None of them is tested but PostgreSQL.

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
