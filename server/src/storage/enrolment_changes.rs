//! Changes of what was frozen when a wave opened, by two people; and refusals, by number.

use super::connection::{Storage, StorageError, Transaction, count, id};
use uuid::Uuid;

/// A change that one person asked for and another decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolmentChange {
    pub id: Uuid,
    pub wave: Uuid,
    pub class: Uuid,
    pub enrolment: u32,
    pub state: ChangeState,
    /// Ids of accounts; `decided_by` is empty until somebody has.
    pub asked_by: String,
    pub decided_by: String,
    /// Their names; empty of an account that is gone.
    pub asked_by_name: String,
    pub decided_by_name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeState {
    Asked,
    Approved,
    Declined,
}

impl ChangeState {
    fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Approved => "approved",
            Self::Declined => "declined",
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    wave_id: String,
    class_id: String,
    enrolment: i64,
    state: String,
    asked_by: String,
    decided_by: String,
    asked_by_name: String,
    decided_by_name: String,
}

impl TryFrom<Row> for EnrolmentChange {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let states = [ChangeState::Asked, ChangeState::Approved, ChangeState::Declined];
        let state = states.into_iter().find(|state| state.code() == row.state);
        Ok(Self {
            id: id(&row.id)?,
            wave: id(&row.wave_id)?,
            class: id(&row.class_id)?,
            enrolment: count(row.enrolment)?,
            state: state.ok_or(StorageError::Content {
                expected: "the state of a change",
                value: row.state,
            })?,
            asked_by: row.asked_by,
            decided_by: row.decided_by,
            asked_by_name: row.asked_by_name,
            decided_by_name: row.decided_by_name,
        })
    }
}

/// Asks, unless a change of the class waits already; whether it was written down.
pub async fn ask(
    transaction: &mut Transaction,
    (wave, class): (Uuid, Uuid),
    change: Uuid,
    enrolment: u32,
    asked_by: Uuid,
) -> Result<bool, StorageError> {
    let waiting: i64 = sqlx::query_scalar(
        "select count(*) from enrolment_changes
         where wave_id = $1 and class_id = $2 and state = 'asked'",
    )
    .bind(wave.to_string())
    .bind(class.to_string())
    .fetch_one(&mut **transaction)
    .await?;
    if waiting > 0 {
        return Ok(false);
    }
    sqlx::query(
        "insert into enrolment_changes
             (id, wave_id, class_id, enrolment, state, asked_by, decided_by)
         values ($1, $2, $3, $4, 'asked', $5, '')",
    )
    .bind(change.to_string())
    .bind(wave.to_string())
    .bind(class.to_string())
    .bind(i64::from(enrolment))
    .bind(asked_by.to_string())
    .execute(&mut **transaction)
    .await?;
    Ok(true)
}

/// Decides what waits; `false` of what was decided, and of one's own request.
pub async fn decide(
    transaction: &mut Transaction,
    change: Uuid,
    state: ChangeState,
    by: Uuid,
) -> Result<bool, StorageError> {
    let result = sqlx::query(
        "update enrolment_changes set state = $2, decided_by = $3
         where id = $1 and state = 'asked' and asked_by <> $3",
    )
    .bind(change.to_string())
    .bind(state.code())
    .bind(by.to_string())
    .execute(&mut **transaction)
    .await?;
    Ok(result.rows_affected() == 1)
}

/// Sets the frozen enrolment of a class that is in the wave; `false` when it is not.
pub async fn set_frozen(
    transaction: &mut Transaction,
    (wave, class): (Uuid, Uuid),
    enrolment: u32,
) -> Result<bool, StorageError> {
    let result =
        sqlx::query("update wave_classes set enrolment = $3 where wave_id = $1 and class_id = $2")
            .bind(wave.to_string())
            .bind(class.to_string())
            .bind(i64::from(enrolment))
            .execute(&mut **transaction)
            .await?;
    Ok(result.rows_affected() == 1)
}

/// The changes of a class in a wave.
pub async fn of_class(
    storage: &Storage,
    (wave, class): (Uuid, Uuid),
) -> Result<Vec<EnrolmentChange>, StorageError> {
    let rows: Vec<Row> = sqlx::query_as(
        "select e.*, coalesce(a.name, '') as asked_by_name, coalesce(d.name, '') as decided_by_name
         from enrolment_changes e left join accounts a on a.id = e.asked_by
         left join accounts d on d.id = e.decided_by
         where e.wave_id = $1 and e.class_id = $2 order by e.state, e.id",
    )
    .bind(wave.to_string())
    .bind(class.to_string())
    .fetch_all(storage.pool())
    .await?;
    rows.into_iter().map(EnrolmentChange::try_from).collect()
}

/// Classes with a change that waits, in open waves.
pub async fn waiting(storage: &Storage) -> Result<Vec<Uuid>, StorageError> {
    let rows: Vec<String> = sqlx::query_scalar(
        "select e.class_id from enrolment_changes e join waves w on w.id = e.wave_id
         where e.state = 'asked' and w.state = 'open' order by e.class_id",
    )
    .fetch_all(storage.pool())
    .await?;
    rows.iter().map(|class| id(class)).collect()
}

/// How many parents refused; 0 when nobody has written it down.
pub async fn refusals(storage: &Storage, (wave, class): (Uuid, Uuid)) -> Result<u32, StorageError> {
    let number: Option<i64> =
        sqlx::query_scalar("select number from refusals where wave_id = $1 and class_id = $2")
            .bind(wave.to_string())
            .bind(class.to_string())
            .fetch_optional(storage.pool())
            .await?;
    count(number.unwrap_or_default())
}

pub async fn save_refusals(
    storage: &Storage,
    (wave, class): (Uuid, Uuid),
    number: u32,
) -> Result<(), StorageError> {
    sqlx::query(
        "insert into refusals (wave_id, class_id, number) values ($1, $2, $3)
         on conflict (wave_id, class_id) do update set number = excluded.number",
    )
    .bind(wave.to_string())
    .bind(class.to_string())
    .bind(i64::from(number))
    .execute(storage.pool())
    .await?;
    Ok(())
}
