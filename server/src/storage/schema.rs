//! The tables of the database as it describes itself.

use super::connection::{Storage, StorageError};
use std::collections::HashMap;

/// A table with its columns, in the order in which they were made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub columns: Vec<String>,
}

const SQLITE: &str = "
    select t.name, c.name from sqlite_master t join pragma_table_info(t.name) c
    where t.type = 'table' and t.name not like 'sqlite%' and t.name not like '\\_sqlx%' escape '\\'
    order by t.name, c.cid";

/// The catalogue and not `information_schema`, which shows only what the user may read and does
/// not tell a partition from a table.
const POSTGRES: &str = "
    select t.relname::text, c.attname::text
    from pg_catalog.pg_class t join pg_catalog.pg_attribute c on c.attrelid = t.oid
    where t.relnamespace = current_schema()::regnamespace
        and t.relkind in ('r', 'p') and not t.relispartition
        and c.attnum > 0 and not c.attisdropped and left(t.relname::text, 5) <> '_sqlx'
    order by 1, c.attnum";

const SQLITE_KEYS: &str = "
    select t.name, c.name from sqlite_master t join pragma_table_info(t.name) c
    where t.type = 'table' and c.pk > 0 order by t.name, c.pk";

const POSTGRES_KEYS: &str = "
    select t.relname::text, c.attname::text
    from pg_catalog.pg_index i join pg_catalog.pg_class t on t.oid = i.indrelid
    cross join lateral unnest(i.indkey) with ordinality k (attnum, place)
    join pg_catalog.pg_attribute c on c.attrelid = t.oid and c.attnum = k.attnum
    where i.indisprimary and t.relnamespace = current_schema()::regnamespace
        and not t.relispartition
    order by 1, k.place";

const SQLITE_REFERENCES: &str = "
    select distinct t.name, f.\"table\"
    from sqlite_master t join pragma_foreign_key_list(t.name) f where t.type = 'table'";

const POSTGRES_REFERENCES: &str = "
    select distinct t.relname::text, f.relname::text from pg_catalog.pg_constraint c
    join pg_catalog.pg_class t on t.oid = c.conrelid
    join pg_catalog.pg_class f on f.oid = c.confrelid
    where c.contype = 'f' and t.relnamespace = current_schema()::regnamespace
        and not t.relispartition";

/// Every table that Senim keeps anything in, by name: a partition is part of its table, and what
/// migrations note for themselves is none.
pub async fn tables(storage: &Storage) -> Result<Vec<Table>, StorageError> {
    let columns = pairs(storage, SQLITE, POSTGRES).await?;
    let mut tables: Vec<Table> = Vec::new();
    for (name, column) in columns {
        match tables.last_mut().filter(|table| table.name == name) {
            Some(table) => table.columns.push(column),
            None => tables.push(Table { name, columns: vec![column] }),
        }
    }
    Ok(tables)
}

/// The columns of each table's primary key, in its order.
pub async fn keys(storage: &Storage) -> Result<HashMap<String, Vec<String>>, StorageError> {
    let mut keys: HashMap<String, Vec<String>> = HashMap::new();
    for (table, column) in pairs(storage, SQLITE_KEYS, POSTGRES_KEYS).await? {
        keys.entry(table).or_default().push(column);
    }
    Ok(keys)
}

/// Every table that refers to another one, with that one.
pub async fn references(storage: &Storage) -> Result<Vec<(String, String)>, StorageError> {
    pairs(storage, SQLITE_REFERENCES, POSTGRES_REFERENCES).await
}

async fn pairs(
    storage: &Storage,
    sqlite: &'static str,
    postgres: &'static str,
) -> Result<Vec<(String, String)>, StorageError> {
    Ok(sqlx::query_as(storage.in_its_words(sqlite, postgres)).fetch_all(storage.pool()).await?)
}
