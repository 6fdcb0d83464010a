//! On PostgreSQL what pupils send lies in partitions of its wave. SQLite has none and needs none:
//! it overwrites what it deletes.

use super::connection::{Database, Storage, StorageError, Transaction};
use uuid::Uuid;

/// A partitioned table and its columns of which PostgreSQL's statistics must keep no values. The
/// order is the one in which a response locks them: another one could deadlock.
const TABLES: [(&str, &[&str]); 3] = [
    ("spent_values", &["spent"]),
    ("envelopes", &["id", "envelope"]),
    ("slips", &["hash", "blinded_hash"]),
];

/// How long pupils may wait behind a drop that waits for somebody else. Well under the second after
/// which PostgreSQL looks for a deadlock and would end one of theirs.
const PATIENCE: &str = "set local lock_timeout = '200ms'";

/// The tables of what pupils send.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|(table, _)| *table)
}

/// Makes room for what a wave's pupils will send. Attached and not `partition of`, for which
/// PostgreSQL would keep the pupils of other waves out meanwhile.
pub async fn create(
    storage: &Storage,
    transaction: &mut Transaction,
    wave: Uuid,
) -> Result<(), StorageError> {
    if storage.database() != Database::Postgres {
        return Ok(());
    }
    for (table, columns) in TABLES {
        let part = name(table, wave);
        let silent: Vec<_> = columns
            .iter()
            .map(|column| format!("alter column {column} set statistics 0"))
            .collect();
        for statement in [
            format!("create table {part} (like {table} including all)"),
            format!("alter table {part} {}", silent.join(", ")),
            format!("alter table {table} attach partition {part} for values in ('{wave}')"),
        ] {
            execute(transaction, statement).await?;
        }
    }
    Ok(())
}

/// Drops a wave's partitions where they are. [`StorageError::Locked`] when somebody reads the
/// tables for long: nothing is changed then, and it may be tried again.
pub(super) async fn drop(
    storage: &Storage,
    transaction: &mut Transaction,
    wave: Uuid,
) -> Result<(), StorageError> {
    if storage.database() != Database::Postgres {
        return Ok(());
    }
    execute(transaction, PATIENCE.to_owned()).await?;
    let parts = TABLES.map(|(table, _)| name(table, wave));
    execute(transaction, format!("drop table if exists {}", parts.join(", "))).await
}

/// Letters, digits and underscores only, so it needs no quotes.
fn name(table: &str, wave: Uuid) -> String {
    format!("{table}_{}", wave.simple())
}

async fn execute(transaction: &mut Transaction, statement: String) -> Result<(), StorageError> {
    // Made of this file's words and of ids, which are hexadecimal.
    let query = sqlx::query(sqlx::AssertSqlSafe(statement));
    query.execute(&mut **transaction).await.map(std::mem::drop).map_err(StorageError::from_locked)
}
