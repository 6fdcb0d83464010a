//! What must hold between tables, asked in one moment's state.

use super::connection::{Database, Storage, StorageError, Transaction};

/// What a wave holds.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct WaveCounts {
    pub id: String,
    pub name: String,
    pub envelopes: i64,
    pub spent_values: i64,
    pub used_slips: i64,
}

/// A class of a wave with more sealed responses than used slips.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Surplus {
    pub wave: String,
    pub class: String,
    pub envelopes: i64,
    pub used_slips: i64,
}

/// Every wave that is not forgotten.
pub async fn waves(snapshot: &mut Transaction) -> Result<Vec<WaveCounts>, StorageError> {
    Ok(sqlx::query_as(
        "select w.id, w.name,
             (select count(*) from envelopes where wave_id = w.id) as envelopes,
             (select count(*) from spent_values where wave_id = w.id) as spent_values,
             (select count(*) from slips where wave_id = w.id and state = 'used') as used_slips
         from waves w where w.id not in (select wave_id from erasures) order by w.first_day, w.id",
    )
    .fetch_all(&mut **snapshot)
    .await?)
}

/// Classes with more sealed responses than used slips.
pub async fn surpluses(snapshot: &mut Transaction) -> Result<Vec<Surplus>, StorageError> {
    Ok(sqlx::query_as(
        "select * from (
             select w.name as wave, c.code as class,
                 (select count(*) from envelopes e
                  where e.wave_id = f.wave_id and e.class_id = f.class_id) as envelopes,
                 (select count(*) from slips s where s.wave_id = f.wave_id
                  and s.class_id = f.class_id and s.state = 'used') as used_slips
             from wave_classes f join waves w on w.id = f.wave_id
             join classes c on c.id = f.class_id
             where f.wave_id not in (select wave_id from erasures)
         ) counted where envelopes > used_slips order by wave, class",
    )
    .fetch_all(&mut **snapshot)
    .await?)
}

/// Rows of what pupils send whose wave or class is not there: on PostgreSQL no foreign key says it.
/// Each kind with how many there are.
pub async fn strays(snapshot: &mut Transaction) -> Result<Vec<(String, i64)>, StorageError> {
    Ok(sqlx::query_as(
        "select * from (
             select 'envelopes' as kind, count(*) as n from envelopes e where not exists
                 (select 1 from wave_classes f
                  where f.wave_id = e.wave_id and f.class_id = e.class_id)
             union all
             select 'slips', count(*) from slips s where not exists
                 (select 1 from wave_classes f
                  where f.wave_id = s.wave_id and f.class_id = s.class_id)
             union all
             select 'spent_values', count(*) from spent_values v where not exists
                 (select 1 from waves w where w.id = v.wave_id)
         ) counted where n > 0",
    )
    .fetch_all(&mut **snapshot)
    .await?)
}

/// Whether demonstration accounts are there: such a country answers without slips.
pub async fn is_demonstration(snapshot: &mut Transaction) -> Result<bool, StorageError> {
    let found: i64 = sqlx::query_scalar("select count(*) from accounts where demonstration = 1")
        .fetch_one(&mut **snapshot)
        .await?;
    Ok(found > 0)
}

/// What SQLite itself finds wrong with its file and its foreign keys, in its words; PostgreSQL
/// keeps both by itself.
pub async fn damages(
    storage: &Storage,
    snapshot: &mut Transaction,
) -> Result<Vec<String>, StorageError> {
    if storage.database() == Database::Postgres {
        return Ok(vec![]);
    }
    let found: Vec<String> = sqlx::query_scalar(
        "select cast(integrity_check as text) from pragma_integrity_check
         where integrity_check <> 'ok'
         union all
         select count(*) || ' rows of ' || \"table\" || ' refer to no row of ' || parent
         from pragma_foreign_key_check group by \"table\", parent",
    )
    .fetch_all(&mut **snapshot)
    .await?;
    Ok(found)
}
