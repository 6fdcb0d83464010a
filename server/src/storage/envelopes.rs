//! Sealed responses and the values spent for them. A transaction that writes them writes nothing
//! else: a counter touched with them would tell which class answered when.

use super::connection::{Storage, StorageError, count, id};
use super::together::Write;
use protocol::Spent;
use sqlx::{Any, AnyConnection, Executor};
use std::collections::HashMap;
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
            let again = is_spent(&mut *connection, envelope.wave, spent).await?;
            return Ok(if again { Stored::Again } else { Stored::WaveNotOpen });
        }
        insert(connection, envelope).await?;
        #[cfg(feature = "planted")]
        crate::planted::beside(connection, envelope).await?;
        Ok(Stored::First)
    }
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
