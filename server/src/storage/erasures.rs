//! Forgotten waves: what was destroyed, when and how much. The record is all that is left of it.

use super::connection::{Storage, StorageError, count, id};
use super::partitions;
use jiff::civil::Date;
use uuid::Uuid;

/// The record of a wave whose sealed responses were destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erasure {
    pub wave: Uuid,
    /// The day in Kazakhstan on which it was begun.
    pub day: Date,
    pub envelopes: u32,
    pub spent_values: u32,
    pub slips: u32,
    /// `false` after an interruption: run again, it goes on.
    pub finished: bool,
}

#[derive(sqlx::FromRow)]
struct ErasureRow {
    wave_id: String,
    day: String,
    envelopes: i64,
    spent_values: i64,
    slips: i64,
    finished: i64,
}

impl TryFrom<ErasureRow> for Erasure {
    type Error = StorageError;

    fn try_from(row: ErasureRow) -> Result<Self, StorageError> {
        let wrong = |_| StorageError::Content { expected: "a date", value: row.day.clone() };
        Ok(Self {
            wave: id(&row.wave_id)?,
            day: row.day.parse().map_err(wrong)?,
            envelopes: count(row.envelopes)?,
            spent_values: count(row.spent_values)?,
            slips: count(row.slips)?,
            finished: row.finished == 1,
        })
    }
}

/// The record of a wave, if it was forgotten or that was begun.
pub async fn of_wave(storage: &Storage, wave: Uuid) -> Result<Option<Erasure>, StorageError> {
    let row: Option<ErasureRow> = sqlx::query_as("select * from erasures where wave_id = $1")
        .bind(wave.to_string())
        .fetch_optional(storage.pool())
        .await?;
    row.map(Erasure::try_from).transpose()
}

/// Every wave that was forgotten, or whose forgetting was begun.
pub async fn waves(storage: &Storage) -> Result<Vec<Uuid>, StorageError> {
    let ids: Vec<String> =
        sqlx::query_scalar("select wave_id from erasures").fetch_all(storage.pool()).await?;
    ids.iter().map(|text| id(text)).collect()
}

/// Counts and records what will be destroyed, frees the wave's class parts and drops its
/// partitions, all at once or not at all. The first record stays. A wave that is not released is
/// left as it is and gets no record. [`StorageError::Locked`] may be tried again.
pub async fn begin(storage: &Storage, wave: Uuid, day: Date) -> Result<(), StorageError> {
    let mut transaction = storage.begin().await?;
    let recorded = sqlx::query(
        "insert into erasures (wave_id, day, envelopes, spent_values, slips, finished)
         select w.id, $2, (select count(*) from envelopes where wave_id = $1),
             (select count(*) from spent_values where wave_id = $1),
             (select count(*) from slips where wave_id = $1), 0
         from waves w where w.id = $1 and w.state = 'released'
         on conflict (wave_id) do nothing",
    )
    .bind(wave.to_string())
    .bind(day.to_string())
    .execute(&mut *transaction)
    .await?;
    if recorded.rows_affected() == 1 {
        sqlx::query("update wave_classes set class_part = null where wave_id = $1")
            .bind(wave.to_string())
            .execute(&mut *transaction)
            .await?;
        partitions::drop(storage, &mut transaction, wave).await?;
    }
    Ok(transaction.commit().await?)
}

/// Destroys at most `most` rows of each kind of a wave whose erasure was begun; how many there
/// were. Few at a time, because on SQLite pupils of other waves wait meanwhile.
pub async fn delete_some(storage: &Storage, wave: Uuid, most: u32) -> Result<u64, StorageError> {
    let mut deleted = 0;
    for delete in [
        "delete from envelopes where wave_id = $1 and id in
             (select id from envelopes where wave_id = $1 limit $2)
             and exists (select 1 from erasures where wave_id = $1)",
        "delete from spent_values where wave_id = $1 and spent in
             (select spent from spent_values where wave_id = $1 limit $2)
             and exists (select 1 from erasures where wave_id = $1)",
        "delete from slips where wave_id = $1 and hash in
             (select hash from slips where wave_id = $1 limit $2)
             and exists (select 1 from erasures where wave_id = $1)",
    ] {
        let mut transaction = storage.begin().await?;
        let result = sqlx::query(delete)
            .bind(wave.to_string())
            .bind(i64::from(most))
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        deleted += result.rows_affected();
    }
    Ok(deleted)
}

/// Records that nothing is left to be done.
pub async fn finish(storage: &Storage, wave: Uuid) -> Result<(), StorageError> {
    sqlx::query("update erasures set finished = 1 where wave_id = $1")
        .bind(wave.to_string())
        .execute(storage.pool())
        .await?;
    Ok(())
}
