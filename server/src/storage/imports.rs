//! Tables of classes that were checked and wait to be confirmed.

use super::connection::{Storage, StorageError, Transaction};
use uuid::Uuid;

/// A checked table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    pub id: Uuid,
    pub account: Uuid,
    /// Seconds since 1970 from which it can no longer be confirmed.
    pub expires: i64,
    /// SHA-256 of what it was checked against.
    pub known: String,
    /// The plan as JSON; empty once it was carried out.
    pub plan: String,
}

/// Keeps one import an account: the last that was not begun goes, and so do all that expired.
pub async fn create(storage: &Storage, import: &Import, now: i64) -> Result<(), StorageError> {
    let mut transaction = storage.begin().await?;
    sqlx::query(
        "delete from imports where expires < $1
             or account_id = $2 and id not in (select unit from jobs where state = 'running')",
    )
    .bind(now)
    .bind(import.account.to_string())
    .execute(&mut *transaction)
    .await?;
    sqlx::query(
        "insert into imports (id, account_id, expires, known, plan) values ($1, $2, $3, $4, $5)",
    )
    .bind(import.id.to_string())
    .bind(import.account.to_string())
    .bind(import.expires)
    .bind(&import.known)
    .bind(&import.plan)
    .execute(&mut *transaction)
    .await?;
    Ok(transaction.commit().await?)
}

/// An import of this account, or none.
pub async fn find(
    storage: &Storage,
    import: Uuid,
    account: Uuid,
) -> Result<Option<Import>, StorageError> {
    let row: Option<(i64, String, String)> = sqlx::query_as(
        "select expires, known, plan from imports where id = $1 and account_id = $2",
    )
    .bind(import.to_string())
    .bind(account.to_string())
    .fetch_optional(storage.pool())
    .await?;
    Ok(row.map(|(expires, known, plan)| Import { id: import, account, expires, known, plan }))
}

/// Locks an import until the transaction ends; `false` when it was carried out already.
pub async fn take(transaction: &mut Transaction, import: Uuid) -> Result<bool, StorageError> {
    let taken = sqlx::query("update imports set plan = plan where id = $1 and plan <> ''")
        .bind(import.to_string())
        .execute(&mut **transaction)
        .await?;
    Ok(taken.rows_affected() == 1)
}

/// Whether somebody carries it out now, on this server or another. SQLite has one server, which
/// knows by itself.
pub async fn is_taken(storage: &Storage, import: Uuid) -> Result<bool, StorageError> {
    let free = storage.in_its_words(
        "select id from imports where id = $1",
        "select id from imports where id = $1 for update skip locked",
    );
    let free: Option<String> =
        sqlx::query_scalar(free).bind(import.to_string()).fetch_optional(storage.pool()).await?;
    Ok(free.is_none())
}

/// Forgets the plan of an import that was carried out.
pub async fn carried_out(transaction: &mut Transaction, import: Uuid) -> Result<(), StorageError> {
    sqlx::query("update imports set plan = '' where id = $1")
        .bind(import.to_string())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
