//! Slips: the keyed hash of a code and whether it was used. Never the code, never a moment.

use super::connection::{Storage, StorageError, Transaction, count, id};
use super::together::Write;
use protocol::Base64;
use sqlx::{Any, AnyConnection, Executor};
use std::collections::HashMap;
use uuid::Uuid;

/// What became of a slip when it was presented with a blinded value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Redeemed {
    /// First time, or the same request again: the token may be given.
    Granted,
    /// Used with another blinded value.
    Used,
    /// No such slip, or voided by a reprint.
    Unknown,
}

/// How many slips of a class are in which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlipCounts {
    pub unused: u32,
    pub used: u32,
}

const UNUSED: &str = "unused";
const USED: &str = "used";

/// Whether the slip with this hash is still unused.
pub async fn is_unused(
    storage: &Storage,
    wave: Uuid,
    hash: &Base64<32>,
) -> Result<bool, StorageError> {
    let state: Option<String> =
        sqlx::query_scalar("select state from slips where wave_id = $1 and hash = $2")
            .bind(wave.to_string())
            .bind(hash.encode())
            .fetch_optional(storage.pool())
            .await?;
    Ok(state.as_deref() == Some(UNUSED))
}

/// A slip to be marked.
pub(super) struct Redeem {
    wave: Uuid,
    hash: Base64<32>,
    blinded_hash: Base64<32>,
}

/// Marks the slip used for this blinded value. Of any number of requests at once, one blinded value
/// wins.
pub async fn redeem(
    storage: &Storage,
    wave: Uuid,
    hash: &Base64<32>,
    blinded_hash: &Base64<32>,
) -> Result<Redeemed, StorageError> {
    let work = Redeem { wave, hash: *hash, blinded_hash: *blinded_hash };
    if storage.redeem(work).await? {
        Ok(Redeemed::Granted)
    } else {
        used(storage, wave, hash, blinded_hash).await
    }
}

impl Write for Redeem {
    /// Whether the slip was there and unused.
    type Done = bool;

    async fn carry_out(&self, connection: &mut AnyConnection) -> Result<bool, StorageError> {
        let taken = sqlx::query(
            "update slips set state = $3, blinded_hash = $4
             where wave_id = $1 and hash = $2 and state = $5",
        )
        .bind(self.wave.to_string())
        .bind(self.hash.encode())
        .bind(USED)
        .bind(self.blinded_hash.encode())
        .bind(UNUSED)
        .execute(connection)
        .await?;
        Ok(taken.rows_affected() == 1)
    }
}

/// Whether a slip that cannot be taken was taken by the same request.
pub async fn used(
    storage: &Storage,
    wave: Uuid,
    hash: &Base64<32>,
    blinded_hash: &Base64<32>,
) -> Result<Redeemed, StorageError> {
    let earlier: Option<String> = sqlx::query_scalar(
        "select blinded_hash from slips where wave_id = $1 and hash = $2 and state = $3",
    )
    .bind(wave.to_string())
    .bind(hash.encode())
    .bind(USED)
    .fetch_optional(storage.pool())
    .await?;
    Ok(match earlier {
        Some(earlier) if earlier == blinded_hash.encode() => Redeemed::Granted,
        Some(_) => Redeemed::Used,
        None => Redeemed::Unknown,
    })
}

/// Whether there are slips at all.
pub async fn exist(storage: &Storage) -> Result<bool, StorageError> {
    let one: Option<String> = sqlx::query_scalar("select state from slips limit 1")
        .fetch_optional(storage.pool())
        .await?;
    Ok(one.is_some())
}

pub async fn counts(
    storage: &Storage,
    wave: Uuid,
    class: Uuid,
) -> Result<SlipCounts, StorageError> {
    counts_by(storage.pool(), wave, class).await
}

async fn counts_by(
    executor: impl Executor<'_, Database = Any>,
    wave: Uuid,
    class: Uuid,
) -> Result<SlipCounts, StorageError> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "select state, count(*) from slips where wave_id = $1 and class_id = $2 group by state",
    )
    .bind(wave.to_string())
    .bind(class.to_string())
    .fetch_all(executor)
    .await?;
    let of = |state: &str| rows.iter().find(|row| row.0 == state).map_or(Ok(0), |row| count(row.1));
    Ok(SlipCounts { unused: of(UNUSED)?, used: of(USED)? })
}

/// How many slips each class of a wave has used; classes without one are left out.
pub async fn used_by_class(
    storage: &Storage,
    wave: Uuid,
) -> Result<HashMap<Uuid, u32>, StorageError> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "select class_id, count(*) from slips where wave_id = $1 and state = $2 group by class_id",
    )
    .bind(wave.to_string())
    .bind(USED)
    .fetch_all(storage.pool())
    .await?;
    rows.into_iter().map(|(class, n)| Ok((id(&class)?, count(n)?))).collect()
}

/// Replaces the unused slips of a class. `wanted` of `hashes` are kept, at most as many as leave
/// used and unused together within `allowed`; returns how many.
pub async fn reprint(
    storage: &Storage,
    wave: Uuid,
    class: Uuid,
    hashes: &[Base64<32>],
    allowed: u32,
) -> Result<u32, StorageError> {
    let mut transaction = storage.begin().await?;
    lock_class(&mut transaction, wave, class).await?;
    sqlx::query("delete from slips where wave_id = $1 and class_id = $2 and state = $3")
        .bind(wave.to_string())
        .bind(class.to_string())
        .bind(UNUSED)
        .execute(&mut *transaction)
        .await?;
    let used = counts_by(&mut *transaction, wave, class).await?.used;
    let room = allowed.saturating_sub(used).min(hashes.len() as u32);
    for hash in hashes.iter().take(room as usize) {
        sqlx::query(
            "insert into slips (hash, wave_id, class_id, state, blinded_hash)
             values ($1, $2, $3, $4, '')",
        )
        .bind(hash.encode())
        .bind(wave.to_string())
        .bind(class.to_string())
        .bind(UNUSED)
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(room)
}

/// Two reprints of one class at once would both find room: the class row is the lock.
async fn lock_class(
    transaction: &mut Transaction,
    wave: Uuid,
    class: Uuid,
) -> Result<(), StorageError> {
    sqlx::query(
        "update wave_classes set open_until = open_until where wave_id = $1 and class_id = $2",
    )
    .bind(wave.to_string())
    .bind(class.to_string())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
