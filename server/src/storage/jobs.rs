//! Jobs: long work as rows, so that its progress can be seen and it can be taken up again.

use super::connection::{Storage, StorageError, count, id};
use sqlx::AnyConnection;
use uuid::Uuid;

/// One piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: Uuid,
    pub kind: JobKind,
    /// The id of what it works on.
    pub unit: Uuid,
    pub state: JobState,
    pub done: u32,
    pub total: u32,
    /// What it found or why it failed, in English, for the operator.
    pub message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    Close,
    Release,
    Slips,
    Import,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    Running,
    Done,
    Failed,
}

impl Job {
    /// One that begins now.
    pub fn begun(id: Uuid, kind: JobKind, unit: Uuid) -> Self {
        let (state, message) = (JobState::Running, String::new());
        Self { id, kind, unit, state, done: 0, total: 0, message }
    }
}

impl JobKind {
    pub fn code(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Release => "release",
            Self::Slips => "slips",
            Self::Import => "import",
        }
    }
}

impl JobState {
    pub fn code(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

#[derive(sqlx::FromRow)]
struct JobRow {
    id: String,
    kind: String,
    unit: String,
    state: String,
    done: i64,
    total: i64,
    message: String,
}

impl TryFrom<JobRow> for Job {
    type Error = StorageError;

    fn try_from(row: JobRow) -> Result<Self, StorageError> {
        let kinds = [JobKind::Close, JobKind::Release, JobKind::Slips, JobKind::Import];
        let kind = kinds.into_iter().find(|kind| kind.code() == row.kind);
        let state = [JobState::Running, JobState::Done, JobState::Failed]
            .into_iter()
            .find(|s| s.code() == row.state);
        Ok(Self {
            id: id(&row.id)?,
            kind: kind
                .ok_or(StorageError::Content { expected: "a kind of job", value: row.kind })?,
            unit: id(&row.unit)?,
            state: state.ok_or(StorageError::Content {
                expected: "the state of a job",
                value: row.state,
            })?,
            done: count(row.done)?,
            total: count(row.total)?,
            message: row.message,
        })
    }
}

/// Stores a job as it is now; again for each step of its progress.
pub async fn save(storage: &Storage, job: &Job) -> Result<(), StorageError> {
    save_on(&mut *storage.pool().acquire().await?, job).await
}

/// The same inside a transaction.
pub async fn save_on(connection: &mut AnyConnection, job: &Job) -> Result<(), StorageError> {
    sqlx::query(
        "insert into jobs (id, kind, unit, state, done, total, message)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (id) do update set state = excluded.state, done = excluded.done,
             total = excluded.total, message = excluded.message",
    )
    .bind(job.id.to_string())
    .bind(job.kind.code())
    .bind(job.unit.to_string())
    .bind(job.state.code())
    .bind(i64::from(job.done))
    .bind(i64::from(job.total))
    .bind(&job.message)
    .execute(connection)
    .await?;
    Ok(())
}

/// The jobs of a unit.
pub async fn of_unit(storage: &Storage, unit: Uuid) -> Result<Vec<Job>, StorageError> {
    let rows: Vec<JobRow> = sqlx::query_as("select * from jobs where unit = $1 order by id")
        .bind(unit.to_string())
        .fetch_all(storage.pool())
        .await?;
    rows.into_iter().map(Job::try_from).collect()
}

/// Seconds without a sign of life after which a running release counts as interrupted.
pub const SILENCE: i64 = 30;

/// A release and when it last gave a sign of life, in seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenJob {
    pub job: Job,
    pub seen: i64,
}

#[derive(sqlx::FromRow)]
struct SeenRow {
    #[sqlx(flatten)]
    job: JobRow,
    seen: i64,
}

/// Says how far a running job is and that it lives at this moment.
pub async fn sign_of_life(
    connection: &mut AnyConnection,
    job: Uuid,
    (done, total): (u32, u32),
    now: i64,
) -> Result<(), StorageError> {
    sqlx::query(
        "update jobs set done = $2, total = $3, seen = $4 where id = $1 and state = 'running'",
    )
    .bind(job.to_string())
    .bind(i64::from(done))
    .bind(i64::from(total))
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether a release of the wave is under way.
pub async fn is_alive(
    connection: &mut AnyConnection,
    wave: Uuid,
    now: i64,
) -> Result<bool, StorageError> {
    let alive: i64 = sqlx::query_scalar(
        "select count(*) from jobs
         where unit = $1 and kind = 'release' and state = 'running' and seen >= $2",
    )
    .bind(wave.to_string())
    .bind(now.saturating_sub(SILENCE))
    .fetch_one(connection)
    .await?;
    Ok(alive > 0)
}

/// The releases of a wave that were begun, however they ended.
pub async fn releases_of(storage: &Storage, wave: Uuid) -> Result<Vec<SeenJob>, StorageError> {
    let rows: Vec<SeenRow> =
        sqlx::query_as("select * from jobs where unit = $1 and kind = 'release' order by seen, id")
            .bind(wave.to_string())
            .fetch_all(storage.pool())
            .await?;
    rows.into_iter().map(|row| Ok(SeenJob { job: row.job.try_into()?, seen: row.seen })).collect()
}

/// How many jobs there are in each state.
pub async fn count_by_state(storage: &Storage) -> Result<Vec<(String, i64)>, StorageError> {
    let query = "select state, count(*) from jobs group by state";
    Ok(sqlx::query_as(query).fetch_all(storage.pool()).await?)
}
