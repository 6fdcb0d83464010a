//! Waves and the definitions they use by grade.

use super::connection::{Storage, StorageError, Transaction, count, id, unique};
use super::units::Unit;
use jiff::civil::Date;
use protocol::{Base64, ReleasePublicKey, TokenPublicKey};
use survey_definitions::DefinitionId;
use uuid::Uuid;

/// How far a wave is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaveState {
    /// Being set up; classes may still change.
    Draft,
    /// Enrolment and classes are frozen, responses are taken.
    Open,
    /// No more responses; waits for the release job.
    Closed,
    /// Numbers are published.
    Released,
}

/// One run of survey definitions in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wave {
    pub id: Uuid,
    pub name: String,
    pub state: WaveState,
    pub scope: Unit,
    pub first_day: Date,
    pub last_day: Date,
    pub packed_length: usize,
    pub token_key: TokenPublicKey,
    pub release_key: ReleasePublicKey,
}

/// Which definition a grade answers in a wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeDefinition {
    pub grade: String,
    pub definition: DefinitionId,
    pub sha256: String,
}

impl WaveState {
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Released => "released",
        }
    }

    fn from_code(code: &str) -> Result<Self, StorageError> {
        [Self::Draft, Self::Open, Self::Closed, Self::Released]
            .into_iter()
            .find(|state| state.code() == code)
            .ok_or_else(|| content("the state of a wave", code))
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct WaveRow {
    id: String,
    name: String,
    state: String,
    scope_level: String,
    scope_id: String,
    first_day: String,
    last_day: String,
    packed_length: i64,
    token_public_key: String,
    release_public_key: String,
}

impl TryFrom<WaveRow> for Wave {
    type Error = StorageError;

    fn try_from(row: WaveRow) -> Result<Self, StorageError> {
        Ok(Self {
            id: id(&row.id)?,
            name: row.name,
            state: WaveState::from_code(&row.state)?,
            scope: Unit::from_stored(&row.scope_level, &row.scope_id)?,
            first_day: date(&row.first_day)?,
            last_day: date(&row.last_day)?,
            packed_length: count(row.packed_length)? as usize,
            token_key: TokenPublicKey(key(&row.token_public_key)?),
            release_key: ReleasePublicKey(key(&row.release_public_key)?),
        })
    }
}

fn content(expected: &'static str, value: &str) -> StorageError {
    StorageError::Content { expected, value: value.to_owned() }
}

pub(super) fn date(text: &str) -> Result<Date, StorageError> {
    text.parse().map_err(|_| content("a date", text))
}

fn key(text: &str) -> Result<Base64<32>, StorageError> {
    Base64::decode(text).ok_or_else(|| content("a public key", text))
}

pub async fn create(
    storage: &Storage,
    wave: &Wave,
    definitions: &[GradeDefinition],
) -> Result<(), StorageError> {
    let mut transaction = storage.begin().await?;
    sqlx::query(
        "insert into waves (id, name, state, scope_level, scope_id, first_day, last_day,
             packed_length, token_public_key, release_public_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(wave.id.to_string())
    .bind(&wave.name)
    .bind(wave.state.code())
    .bind(wave.scope.level())
    .bind(wave.scope.id_text())
    .bind(wave.first_day.to_string())
    .bind(wave.last_day.to_string())
    .bind(wave.packed_length as i64)
    .bind(wave.token_key.0.encode())
    .bind(wave.release_key.0.encode())
    .execute(&mut *transaction)
    .await?;
    for definition in definitions {
        add_definition(&mut transaction, wave.id, definition).await?;
    }
    Ok(transaction.commit().await?)
}

async fn add_definition(
    transaction: &mut Transaction,
    wave: Uuid,
    definition: &GradeDefinition,
) -> Result<(), StorageError> {
    sqlx::query(
        "insert into wave_definitions (wave_id, grade, definition, version, sha256)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(wave.to_string())
    .bind(&definition.grade)
    .bind(&definition.definition.id)
    .bind(i64::from(definition.definition.version))
    .bind(&definition.sha256)
    .execute(&mut **transaction)
    .await
    .map(drop)
    .map_err(unique("a definition for grade", &definition.grade))
}

pub async fn by_id(storage: &Storage, wave: Uuid) -> Result<Option<Wave>, StorageError> {
    let row: Option<WaveRow> = sqlx::query_as("select * from waves where id = $1")
        .bind(wave.to_string())
        .fetch_optional(storage.pool())
        .await?;
    row.map(Wave::try_from).transpose()
}

/// Every wave, the latest first.
pub async fn all(storage: &Storage) -> Result<Vec<Wave>, StorageError> {
    let rows: Vec<WaveRow> = sqlx::query_as("select * from waves order by first_day desc, id")
        .fetch_all(storage.pool())
        .await?;
    rows.into_iter().map(Wave::try_from).collect()
}

/// The definitions of a wave, by grade.
pub async fn definitions(
    storage: &Storage,
    wave: Uuid,
) -> Result<Vec<GradeDefinition>, StorageError> {
    let rows: Vec<(String, String, i64, String)> = sqlx::query_as(
        "select grade, definition, version, sha256 from wave_definitions
         where wave_id = $1 order by grade",
    )
    .bind(wave.to_string())
    .fetch_all(storage.pool())
    .await?;
    rows.into_iter()
        .map(|(grade, definition, version, sha256)| {
            let definition = DefinitionId { id: definition, version: count(version)? };
            Ok(GradeDefinition { grade, definition, sha256 })
        })
        .collect()
}

/// Moves a wave on; `false` when it was not in state `from`, and nothing is changed.
pub async fn advance(
    transaction: &mut Transaction,
    wave: Uuid,
    from: WaveState,
    to: WaveState,
) -> Result<bool, StorageError> {
    let result = sqlx::query("update waves set state = $3 where id = $1 and state = $2")
        .bind(wave.to_string())
        .bind(from.code())
        .bind(to.code())
        .execute(&mut **transaction)
        .await?;
    Ok(result.rows_affected() == 1)
}

/// Notes the day on which a wave was released.
pub async fn note_release(
    transaction: &mut Transaction,
    wave: Uuid,
    day: Date,
) -> Result<(), StorageError> {
    sqlx::query("update waves set released_on = $2 where id = $1")
        .bind(wave.to_string())
        .bind(day.to_string())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Waves that were released before a day and are not forgotten to the end, the earliest first.
/// Where that day was not noted, the wave's last one stands for it.
pub async fn released_before(storage: &Storage, day: Date) -> Result<Vec<Wave>, StorageError> {
    let rows: Vec<WaveRow> = sqlx::query_as(
        "select * from waves where state = 'released'
             and (case when released_on = '' then last_day else released_on end) < $1
             and id not in (select wave_id from erasures where finished = 1)
         order by last_day, id",
    )
    .bind(day.to_string())
    .fetch_all(storage.pool())
    .await?;
    rows.into_iter().map(Wave::try_from).collect()
}
