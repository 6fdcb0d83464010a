use sqlx::migrate::Migrator;
use sqlx::{AnyPool, AssertSqlSafe, Executor};
use std::collections::VecDeque;
use std::path::PathBuf;
use tests::{Column, Database, OwnDatabase, Server, package_directory};
use uuid::Uuid;

/// A database as an earlier version of the program left it.
pub struct Earlier {
    pub database: OwnDatabase,
}

fn migrations(database: Database) -> PathBuf {
    let kind = match database {
        Database::Sqlite => "sqlite",
        Database::Postgres => "postgres",
    };
    package_directory().join("../server/migrations").join(kind)
}

/// The versions of tables that have landed, but for the latest.
pub fn versions(database: Database) -> Vec<i64> {
    let files = migrations(database).read_dir().unwrap();
    let number = |name: String| name.split('_').next().unwrap().parse().unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut versions: Vec<i64> = names.map(number).collect();
    versions.sort_unstable();
    versions.pop();
    versions
}

impl Earlier {
    /// Tables made by the migrations up to a version, with what a stopped server's database has in
    /// the columns that there were.
    pub async fn of(server: &Server, version: i64) -> Self {
        let directory = server.path().join(format!("version-{version}"));
        std::fs::create_dir(&directory).unwrap();
        let from = &server.database;
        let database = OwnDatabase::create(from.kind, &directory).await;
        let url = match from.kind {
            Database::Sqlite => format!("{}?mode=rwc", database.url),
            Database::Postgres => database.url.clone(),
        };
        let (into, out_of) =
            (AnyPool::connect(&url).await.unwrap(), AnyPool::connect(&from.url).await.unwrap());
        let migrator = Migrator::new(migrations(from.kind)).await.unwrap();
        migrator.run_to(version, &into).await.unwrap();
        if from.kind == Database::Postgres && version >= 3 {
            make_partitions(&into, &out_of).await;
        }
        let mut waiting: VecDeque<_> = database.tables().await.into_iter().collect();
        let mut refused = 0;
        while let Some((table, columns)) = waiting.pop_front() {
            let rows = rows(&out_of, &table, &columns).await;
            match insert(&into, &table, &columns, &rows).await {
                Ok(()) => refused = 0,
                // It refers to rows that come later.
                Err(error) => {
                    refused += 1;
                    assert!(refused <= waiting.len(), "{table}: {error}");
                    waiting.push_back((table, columns));
                }
            }
        }
        into.close().await;
        out_of.close().await;
        Self { database }
    }
}

async fn make_partitions(into: &AnyPool, out_of: &AnyPool) {
    let waves = sqlx::query_scalar("select id from waves where state <> 'draft'");
    let waves: Vec<String> = waves.fetch_all(out_of).await.unwrap();
    for wave in waves {
        let simple = Uuid::parse_str(&wave).unwrap().simple();
        for table in ["spent_values", "envelopes", "slips"] {
            let make = format!(
                "create table {table}_{simple} partition of {table} for values in ('{wave}')"
            );
            into.execute(AssertSqlSafe(make)).await.unwrap();
        }
    }
}

/// Rows as they are written in a statement.
async fn rows(out_of: &AnyPool, table: &str, columns: &[Column]) -> Vec<String> {
    let literals = columns.iter().map(|Column { name, kind, .. }| match kind.as_str() {
        "text" => format!("coalesce('''' || replace({name}, '''', '''''') || '''', 'null')"),
        _ => format!("coalesce(cast({name} as text), 'null')"),
    });
    let literals: Vec<_> = literals.collect();
    let query = format!("select {} from {table}", literals.join(" || ', ' || "));
    sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(out_of).await.unwrap()
}

async fn insert(
    into: &AnyPool,
    table: &str,
    columns: &[Column],
    rows: &[String],
) -> Result<(), sqlx::Error> {
    let names: Vec<_> = columns.iter().map(|column| column.name.as_str()).collect();
    let mut transaction = into.begin().await?;
    for row in rows {
        let insert = format!("insert into {table} ({}) values ({row})", names.join(", "));
        transaction.execute(AssertSqlSafe(insert)).await?;
    }
    transaction.commit().await
}
