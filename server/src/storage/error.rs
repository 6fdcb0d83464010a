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
    #[error("{url} cannot be opened: {error}")]
    File { url: String, error: sqlx::Error },
    #[error("the database does not keep up; the same may be asked again")]
    Busy,
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
