//! Tries to sign in, by name and never by address: a school sits behind one. The name is kept as a
//! keyed hash, because people type passwords there too, and also when nobody has it.

use super::connection::{Storage, StorageError};

/// Counts a try before it is looked at, so that many at once are counted too. `wait` says for how
/// many seconds the name is locked after so many tries. The number of seconds to wait when it is
/// locked already: such a try is not looked at and changes nothing.
pub async fn begin(
    storage: &Storage,
    name_hash: &str,
    now: i64,
    wait: impl Fn(i64) -> i64,
) -> Result<Option<i64>, StorageError> {
    let mut transaction = storage.begin().await?;
    sqlx::query(
        "insert into sign_in_tries (name_hash, tries, locked_until, latest) values ($1, 0, 0, $2)
         on conflict (name_hash) do update set latest = sign_in_tries.latest",
    )
    .bind(name_hash)
    .bind(now)
    .execute(&mut *transaction)
    .await?;
    let (tries, locked_until): (i64, i64) =
        sqlx::query_as("select tries, locked_until from sign_in_tries where name_hash = $1")
            .bind(name_hash)
            .fetch_one(&mut *transaction)
            .await?;
    if now < locked_until {
        // More is left than a lock lasts when the clock was set back: then it begins anew.
        let left = (locked_until - now).min(wait(tries));
        sqlx::query("update sign_in_tries set locked_until = $2 where name_hash = $1")
            .bind(name_hash)
            .bind(now.saturating_add(left))
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        return Ok(Some(left));
    }
    let tries = tries.saturating_add(1);
    sqlx::query(
        "update sign_in_tries set tries = $2, locked_until = $3, latest = $4
         where name_hash = $1",
    )
    .bind(name_hash)
    .bind(tries)
    .bind(now.saturating_add(wait(tries)))
    .bind(now)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(None)
}

/// Forgets a name's tries; `false` when there were none.
pub async fn forget(storage: &Storage, name_hash: &str) -> Result<bool, StorageError> {
    let result = sqlx::query("delete from sign_in_tries where name_hash = $1")
        .bind(name_hash)
        .execute(storage.pool())
        .await?;
    Ok(result.rows_affected() == 1)
}

/// Forgets names that were not tried since.
pub async fn delete_older(storage: &Storage, than: i64) -> Result<(), StorageError> {
    sqlx::query("delete from sign_in_tries where latest < $1")
        .bind(than)
        .execute(storage.pool())
        .await?;
    Ok(())
}
