use super::durability;
use super::envelopes::{Store, Stored};
use super::slips::Redeem;
use super::together::{Together, Write};
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{Any, AnyPool, ConnectOptions, Connection, Executor, migrate::Migrator};
use std::str::FromStr;
use std::time::Duration;
use uuid::Uuid;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// How long after its last use a connection is taken to be alive.
const TRUSTED: Duration = Duration::from_secs(1);

/// A transaction that may write.
pub type Transaction = sqlx::Transaction<'static, Any>;

/// A pool of connections to one database.
#[derive(Clone, Debug)]
pub struct Storage {
    pool: AnyPool,
    database: Database,
    /// What pupils send, on SQLite; PostgreSQL has as many writers as connections.
    queues: Option<Queues>,
}

/// Apart from each other: a slip must not be marked in the transaction that stores a response.
#[derive(Clone, Debug)]
struct Queues {
    slips: Together<Redeem>,
    responses: Together<Store>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Database {
    Sqlite,
    Postgres,
}

/// Why the database could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    #[error("the database URL must begin with sqlite: or postgres:, got \"{0}\"")]
    Url(String),
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the tables could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error(
        "the database could lose or keep what it must not: {setting} is {is}, it must be {must}; \
         set it there and start again"
    )]
    Durability { setting: &'static str, is: String, must: &'static str },
    #[error("the database is being closed")]
    Stopped,
    #[error("somebody, perhaps a backup, is using the tables; run it again afterwards")]
    Locked,
    #[error(
        "the database's journal could not be emptied because somebody is reading it all the time; \
         run it again, or stop the server for it"
    )]
    JournalInUse,
    #[error("{what} \"{value}\" exists already")]
    Exists { what: &'static str, value: String },
    #[error("the database holds \"{value}\" where {expected} is expected")]
    Content { expected: &'static str, value: String },
}

impl Storage {
    /// Connects, refuses a database that is not set to be durable, and brings the tables up to
    /// date.
    pub async fn connect(url: &str) -> Result<Self, StorageError> {
        sqlx::any::install_default_drivers();
        let database = Database::of(url)?;
        // Statements in a log with their times would be an access log (promise 1).
        let connect =
            AnyConnectOptions::from_str(&database.with_file_made(url))?.disable_statement_logging();
        let on_connect = database.on_connect();
        #[cfg(feature = "planted")]
        let on_connect = crate::planted::on_connect(on_connect);
        let options = AnyPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(30))
            // A question to the database before each query costs as much as the query.
            .test_before_acquire(false)
            .before_acquire(|connection, known| {
                Box::pin(async move {
                    // On a full disk SQLite ends a transaction by itself, sqlx cannot roll it back
                    // any more, and the connection would fail at every `begin` for good.
                    if connection.is_in_transaction() {
                        return Ok(false);
                    }
                    if known.idle_for > TRUSTED {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .after_connect(move |connection, _| {
                Box::pin(async move { connection.execute(on_connect).await.map(drop) })
            });
        let pool = options.connect_with(connect).await?;
        #[cfg(feature = "planted")]
        let database_is_checked = !crate::planted::is("synchronous_normal");
        #[cfg(not(feature = "planted"))]
        let database_is_checked = true;
        if database_is_checked {
            durability::check(&pool, database).await?;
        }
        let queues = (database == Database::Sqlite).then(|| Queues {
            slips: Together::begin(pool.clone()),
            responses: Together::begin(pool.clone()),
        });
        let storage = Self { pool, database, queues };
        storage.migrator().run(&storage.pool).await?;
        #[cfg(feature = "planted")]
        crate::planted::prepare(&storage.pool).await;
        Ok(storage)
    }

    /// Opens a writing transaction. On SQLite it takes the write lock at once: a plain `begin`
    /// that reads before it writes fails with "database is locked" under concurrent writers.
    pub async fn begin(&self) -> Result<Transaction, StorageError> {
        let begin = match self.database {
            Database::Sqlite => "begin immediate",
            Database::Postgres => "begin",
        };
        Ok(self.pool.begin_with(begin).await?)
    }

    /// Marks a slip, together with others that wait.
    pub(super) async fn redeem(&self, work: Redeem) -> Result<bool, StorageError> {
        match &self.queues {
            Some(queues) => queues.slips.write(work).await,
            // One statement is a transaction by itself.
            None => work.carry_out(&mut *self.pool.acquire().await?).await,
        }
    }

    /// Stores a response, together with others that wait.
    pub(super) async fn store(&self, work: Store) -> Result<Stored, StorageError> {
        match &self.queues {
            Some(queues) => queues.responses.write(work).await,
            None => {
                let mut transaction = self.begin().await?;
                let stored = work.carry_out(&mut transaction).await?;
                transaction.commit().await?;
                Ok(stored)
            }
        }
    }

    /// Waits until every response that was being stored is stored or refused. SQLite has one
    /// writer at a time and need not wait; on PostgreSQL a statement that began before the wave
    /// closed still sees it open.
    pub async fn wait_for_responses(&self) -> Result<(), StorageError> {
        if self.database == Database::Postgres {
            let mut transaction = self.begin().await?;
            sqlx::query("lock table spent_values in share mode").execute(&mut *transaction).await?;
            transaction.commit().await?;
        }
        Ok(())
    }

    /// The text of a query that the two databases cannot share.
    pub(super) fn in_its_words(
        &self,
        sqlite: &'static str,
        postgres: &'static str,
    ) -> &'static str {
        match self.database {
            Database::Sqlite => sqlite,
            Database::Postgres => postgres,
        }
    }

    pub(crate) fn pool(&self) -> &AnyPool {
        &self.pool
    }

    pub(super) fn database(&self) -> Database {
        self.database
    }

    /// Waits for connections in use and closes the pool.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// Whether a trivial query succeeds.
    pub async fn is_reachable(&self) -> bool {
        sqlx::query("select 1").execute(&self.pool).await.is_ok()
    }

    fn migrator(&self) -> &'static Migrator {
        match self.database {
            Database::Sqlite => &SQLITE,
            Database::Postgres => &POSTGRES,
        }
    }
}

impl Database {
    fn of(url: &str) -> Result<Self, StorageError> {
        match url.split(':').next() {
            Some("sqlite") => Ok(Self::Sqlite),
            Some("postgres" | "postgresql") => Ok(Self::Postgres),
            _ => Err(StorageError::Url(url.split("//").next().unwrap_or_default().to_owned())),
        }
    }

    /// Promise 3 (an acknowledged answer is never lost): the disk has it before the reply.
    fn on_connect(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "pragma journal_mode = wal; pragma synchronous = full; \
                 pragma secure_delete = on; pragma foreign_keys = on; pragma busy_timeout = 30000"
            }
            // Stricter settings stay.
            Self::Postgres => {
                "select set_config('synchronous_commit', 'on', false)
                 where current_setting('synchronous_commit') not in ('on', 'remote_apply')"
            }
        }
    }

    fn with_file_made(self, url: &str) -> String {
        match self {
            Self::Sqlite if !url.contains('?') && !url.contains(":memory:") => {
                format!("{url}?mode=rwc")
            }
            _ => url.to_owned(),
        }
    }
}

/// An id as the database keeps it.
pub(super) fn id(text: &str) -> Result<Uuid, StorageError> {
    Uuid::parse_str(text)
        .map_err(|_| StorageError::Content { expected: "an id", value: text.to_owned() })
}

/// A count as Rust keeps it.
pub(super) fn count(number: i64) -> Result<u32, StorageError> {
    u32::try_from(number)
        .map_err(|_| StorageError::Content { expected: "a count", value: number.to_string() })
}

impl StorageError {
    /// Tells a lock that was not to be had in time from everything else.
    pub(super) fn from_locked(error: sqlx::Error) -> Self {
        // PostgreSQL's lock_not_available, SQLite's SQLITE_BUSY.
        const LOCKED: [&str; 2] = ["55P03", "5"];
        match error.as_database_error().and_then(|database| database.code()) {
            Some(code) if LOCKED.contains(&code.as_ref()) => Self::Locked,
            _ => Self::Database(error),
        }
    }
}

/// Turns a broken unique constraint into [`StorageError::Exists`].
pub(super) fn unique(what: &'static str, value: &str) -> impl FnOnce(sqlx::Error) -> StorageError {
    let value = value.to_owned();
    move |error| match error.as_database_error() {
        Some(database) if database.is_unique_violation() => StorageError::Exists { what, value },
        _ => StorageError::Database(error),
    }
}
