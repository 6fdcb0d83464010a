//! Which database it is, and connections to it.

use super::connection::StorageError;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyPool, Connection, Executor};
use std::time::Duration;

/// How long after its last use a connection is taken to be alive.
const TRUSTED: Duration = Duration::from_secs(1);

const MOST_CONNECTIONS: u32 = 16;
/// Two of each kind.
const MOST_WRITERS: u32 = 4;

/// Durable as every connection. By index alone: PostgreSQL keeps the plan that it made when a wave's
/// tables were empty, and statistics to make a better one are not gathered of them. What does not
/// come to its end while a tablet waits for it is given up.
const WRITER_ON_CONNECT: &str = "
    select set_config('synchronous_commit', 'on', false)
    where current_setting('synchronous_commit') not in ('on', 'remote_apply');
    set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off;
    set statement_timeout = '15s'";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Database {
    Sqlite,
    Postgres,
}

impl Database {
    pub(super) fn of(url: &str) -> Result<Self, StorageError> {
        match url.split(':').next() {
            Some("sqlite") => Ok(Self::Sqlite),
            Some("postgres" | "postgresql") => Ok(Self::Postgres),
            _ => Err(StorageError::Url(url.split("//").next().unwrap_or_default().to_owned())),
        }
    }

    /// Begins a transaction that may write.
    pub(super) fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "begin immediate",
            Self::Postgres => "begin",
        }
    }

    /// Promise 3 (an acknowledged answer is never lost): the disk has it before the reply.
    pub(super) fn on_connect(self) -> &'static str {
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

    pub(super) fn with_file_made(self, url: &str) -> String {
        match self {
            Self::Sqlite if !url.contains('?') && !url.contains(":memory:") => {
                format!("{url}?mode=rwc")
            }
            _ => url.to_owned(),
        }
    }
}

pub(super) fn pool(on_connect: &'static str) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(MOST_CONNECTIONS)
        .acquire_timeout(Duration::from_secs(30))
        // A question to the database before each query costs as much as the query.
        .test_before_acquire(false)
        .before_acquire(|connection, known| {
            Box::pin(async move {
                // On a full disk SQLite ends a transaction by itself, sqlx cannot roll it back any
                // more, and the connection would fail at every `begin` for good.
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
        })
}

/// For what pupils send, on PostgreSQL, so that it waits for nothing else. Connects when the first
/// comes.
pub(super) fn pool_of_writers(connect: AnyConnectOptions) -> AnyPool {
    pool(WRITER_ON_CONNECT).max_connections(MOST_WRITERS).connect_lazy_with(connect)
}
