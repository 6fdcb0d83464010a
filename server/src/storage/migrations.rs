//! The tables' versions: each is a number of `server/migrations`, and they only go up.

use super::connection::{Database, Storage, StorageError};
use sqlx::migrate::Migrator;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Brings the tables up to date.
pub async fn run(storage: &Storage) -> Result<(), StorageError> {
    Ok(migrator(storage).run(storage.pool()).await?)
}

/// Brings the tables up to a version, as the program of that time left them.
pub async fn run_to(storage: &Storage, version: i64) -> Result<(), StorageError> {
    Ok(migrator(storage).run_to(version, storage.pool()).await?)
}

/// The latest version that this program knows.
pub fn latest(storage: &Storage) -> i64 {
    migrator(storage).iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// The version of the tables that are there; `None` where Senim has made none.
pub async fn version(storage: &Storage) -> Result<Option<i64>, StorageError> {
    let made = "select count(*) from sqlite_master where name = '_sqlx_migrations'";
    let made_on_postgres = "select count(*) from pg_catalog.pg_tables
        where schemaname = current_schema() and tablename = '_sqlx_migrations'";
    let made: i64 = sqlx::query_scalar(storage.in_its_words(made, made_on_postgres))
        .fetch_one(storage.pool())
        .await?;
    if made == 0 {
        return Ok(None);
    }
    Ok(sqlx::query_scalar("select max(version) from _sqlx_migrations")
        .fetch_one(storage.pool())
        .await?)
}

/// Whether every migration of this program has been applied; newer ones may have been, by a newer
/// program beside this one.
pub async fn are_applied(storage: &Storage) -> Result<bool, StorageError> {
    let query = "select cast(version as bigint) from _sqlx_migrations";
    let applied: Vec<i64> = sqlx::query_scalar(query).fetch_all(storage.pool()).await?;
    Ok(migrator(storage).iter().all(|migration| applied.contains(&migration.version)))
}

fn migrator(storage: &Storage) -> &'static Migrator {
    match storage.database() {
        Database::Sqlite => &SQLITE,
        Database::Postgres => &POSTGRES,
    }
}
