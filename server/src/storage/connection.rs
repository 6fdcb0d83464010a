pub(super) use super::database::Database;
use super::database::{pool, pool_of_writers};
use super::durability;
use super::envelopes::{Store, Stored};
pub use super::error::StorageError;
pub(super) use super::error::unique;
use super::migrations;
use super::slips::Redeem;
use super::together::{Place, Together};
use crate::permissions;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{Any, AnyPool, ConnectOptions, Executor};
use std::str::FromStr;
use std::sync::Arc;
use uuid::Uuid;

/// What pupils send and the database has not taken yet, of each kind, unless a setting says
/// otherwise: some megabytes, and on a slow disk what it takes in a few seconds.
pub const WAITING: usize = 4096;

/// A transaction that may write.
pub type Transaction = sqlx::Transaction<'static, Any>;

/// A pool of connections to one database.
#[derive(Clone, Debug)]
pub struct Storage {
    pool: AnyPool,
    database: Database,
    /// What pupils send.
    queues: Queues,
    /// On which it is written, where it is not the pool.
    writers: AnyPool,
}

/// Apart from each other: a slip must not be marked in the transaction that stores a response.
#[derive(Clone, Debug)]
struct Queues {
    slips: Together<Redeem>,
    responses: Together<Store>,
}

impl Storage {
    /// Connects, refuses a database that is not set to be durable, and brings the tables up to
    /// date.
    pub async fn connect(url: &str) -> Result<Self, StorageError> {
        Self::connect_with(url, WAITING).await
    }

    /// The same; at most `waiting` of each kind of what pupils send wait to be written.
    pub async fn connect_with(url: &str, waiting: usize) -> Result<Self, StorageError> {
        let storage = Self::of(&with_file(url)?, waiting).await?;
        migrations::run(&storage).await?;
        #[cfg(feature = "planted")]
        crate::planted::prepare(&storage.pool).await;
        Ok(storage)
    }

    /// Connects as [`Self::connect`] does and leaves the tables as they are; a SQLite file is made
    /// where there is none.
    pub async fn open_or_make(url: &str) -> Result<Self, StorageError> {
        Self::open(&with_file(url)?).await
    }

    /// The same, of a database that is there.
    pub async fn open(url: &str) -> Result<Self, StorageError> {
        Self::of(url, WAITING).await
    }

    async fn of(url: &str, waiting: usize) -> Result<Self, StorageError> {
        sqlx::any::install_default_drivers();
        let database = Database::of(url)?;
        // Statements in a log with their times would be an access log (promise 1).
        let connect = AnyConnectOptions::from_str(url)?.disable_statement_logging();
        let on_connect = database.on_connect();
        #[cfg(feature = "planted")]
        let on_connect = crate::planted::on_connect(on_connect);
        let refused = |error| match database {
            // Its URL names a file and holds no password.
            Database::Sqlite => StorageError::File { url: url.to_owned(), error },
            Database::Postgres => StorageError::Database(error),
        };
        let pool = pool(on_connect).connect_with(connect.clone()).await.map_err(refused)?;
        let writers = match database {
            Database::Sqlite => pool.clone(),
            Database::Postgres => pool_of_writers(connect),
        };
        #[cfg(feature = "planted")]
        let database_is_checked = !crate::planted::is("synchronous_normal");
        #[cfg(not(feature = "planted"))]
        let database_is_checked = true;
        if database_is_checked {
            durability::check(&pool, database).await?;
        }
        Ok(Self::with(pool, writers, database, waiting))
    }

    fn with(pool: AnyPool, writers: AnyPool, database: Database, waiting: usize) -> Self {
        let place = Place { pool: writers.clone(), database, turn: Arc::default() };
        let queues = Queues {
            slips: Together::begin(place.clone(), waiting),
            responses: Together::begin(place, waiting),
        };
        Self { pool, database, queues, writers }
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
        Ok(Self::with(pool.clone(), pool, Database::Sqlite, WAITING))
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
        Ok(self.pool.begin_with(self.database.begin()).await?)
    }

    /// Marks a slip, together with others that wait.
    pub(super) async fn redeem(&self, work: Redeem) -> Result<bool, StorageError> {
        self.queues.slips.write(work).await
    }

    /// Stores a response, together with others that wait.
    pub(super) async fn store(&self, work: Store) -> Result<Stored, StorageError> {
        self.queues.responses.write(work).await
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
        self.writers.close().await;
        self.pool.close().await;
    }
}

/// The URL; a SQLite file is made where there is none, closed to others.
fn with_file(url: &str) -> Result<String, StorageError> {
    let database = Database::of(url)?;
    if database == Database::Sqlite {
        permissions::close_sqlite(url);
    }
    Ok(database.with_file_made(url))
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
