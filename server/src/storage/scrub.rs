//! Removes what the database's journal still keeps of deleted rows.

use super::connection::{Database, Storage, StorageError};
use sqlx::{Any, Executor, pool::PoolConnection};
use std::time::Duration;

/// Tries to find a moment in which nobody reads the journal. Each waits as long as the connection
/// does for a lock, half a minute.
const TRIES: usize = 4;

/// What was done, and what the operator's own settings may keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scrubbed {
    /// The file was made anew, and the journal is empty.
    Sqlite,
    Postgres(KeptByPostgres),
}

/// What PostgreSQL may still hold of the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptByPostgres {
    /// Statements that this role may not run, each with the reason.
    pub refused: Vec<(&'static str, String)>,
    /// `wal_recycle` is on: old journal files are renamed with their content.
    pub recycles: bool,
    /// `archive_mode`, when it is not off.
    pub archive: Option<String>,
    /// `wal_keep_size`, when it is not 0.
    pub keeps: Option<String>,
    /// Replication slots, which hold back old journal files.
    pub slots: u32,
}

/// Does what the database allows, as often as wanted.
pub async fn scrub(storage: &Storage) -> Result<Scrubbed, StorageError> {
    let mut connection = storage.pool().acquire().await?;
    match storage.database() {
        Database::Sqlite => sqlite(&mut connection).await.map(|()| Scrubbed::Sqlite),
        Database::Postgres => postgres(&mut connection).await.map(Scrubbed::Postgres),
    }
}

/// `secure_delete` overwrites what is deleted, but where SQLite moves rows between pages of a tree
/// it can leave their bytes in the gap between the rows that stay (in one of four small databases
/// with two waves). So the file is made anew from the rows that are there, in memory, because
/// another file would be one more place to search. The journal holds pages of before until it is
/// emptied.
async fn sqlite(connection: &mut PoolConnection<Any>) -> Result<(), StorageError> {
    connection.execute("pragma temp_store = memory").await?;
    for attempt in 0..TRIES {
        if attempt > 0 {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        match connection.execute("vacuum").await.map_err(StorageError::from_locked) {
            Err(StorageError::Locked) if attempt + 1 < TRIES => continue,
            made_anew => made_anew?,
        };
        let (busy, _, _): (i64, i64, i64) =
            sqlx::query_as("pragma wal_checkpoint(truncate)").fetch_one(&mut **connection).await?;
        if busy == 0 {
            return Ok(());
        }
    }
    Err(StorageError::JournalInUse)
}

/// A dropped table's files are gone with the next checkpoint, and so are journal files from before
/// it, of which the one in use is not one until the journal is switched.
async fn postgres(connection: &mut PoolConnection<Any>) -> Result<KeptByPostgres, StorageError> {
    let mut refused = Vec::new();
    for statement in ["select pg_switch_wal()::text", "checkpoint"] {
        if let Err(error) = connection.execute(statement).await {
            match error.as_database_error() {
                Some(database) => refused.push((statement, database.message().to_owned())),
                None => return Err(error.into()),
            }
        }
    }
    let slots: i64 = sqlx::query_scalar("select count(*) from pg_replication_slots")
        .fetch_one(&mut **connection)
        .await?;
    let other_than = |value: String, none: &str| (value != none).then_some(value);
    Ok(KeptByPostgres {
        refused,
        recycles: setting(connection, "wal_recycle").await? == "on",
        archive: other_than(setting(connection, "archive_mode").await?, "off"),
        keeps: other_than(setting(connection, "wal_keep_size").await?, "0"),
        slots: slots as u32,
    })
}

/// A setting; empty where this server does not have it.
async fn setting(connection: &mut PoolConnection<Any>, name: &str) -> Result<String, StorageError> {
    let found: Option<String> = sqlx::query_scalar("select current_setting($1, true)")
        .bind(name)
        .fetch_one(&mut **connection)
        .await?;
    Ok(found.unwrap_or_default())
}
