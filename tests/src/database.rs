use crate::surroundings::environment;
use sqlx::any::AnyPoolOptions;
use sqlx::{AnyPool, Executor};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The databases that Senim runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    Sqlite,
    Postgres,
}

/// A database of one test's own.
pub struct OwnDatabase {
    pub kind: Database,
    pub url: String,
    directory: PathBuf,
}

/// A column as the database describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub kind: String,
    pub nullable: bool,
    /// Place in the primary key, from 1; 0 outside it.
    pub key: i64,
}

impl Database {
    pub const BOTH: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

impl OwnDatabase {
    /// An empty database; a SQLite file lies in `directory`.
    pub async fn create(kind: Database, directory: &Path) -> Self {
        sqlx::any::install_default_drivers();
        let url = match kind {
            Database::Sqlite => format!("sqlite://{}", directory.join("senim.sqlite").display()),
            Database::Postgres => {
                let server = environment("SENIM_TEST_POSTGRES");
                let name = format!("senim_{}", Uuid::new_v4().simple());
                let pool = AnyPool::connect(&server).await.unwrap();
                let create = sqlx::AssertSqlSafe(format!("create database {name}"));
                pool.execute(sqlx::query(create)).await.unwrap();
                pool.close().await;
                format!("{}/{name}", server.rsplit_once('/').unwrap().0)
            }
        };
        Self { kind, url, directory: directory.to_owned() }
    }

    /// The database's file and its journal, whole; nothing where the files are another machine's.
    pub fn files(&self) -> Vec<u8> {
        let files = ["senim.sqlite", "senim.sqlite-wal", "senim.sqlite-shm"];
        files
            .iter()
            .flat_map(|name| std::fs::read(self.directory.join(name)).unwrap_or_default())
            .collect()
    }

    /// Tables that Senim made, with their columns in order.
    pub async fn tables(&self) -> BTreeMap<String, Vec<Column>> {
        let (tables, columns) = match self.kind {
            Database::Sqlite => (
                "select name from sqlite_master where type = 'table' and name not like 'sqlite%'",
                "select name, lower(type), \"notnull\", pk from pragma_table_info($1) order by cid",
            ),
            Database::Postgres => (
                "select table_name::text from information_schema.tables
                 where table_schema = 'public'",
                "select c.column_name::text, c.data_type::text,
                     (case when c.is_nullable = 'YES' then 0 else 1 end)::bigint,
                     coalesce(k.ordinal_position, 0)::bigint
                 from information_schema.columns c
                 left join information_schema.table_constraints t
                     on t.table_name = c.table_name and t.constraint_type = 'PRIMARY KEY'
                 left join information_schema.key_column_usage k
                     on k.constraint_name = t.constraint_name and k.column_name = c.column_name
                 where c.table_name = $1 order by c.ordinal_position",
            ),
        };
        let pool = self.pool().await;
        let names: Vec<String> = sqlx::query_scalar(tables).fetch_all(&pool).await.unwrap();
        let mut found = BTreeMap::new();
        for name in names.into_iter().filter(|name| !name.starts_with("_sqlx")) {
            let rows: Vec<(String, String, i64, i64)> =
                sqlx::query_as(columns).bind(&name).fetch_all(&pool).await.unwrap();
            let rows = rows.into_iter();
            let column = |(name, kind, required, key)| {
                // A primary key is never null, which SQLite leaves to be inferred.
                Column { name, kind, nullable: required == 0 && key == 0, key }
            };
            found.insert(name, rows.map(column).collect());
        }
        pool.close().await;
        found
    }

    /// Every value of every row of a table, as text.
    pub async fn rows(&self, table: &str, columns: &[Column]) -> Vec<String> {
        let text: Vec<_> =
            columns.iter().map(|column| format!("cast({} as text)", column.name)).collect();
        let query = format!("select {} from {table} order by 1", text.join(" || ' ' || "));
        let pool = self.pool().await;
        let rows = sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_all(&pool).await.unwrap();
        pool.close().await;
        rows
    }

    /// Everything in it, table by table.
    pub async fn content(&self) -> BTreeMap<String, Vec<String>> {
        let mut content = BTreeMap::new();
        for (table, columns) in self.tables().await {
            let rows = self.rows(&table, &columns).await;
            content.insert(table, rows);
        }
        content
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &str) -> i64 {
        let query = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
        let pool = self.pool().await;
        let count = sqlx::query_scalar(query).fetch_one(&pool).await.unwrap();
        pool.close().await;
        count
    }

    /// The one value that a query of one statement finds, as text: a moment's state.
    pub async fn text(&self, query: &'static str) -> String {
        let pool = self.pool().await;
        let text = sqlx::query_scalar(query).fetch_one(&pool).await.unwrap();
        pool.close().await;
        text
    }

    /// Changes it behind the product's back.
    pub async fn execute(&self, statement: &'static str) {
        let pool = self.pool().await;
        pool.execute(sqlx::query(statement)).await.unwrap();
        pool.close().await;
    }

    async fn pool(&self) -> AnyPool {
        AnyPoolOptions::new().max_connections(1).connect(&self.url).await.unwrap()
    }
}
