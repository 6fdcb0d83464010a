//! Which account signs in as whom at a sign-in provider: one each.

use super::connection::{Storage, StorageError, Transaction, id, unique};
use uuid::Uuid;

/// A person as a provider knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub issuer: String,
    pub subject_hash: String,
}

/// Links the account; one with another provider from before is replaced. An error when another
/// account has this link.
pub async fn add(storage: &Storage, account: Uuid, link: &Link) -> Result<(), StorageError> {
    let mut transaction = storage.begin().await?;
    insert(&mut transaction, account, link).await?;
    Ok(transaction.commit().await?)
}

/// The same as part of a transaction.
pub(super) async fn insert(
    transaction: &mut Transaction,
    account: Uuid,
    link: &Link,
) -> Result<(), StorageError> {
    sqlx::query(
        "insert into provider_links (account_id, issuer, subject_hash) values ($1, $2, $3)
         on conflict (account_id) do update
         set issuer = excluded.issuer, subject_hash = excluded.subject_hash",
    )
    .bind(account.to_string())
    .bind(&link.issuer)
    .bind(&link.subject_hash)
    .execute(&mut **transaction)
    .await
    .map_err(unique("link", "with the provider"))?;
    Ok(())
}

/// The account that signs in as this person.
pub async fn account(storage: &Storage, link: &Link) -> Result<Option<Uuid>, StorageError> {
    let account: Option<String> = sqlx::query_scalar(
        "select account_id from provider_links where issuer = $1 and subject_hash = $2",
    )
    .bind(&link.issuer)
    .bind(&link.subject_hash)
    .fetch_optional(storage.pool())
    .await?;
    account.map(|account| id(&account)).transpose()
}

/// Whether the account is linked with this provider.
pub async fn has(storage: &Storage, account: Uuid, issuer: &str) -> Result<bool, StorageError> {
    let n: i64 = sqlx::query_scalar(
        "select count(*) from provider_links where account_id = $1 and issuer = $2",
    )
    .bind(account.to_string())
    .bind(issuer)
    .fetch_one(storage.pool())
    .await?;
    Ok(n > 0)
}

/// Ends the link and signs the account out wherever it is signed in; `false` when there was none.
pub async fn remove(storage: &Storage, account: Uuid) -> Result<bool, StorageError> {
    let mut transaction = storage.begin().await?;
    let removed = sqlx::query("delete from provider_links where account_id = $1")
        .bind(account.to_string())
        .execute(&mut *transaction)
        .await?;
    sqlx::query("update accounts set sign_outs = sign_outs + 1 where id = $1")
        .bind(account.to_string())
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(removed.rows_affected() == 1)
}

/// Whether any link is kept under the server's secrets.
pub async fn exist(storage: &Storage) -> Result<bool, StorageError> {
    let n: i64 =
        sqlx::query_scalar("select count(*) from provider_links").fetch_one(storage.pool()).await?;
    Ok(n > 0)
}
