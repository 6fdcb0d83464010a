//! One-time codes beside a password: the sealed secret, the latest step used, recovery codes.

use super::connection::{Storage, StorageError, Transaction};
use uuid::Uuid;

/// Begins to ask for codes; recovery codes from before are gone.
pub async fn set_up(
    storage: &Storage,
    account: Uuid,
    sealed: &str,
    step: i64,
    recovery_hashes: &[String],
) -> Result<(), StorageError> {
    let mut transaction = storage.begin().await?;
    sqlx::query("update accounts set second_factor = $2, second_factor_step = $3 where id = $1")
        .bind(account.to_string())
        .bind(sealed)
        .bind(step)
        .execute(&mut *transaction)
        .await?;
    replace(&mut transaction, account, recovery_hashes).await?;
    Ok(transaction.commit().await?)
}

/// Puts other recovery codes in the place of those from before.
pub async fn renew(
    storage: &Storage,
    account: Uuid,
    recovery_hashes: &[String],
) -> Result<(), StorageError> {
    let mut transaction = storage.begin().await?;
    replace(&mut transaction, account, recovery_hashes).await?;
    Ok(transaction.commit().await?)
}

async fn replace(
    transaction: &mut Transaction,
    account: Uuid,
    recovery_hashes: &[String],
) -> Result<(), StorageError> {
    sqlx::query("delete from recovery_codes where account_id = $1")
        .bind(account.to_string())
        .execute(&mut **transaction)
        .await?;
    for hash in recovery_hashes {
        sqlx::query("insert into recovery_codes (account_id, hash) values ($1, $2)")
            .bind(account.to_string())
            .bind(hash)
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

/// Asks for no codes any more and signs the account out wherever it is signed in.
pub async fn remove(storage: &Storage, account: Uuid) -> Result<(), StorageError> {
    let mut transaction = storage.begin().await?;
    sqlx::query("delete from recovery_codes where account_id = $1")
        .bind(account.to_string())
        .execute(&mut *transaction)
        .await?;
    sqlx::query(
        "update accounts set second_factor = '', second_factor_step = 0,
             sign_outs = sign_outs + 1 where id = $1",
    )
    .bind(account.to_string())
    .execute(&mut *transaction)
    .await?;
    Ok(transaction.commit().await?)
}

/// Marks the code of a step as used; `false` when that one or a later one was used before.
pub async fn use_step(storage: &Storage, account: Uuid, step: i64) -> Result<bool, StorageError> {
    let result = sqlx::query(
        "update accounts set second_factor_step = $2 where id = $1 and second_factor_step < $2",
    )
    .bind(account.to_string())
    .bind(step)
    .execute(storage.pool())
    .await?;
    Ok(result.rows_affected() == 1)
}

/// Uses a recovery code up; `false` when there is none such.
pub async fn use_recovery_code(
    storage: &Storage,
    account: Uuid,
    hash: &str,
) -> Result<bool, StorageError> {
    let result = sqlx::query("delete from recovery_codes where account_id = $1 and hash = $2")
        .bind(account.to_string())
        .bind(hash)
        .execute(storage.pool())
        .await?;
    Ok(result.rows_affected() == 1)
}

/// Recovery codes that are left.
pub async fn recovery_codes(storage: &Storage, account: Uuid) -> Result<i64, StorageError> {
    Ok(sqlx::query_scalar("select count(*) from recovery_codes where account_id = $1")
        .bind(account.to_string())
        .fetch_one(storage.pool())
        .await?)
}

/// Whether anything is sealed under the server's secrets.
pub async fn exist(storage: &Storage) -> Result<bool, StorageError> {
    let n: i64 = sqlx::query_scalar("select count(*) from accounts where second_factor <> ''")
        .fetch_one(storage.pool())
        .await?;
    Ok(n > 0)
}
