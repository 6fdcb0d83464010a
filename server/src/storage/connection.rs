use super::durability;
use super::envelopes::{Store, Stored};
pub use super::error::StorageError;
pub(super) use super::error::unique;
use super::migrations;
use super::slips::Redeem;
use super::together::{Together, Write};
use crate::permissions;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{Any, AnyPool, ConnectOptions, Connection, Executor};
use std::str::FromStr;
use std::time::Duration;
use uuid::Uuid;

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

impl Storage {
    /// Connects, refuses a database that is not set to be durable, and brings the tables up to
    /// date.
    pub async fn connect(url: &str) -> Result<Self, StorageError> {
        let storage = Self::open_or_make(url).await?;
        migrations::run(&storage).await?;
        #[cfg(feature = "planted")]
        crate::planted::prepare(&storage.pool).await;
        Ok(storage)
    }

    /// Connects as [`Self::connect`] does and leaves the tables as they are; a SQLite file is made
    /// where there is none.
    pub async fn open_or_make(url: &str) -> Result<Self, StorageError> {
        Self::open(&Database::of(url)?.with_file_made(url)).await
    }

    /// The same, of a database that is there.
    pub async fn open(url: &str) -> Result<Self, StorageError> {
        sqlx::any::install_default_drivers();
        let database = Database::of(url)?;
        if database == Database::Sqlite {
            permissions::close_sqlite(url);
        }
        // Statements in a log with their times would be an access log (promise 1).
        let connect = AnyConnectOptions::from_str(url)?.disable_statement_logging();
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
                    if known.idle_for > TRUSTED {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .after_connect(move |connection, _| {
                Box::pin(async move { connection.execute(on_connect).await.map(drop) })
            });
        let refused = |error| match database {
            // Its URL names a file and holds no password.
            Database::Sqlite => StorageError::File { url: url.to_owned(), error },
            Database::Postgres => StorageError::Database(error),
        };
        let pool = options.connect_with(connect).await.map_err(refused)?;
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
        Ok(Self { pool, database, queues })
    }

    /// An empty SQLite database in memory with one connection, gone when it is dropped.
    pub async fn scratch() -> Result<Self, StorageError> {
        sqlx::any::install_default_drivers();
        let options = AnyPoolOptions::new()
            .min_connections(1)
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .after_connect(|connection, _| {
                let settings = "pragma temp_store = memory; pragma foreign_keys = on";
                Box::pin(async move { connection.execute(settings).await.map(drop) })
            });
        let connect = AnyConnectOptions::from_str("sqlite::memory:")?.disable_statement_logging();
        let pool = options.connect_with(connect).await?;
        Ok(Self { pool, database: Database::Sqlite, queues: None })
    }

    /// Opens a transaction that sees one moment's state, while others write.
    pub async fn snapshot(&self) -> Result<Transaction, StorageError> {
        let begin = match self.database {
            // Its first read is the moment.
            Database::Sqlite => "begin",
            Database::Postgres => "begin isolation level repeatable read read only",
        };
        Ok(self.pool.begin_with(begin).await?)
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
