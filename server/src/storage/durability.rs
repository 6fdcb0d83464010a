//! Promise 3 rests on the disk having a response before the reply is sent. What that depends on is
//! set on every connection and asked for at start: a setting of the role, of the database or in
//! the URL must not undo it unseen.

use super::connection::{Database, StorageError};
use sqlx::AnyPool;

/// A setting and the values with which an acknowledged response is on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    pub name: &'static str,
    /// The first is what a message asks for.
    pub must: &'static [&'static str],
    ask: &'static str,
}

/// What SQLite must be set to. Synchronous 2 is `full` and 3 `extra`; with `normal` a power cut
/// takes responses that were acknowledged.
pub const SQLITE: [Setting; 4] = [
    Setting {
        name: "journal_mode",
        must: &["wal"],
        ask: "select cast(journal_mode as text) from pragma_journal_mode",
    },
    Setting {
        name: "synchronous",
        must: &["2", "3"],
        ask: "select cast(synchronous as text) from pragma_synchronous",
    },
    Setting {
        name: "secure_delete",
        must: &["1"],
        ask: "select cast(secure_delete as text) from pragma_secure_delete",
    },
    Setting {
        name: "foreign_keys",
        must: &["1"],
        ask: "select cast(foreign_keys as text) from pragma_foreign_keys",
    },
];

/// What PostgreSQL must be set to. Without `fsync` no commit is on the disk, and without
/// `full_page_writes` a power cut can spoil pages that were.
pub const POSTGRES: [Setting; 3] = [
    Setting {
        name: "synchronous_commit",
        must: &["on", "remote_apply"],
        ask: "select current_setting('synchronous_commit')",
    },
    Setting { name: "fsync", must: &["on"], ask: "select current_setting('fsync')" },
    Setting {
        name: "full_page_writes",
        must: &["on"],
        ask: "select current_setting('full_page_writes')",
    },
];

impl Setting {
    /// An error when `is` does not do.
    pub fn check(&self, is: &str) -> Result<(), StorageError> {
        if self.must.contains(&is) {
            return Ok(());
        }
        let must = self.must.first().copied().unwrap_or_default();
        Err(StorageError::Durability { setting: self.name, is: is.to_owned(), must })
    }
}

/// Asks the database for each setting.
pub(super) async fn check(pool: &AnyPool, database: Database) -> Result<(), StorageError> {
    let settings: &[Setting] = match database {
        Database::Sqlite => &SQLITE,
        Database::Postgres => &POSTGRES,
    };
    for setting in settings {
        let is: String = sqlx::query_scalar(setting.ask).fetch_one(pool).await?;
        setting.check(&is)?;
    }
    Ok(())
}
