//! The tables of the database as it describes itself.

use super::connection::{Storage, StorageError};

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

/// Every table that Senim keeps anything in, by name: a partition is part of its table, and what
/// migrations note for themselves is none.
pub async fn tables(storage: &Storage) -> Result<Vec<Table>, StorageError> {
    let columns: Vec<(String, String)> =
        sqlx::query_as(storage.in_its_words(SQLITE, POSTGRES)).fetch_all(storage.pool()).await?;
    let mut tables: Vec<Table> = Vec::new();
    for (name, column) in columns {
        match tables.last_mut().filter(|table| table.name == name) {
            Some(table) => table.columns.push(column),
            None => tables.push(Table { name, columns: vec![column] }),
        }
    }
    Ok(tables)
}
