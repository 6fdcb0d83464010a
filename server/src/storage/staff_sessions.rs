//! Sessions of signed-in staff.

use super::connection::{Storage, StorageError};

/// A session as stored: JSON that only the session layer reads, and when it ends.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredSession {
    pub data: String,
    /// Seconds since 1970.
    pub expires: i64,
}

/// Stores a new session; `false` when the id is taken.
pub async fn create(
    storage: &Storage,
    id: &str,
    session: &StoredSession,
) -> Result<bool, StorageError> {
    let result = sqlx::query(
        "insert into staff_sessions (id, data, expires) values ($1, $2, $3)
         on conflict (id) do nothing",
    )
    .bind(id)
    .bind(&session.data)
    .bind(session.expires)
    .execute(storage.pool())
    .await?;
    Ok(result.rows_affected() == 1)
}

pub async fn save(
    storage: &Storage,
    id: &str,
    session: &StoredSession,
) -> Result<(), StorageError> {
    sqlx::query(
        "insert into staff_sessions (id, data, expires) values ($1, $2, $3)
         on conflict (id) do update set data = excluded.data, expires = excluded.expires",
    )
    .bind(id)
    .bind(&session.data)
    .bind(session.expires)
    .execute(storage.pool())
    .await?;
    Ok(())
}

/// The session, unless it has ended by `now`.
pub async fn load(
    storage: &Storage,
    id: &str,
    now: i64,
) -> Result<Option<StoredSession>, StorageError> {
    Ok(sqlx::query_as("select data, expires from staff_sessions where id = $1 and expires > $2")
        .bind(id)
        .bind(now)
        .fetch_optional(storage.pool())
        .await?)
}

pub async fn delete(storage: &Storage, id: &str) -> Result<(), StorageError> {
    sqlx::query("delete from staff_sessions where id = $1")
        .bind(id)
        .execute(storage.pool())
        .await?;
    Ok(())
}

/// Removes what has ended; returns how many.
pub async fn delete_ended(storage: &Storage, now: i64) -> Result<u64, StorageError> {
    let result = sqlx::query("delete from staff_sessions where expires <= $1")
        .bind(now)
        .execute(storage.pool())
        .await?;
    Ok(result.rows_affected())
}
