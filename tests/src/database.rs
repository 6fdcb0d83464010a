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
#[derive(Clone)]
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

/// Of a SQLite database.
const FILES: [&str; 3] = ["senim.sqlite", "senim.sqlite-wal", "senim.sqlite-shm"];

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
                create_on(&server, "").await
            }
        };
        Self { kind, url, directory: directory.to_owned() }
    }

    /// One that is there already; a SQLite file lies in `directory`, as this process sees it.
    pub fn at(kind: Database, url: String, directory: &Path) -> Self {
        sqlx::any::install_default_drivers();
        Self { kind, url, directory: directory.to_owned() }
    }

    /// An empty one on a PostgreSQL server at this address.
    pub async fn on_postgres(server: &str, directory: &Path) -> Self {
        sqlx::any::install_default_drivers();
        Self::at(Database::Postgres, create_on(server, "").await, directory)
    }

    /// A copy of it as it is now, while nobody is connected to it; a SQLite file lies in
    /// `directory`.
    pub async fn copy(&self, directory: &Path) -> Self {
        match self.kind {
            Database::Sqlite => {
                for file in FILES.map(|name| self.directory.join(name)) {
                    let copied = directory.join(file.file_name().unwrap());
                    if file.exists() {
                        std::fs::copy(file, copied).unwrap();
                    }
                }
                Self::create(self.kind, directory).await
            }
            Database::Postgres => {
                let name = self.url.rsplit('/').next().unwrap();
                let server = environment("SENIM_TEST_POSTGRES");
                let url = create_on(&server, &format!("template {name}")).await;
                Self { kind: self.kind, url, directory: directory.to_owned() }
            }
        }
    }

    /// Where all of its bytes lie on this machine, with its journals: the directory of a SQLite
    /// file, or all of a PostgreSQL server's without or with those of its other databases.
    pub async fn homes(&self, with_others: bool) -> Vec<PathBuf> {
        if self.kind == Database::Sqlite {
            return vec![self.directory.clone()];
        }
        let home = PathBuf::from(self.ask("show data_directory").await.remove(0));
        if with_others {
            return vec![home];
        }
        let own = "select oid::text from pg_database where datname = current_database()";
        let own = self.ask(own).await.remove(0);
        let below = |directory: &Path| {
            let entries = std::fs::read_dir(directory).unwrap();
            entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>()
        };
        let is_number = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
        let of_others = |path: &PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy();
            is_number(&name) && name != own
        };
        let base = below(&home.join("base")).into_iter().filter(|path| !of_others(path));
        let rest = below(&home).into_iter().filter(|path| !path.ends_with("base"));
        base.chain(rest).collect()
    }

    /// The numbers of a PostgreSQL server's processes.
    pub async fn server_processes(&self) -> Vec<u32> {
        let home = PathBuf::from(self.ask("show data_directory").await.remove(0));
        let main = std::fs::read_to_string(home.join("postmaster.pid")).unwrap();
        let main = main.lines().next().unwrap().to_owned();
        let others = "select pid::text from pg_stat_activity where pid <> pg_backend_pid()";
        // The one that starts the others comes first, so that none is missed.
        let all = [main].into_iter().chain(self.ask(others).await);
        all.map(|pid| pid.trim().parse().unwrap()).collect()
    }

    /// The one column that a query finds, as text.
    async fn ask(&self, query: &'static str) -> Vec<String> {
        let pool = self.pool().await;
        let found = sqlx::query_scalar(query).fetch_all(&pool).await.unwrap();
        pool.close().await;
        found
    }

    /// The database's file and its journal, whole; nothing where the files are another machine's.
    pub fn files(&self) -> Vec<u8> {
        FILES
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
                // Partitions hold the rows of the table that they are part of.
                "select relname::text from pg_class
                 where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
                     and not relispartition",
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
        let text = columns.iter().map(|column| match column.nullable {
            true => format!("coalesce(cast({} as text), 'null')", column.name),
            false => format!("cast({} as text)", column.name),
        });
        let text: Vec<_> = text.collect();
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
    pub async fn execute(&self, statement: impl Into<String>) {
        let pool = self.pool().await;
        pool.execute(sqlx::query(sqlx::AssertSqlSafe(statement.into()))).await.unwrap();
        pool.close().await;
    }

    async fn pool(&self) -> AnyPool {
        AnyPoolOptions::new().max_connections(1).connect(&self.url).await.unwrap()
    }
}

/// A database of a new name on a PostgreSQL server; its URL.
async fn create_on(server: &str, like: &str) -> String {
    let name = format!("senim_{}", Uuid::new_v4().simple());
    let pool = AnyPool::connect(server).await.unwrap();
    let create = sqlx::AssertSqlSafe(format!("create database {name} {like}"));
    pool.execute(sqlx::query(create)).await.unwrap();
    pool.close().await;
    format!("{}/{name}", server.rsplit_once('/').unwrap().0)
}
