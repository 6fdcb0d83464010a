//! Slips: the keyed hash of a code and whether it was used. Never the code, never a moment.

use super::connection::{Storage, StorageError, Transaction, count, id};
use super::lists::Lists;
use super::together::Write;
use super::waves::WaveState;
use protocol::Base64;
use sqlx::{Any, AnyConnection, Executor};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// What became of a slip when it was presented with a blinded value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Redeemed {
    /// First time, or the same request again: the token may be given.
    Granted,
    /// Used with another blinded value.
    Used,
    /// Unused, and the class session is not open.
    Closed,
    /// The wave takes no responses.
    Ended,
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

/// A slip that is presented with a blinded value.
#[derive(Clone, Copy)]
pub struct Redeem {
    pub wave: Uuid,
    pub hash: Base64<32>,
    pub blinded_hash: Base64<32>,
    /// Seconds since 1970.
    pub now: i64,
}

/// Marks the slip used for this blinded value if its class session is open now. Of any number of
/// requests at once, one blinded value wins.
pub async fn redeem(storage: &Storage, slip: Redeem) -> Result<Redeemed, StorageError> {
    match storage.redeem(slip).await? {
        true => Ok(Redeemed::Granted),
        false => standing(storage, slip).await,
    }
}

impl Write for Redeem {
    /// Whether the slip was there and unused, and its class session open.
    type Done = bool;

    async fn carry_out(&self, connection: &mut AnyConnection) -> Result<bool, StorageError> {
        let taken = sqlx::query(
            "update slips set state = $3, blinded_hash = $4
             where wave_id = $1 and hash = $2 and state = $5 and $6 < (
                 select c.open_until from wave_classes c join waves w on w.id = c.wave_id
                 where c.wave_id = slips.wave_id and c.class_id = slips.class_id
                     and w.state = 'open')",
        )
        .bind(self.wave.to_string())
        .bind(self.hash.encode())
        .bind(USED)
        .bind(self.blinded_hash.encode())
        .bind(UNUSED)
        .bind(self.now)
        .execute(connection)
        .await?;
        Ok(taken.rows_affected() == 1)
    }

    async fn carry_out_all(
        all: &[&Self],
        connection: &mut AnyConnection,
    ) -> Result<Vec<bool>, StorageError> {
        let by_key: BTreeMap<_, _> = all.iter().rev().map(|one| (one.key(), *one)).collect();
        let (mut lists, mut now) = (Lists::<3>::default(), i64::MIN);
        for ((wave, hash), slip) in &by_key {
            lists.add([wave, hash, &slip.blinded_hash.encode()])?;
            now = now.max(slip.now);
        }
        // Traps of PostgreSQL's planner, which knows nothing of these columns: with `exists` it makes
        // a join that begins with all classes, and with the bare state it takes the index of classes
        // and reads all slips of the wave for each of these.
        let taken: Vec<(String, String, String)> = lists
            .bind_to(sqlx::query_as(
                "update slips set state = $5, blinded_hash = p.blinded_hash
                 from unnest(string_to_array($1, ','), string_to_array($2, ','),
                     string_to_array($3, ',')) as p (wave_id, hash, blinded_hash)
                 where slips.wave_id = p.wave_id and slips.hash = p.hash
                     and slips.state || '' = $6 and $4 < (select c.open_until from wave_classes c
                         join waves w on w.id = c.wave_id
                         where c.wave_id = slips.wave_id and c.class_id = slips.class_id
                             and w.state = 'open')
                 returning slips.wave_id, slips.hash, slips.blinded_hash",
            ))
            .bind(now)
            .bind(USED)
            .bind(UNUSED)
            .fetch_all(connection)
            .await?;
        let mut taken: HashSet<_> = taken.into_iter().collect();
        let of = |one: &&Self| {
            let ((wave, hash), blinded) = (one.key(), one.blinded_hash.encode());
            taken.remove(&(wave, hash, blinded))
        };
        Ok(all.iter().map(of).collect())
    }
}

impl Redeem {
    fn key(&self) -> (String, String) {
        (self.wave.to_string(), self.hash.encode())
    }
}

/// What a slip is good for without being marked: for one that cannot be taken, or could not.
pub async fn standing(storage: &Storage, slip: Redeem) -> Result<Redeemed, StorageError> {
    let found: Option<(String, String, String)> = sqlx::query_as(
        "select s.state, s.blinded_hash, w.state as wave_state
         from slips s join waves w on w.id = s.wave_id where s.wave_id = $1 and s.hash = $2",
    )
    .bind(slip.wave.to_string())
    .bind(slip.hash.encode())
    .fetch_optional(storage.pool())
    .await?;
    let Some((state, blinded_hash, wave_state)) = found else { return Ok(Redeemed::Unknown) };
    Ok(match (state == USED, blinded_hash == slip.blinded_hash.encode()) {
        _ if wave_state != WaveState::Open.code() => Redeemed::Ended,
        (true, true) => Redeemed::Granted,
        (true, false) => Redeemed::Used,
        (false, _) => Redeemed::Closed,
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
