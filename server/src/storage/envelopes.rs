//! Sealed responses and the values spent for them. A transaction that writes them writes nothing
//! else: a counter touched with them would tell which class answered when.

use super::connection::{Storage, StorageError, count, id};
use super::lists::Lists;
use super::together::Write;
use protocol::Spent;
use sqlx::{Any, AnyConnection, Executor};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// A sealed response: a random id, its class, the envelope as base64url.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    pub id: Uuid,
    pub wave: Uuid,
    pub class: Uuid,
    pub sealed: String,
}

/// What became of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// It is on disk now.
    First,
    /// Its value was spent before; the first write stays.
    Again,
    /// The wave is not open and nothing was written.
    WaveNotOpen,
}

/// A response to be stored.
pub(super) struct Store {
    envelope: Envelope,
    spent: Spent,
}

/// Spends the value and stores the envelope if the wave is open, in one transaction.
pub async fn store(
    storage: &Storage,
    envelope: Envelope,
    spent: Spent,
) -> Result<Stored, StorageError> {
    #[cfg(feature = "planted")]
    crate::planted::note_language(envelope.id);
    storage.store(Store { envelope, spent }).await
}

impl Write for Store {
    type Done = Stored;

    async fn carry_out(&self, connection: &mut AnyConnection) -> Result<Stored, StorageError> {
        let Self { envelope, spent } = self;
        let first = sqlx::query(
            "insert into spent_values (wave_id, spent)
             select id, $2 from waves where id = $1 and state = 'open'
             on conflict (wave_id, spent) do nothing",
        )
        .bind(envelope.wave.to_string())
        .bind(spent.encode())
        .execute(&mut *connection)
        .await?
        .rows_affected()
            == 1;
        if !first {
            return self.spent_before(connection).await;
        }
        insert(connection, envelope).await?;
        #[cfg(feature = "planted")]
        crate::planted::beside(connection, envelope).await?;
        Ok(Stored::First)
    }

    async fn carry_out_all(
        all: &[&Self],
        connection: &mut AnyConnection,
    ) -> Result<Vec<Stored>, StorageError> {
        let mut first = insert_all(all, connection).await?;
        let mut done = Vec::with_capacity(all.len());
        for one in all {
            // The same value may be there twice: one of the two is stored.
            done.push(match first.remove(&one.key()) {
                true => Stored::First,
                false => one.spent_before(connection).await?,
            });
        }
        Ok(done)
    }
}

impl Store {
    fn key(&self) -> (String, String) {
        (self.envelope.wave.to_string(), self.spent.encode())
    }

    /// What became of one that was not stored.
    async fn spent_before(&self, connection: &mut AnyConnection) -> Result<Stored, StorageError> {
        let again = is_spent(connection, self.envelope.wave, &self.spent).await?;
        Ok(if again { Stored::Again } else { Stored::WaveNotOpen })
    }
}

/// Spends the values of many and stores the envelopes of those that were not spent; whose they are.
/// In the order of the values: two servers that write the same ones must not wait for each other in
/// a ring, and the order of arrival is not kept.
async fn insert_all(
    all: &[&Store],
    connection: &mut AnyConnection,
) -> Result<HashSet<(String, String)>, StorageError> {
    let by_key: BTreeMap<_, _> = all.iter().rev().map(|one| (one.key(), &one.envelope)).collect();
    let mut lists = Lists::<5>::default();
    for ((wave, spent), envelope) in &by_key {
        let (id, class) = (envelope.id.to_string(), envelope.class.to_string());
        lists.add([wave, spent, &id, &class, &envelope.sealed])?;
    }
    let first: Vec<(String, String)> = lists
        .bind_to(sqlx::query_as(
            "with sent as materialized (
                 select s.* from unnest(string_to_array($1, ','), string_to_array($2, ','),
                     string_to_array($3, ','), string_to_array($4, ','), string_to_array($5, ','))
                     as s (wave_id, spent, id, class_id, envelope)
                 join waves on waves.id = s.wave_id and waves.state = 'open'
             ), first as (
                 insert into spent_values (wave_id, spent)
                 select wave_id, spent from sent order by wave_id, spent
                 on conflict (wave_id, spent) do nothing returning wave_id, spent
             ), stored as (
                 insert into envelopes (id, wave_id, class_id, envelope)
                 select id, wave_id, class_id, envelope from sent join first using (wave_id, spent)
                 order by wave_id, id
             )
             select wave_id, spent from first",
        ))
        .fetch_all(connection)
        .await?;
    Ok(first.into_iter().collect())
}

async fn insert(connection: &mut AnyConnection, envelope: &Envelope) -> Result<(), StorageError> {
    sqlx::query("insert into envelopes (id, wave_id, class_id, envelope) values ($1, $2, $3, $4)")
        .bind(envelope.id.to_string())
        .bind(envelope.wave.to_string())
        .bind(envelope.class.to_string())
        .bind(&envelope.sealed)
        .execute(connection)
        .await?;
    Ok(())
}

async fn is_spent(
    executor: impl Executor<'_, Database = Any>,
    wave: Uuid,
    spent: &Spent,
) -> Result<bool, StorageError> {
    let found: Option<String> =
        sqlx::query_scalar("select spent from spent_values where wave_id = $1 and spent = $2")
            .bind(wave.to_string())
            .bind(spent.encode())
            .fetch_optional(executor)
            .await?;
    Ok(found.is_some())
}

/// Whether the value was spent: its response is on disk.
pub async fn was_stored(
    storage: &Storage,
    wave: Uuid,
    spent: &Spent,
) -> Result<bool, StorageError> {
    is_spent(storage.pool(), wave, spent).await
}

/// How many responses each class of a wave has.
pub async fn counts(storage: &Storage, wave: Uuid) -> Result<HashMap<Uuid, u32>, StorageError> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "select class_id, count(*) from envelopes where wave_id = $1 group by class_id",
    )
    .bind(wave.to_string())
    .fetch_all(storage.pool())
    .await?;
    rows.into_iter().map(|(class, n)| Ok((id(&class)?, count(n)?))).collect()
}

/// The envelopes of one class, ordered by their random ids.
pub async fn of_class(
    storage: &Storage,
    wave: Uuid,
    class: Uuid,
) -> Result<Vec<String>, StorageError> {
    Ok(sqlx::query_scalar(
        "select envelope from envelopes where wave_id = $1 and class_id = $2 order by id",
    )
    .bind(wave.to_string())
    .bind(class.to_string())
    .fetch_all(storage.pool())
    .await?)
}

/// Ids and envelopes of one class, ordered by their random ids.
pub async fn rows_of_class(
    storage: &Storage,
    wave: Uuid,
    class: Uuid,
) -> Result<Vec<(String, String)>, StorageError> {
    Ok(sqlx::query_as(
        "select id, envelope from envelopes where wave_id = $1 and class_id = $2 order by id",
    )
    .bind(wave.to_string())
    .bind(class.to_string())
    .fetch_all(storage.pool())
    .await?)
}
