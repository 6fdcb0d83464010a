//! Which classes are in which waves, for the rules on new waves.

use super::connection::{Storage, StorageError, id};
use super::waves::{WaveState, date};
use jiff::civil::Date;
use uuid::Uuid;

/// A class in a wave that is open or was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    pub class: Uuid,
    pub is_open: bool,
    /// Of the wave.
    pub first_day: Date,
}

/// Classes in open waves, and in waves of any state but draft that begin in these days.
pub async fn begun_or_open(
    storage: &Storage,
    first: Date,
    last: Date,
) -> Result<Vec<Membership>, StorageError> {
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "select c.class_id, w.state, w.first_day from wave_classes c
         join waves w on w.id = c.wave_id
         where w.state = 'open' or (w.state <> 'draft' and w.first_day >= $1 and w.first_day <= $2)",
    )
    .bind(first.to_string())
    .bind(last.to_string())
    .fetch_all(storage.pool())
    .await?;
    let member = |(class, state, first_day): (String, String, String)| {
        let class = id(&class)?;
        let is_open = state == WaveState::Open.code();
        Ok(Membership { class, is_open, first_day: date(&first_day)? })
    };
    rows.into_iter().map(member).collect()
}
