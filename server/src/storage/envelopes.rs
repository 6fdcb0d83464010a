//! Sealed responses and the values spent for them. One transaction writes both and nothing
//! else: a counter touched with them would tell which class answered when.

use super::connection::{Storage, StorageError, count, id};
use protocol::Spent;
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

/// Spends the value and stores the envelope; the first write wins. `false` when the value was
/// spent before and nothing was written.
pub async fn store(
    storage: &Storage,
    envelope: &Envelope,
    spent: &Spent,
) -> Result<bool, StorageError> {
    let mut transaction = storage.begin().await?;
    let first = sqlx::query(
        "insert into spent_values (wave_id, spent) values ($1, $2)
         on conflict (wave_id, spent) do nothing",
    )
    .bind(envelope.wave.to_string())
    .bind(spent.encode())
    .execute(&mut *transaction)
    .await?
    .rows_affected()
        == 1;
    if first {
        sqlx::query(
            "insert into envelopes (id, wave_id, class_id, envelope) values ($1, $2, $3, $4)",
        )
        .bind(envelope.id.to_string())
        .bind(envelope.wave.to_string())
        .bind(envelope.class.to_string())
        .bind(&envelope.sealed)
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(first)
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
