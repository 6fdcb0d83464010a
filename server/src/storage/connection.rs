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
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Database {
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
    #[error("{what} \"{value}\" exists already")]
    Exists { what: &'static str, value: String },
    #[error("the database holds \"{value}\" where {expected} is expected")]
    Content { expected: &'static str, value: String },
}

impl Storage {
    /// Connects and brings the tables up to date.
    pub async fn connect(url: &str) -> Result<Self, StorageError> {
        sqlx::any::install_default_drivers();
        let database = Database::of(url)?;
        // Statements in a log with their times would be an access log (promise 1).
        let connect =
            AnyConnectOptions::from_str(&database.with_file_made(url))?.disable_statement_logging();
        let options = AnyPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(30))
            // A question to the database before each query costs as much as the query.
            .test_before_acquire(false)
            .before_acquire(|connection, known| {
                Box::pin(async move {
                    if known.idle_for > TRUSTED {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .after_connect(move |connection, _| {
                Box::pin(async move { connection.execute(database.on_connect()).await.map(drop) })
            });
        let pool = options.connect_with(connect).await?;
        let storage = Self { pool, database };
        storage.migrator().run(&storage.pool).await?;
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

    pub(super) fn pool(&self) -> &AnyPool {
        &self.pool
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
            Self::Postgres => "set synchronous_commit = on",
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

/// Turns a broken unique constraint into [`StorageError::Exists`].
pub(super) fn unique(what: &'static str, value: &str) -> impl FnOnce(sqlx::Error) -> StorageError {
    let value = value.to_owned();
    move |error| match error.as_database_error() {
        Some(database) if database.is_unique_violation() => StorageError::Exists { what, value },
        _ => StorageError::Database(error),
    }
}
