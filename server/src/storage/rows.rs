//! Whole tables, row by row, whatever their columns are: what a backup is made of.

use super::connection::{Storage, StorageError, Transaction};
use super::partitions;
use super::schema::{self, Table};
use futures_util::TryStreamExt;
use serde::{Deserialize, Serialize};
use sqlx::any::{AnyRow, AnyTypeInfoKind};
use sqlx::{AssertSqlSafe, Row, ValueRef};
use std::collections::HashMap;
use uuid::Uuid;

/// Left out: who has a copy of a staff session is signed in.
const LEFT_OUT: [&str; 1] = ["staff_sessions"];

/// Values bound to one statement at most; SQLite takes 32,766.
const MOST_VALUES: usize = 8192;

/// A value of any column that there is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
}

/// The tables that a backup holds, each after those that it refers to, and what pupils send last.
pub async fn tables(storage: &Storage) -> Result<Vec<Table>, StorageError> {
    let references = schema::references(storage).await?;
    let mut tables = schema::tables(storage).await?;
    tables.retain(|table| !LEFT_OUT.contains(&table.name.as_str()));
    let mut depths: HashMap<String, usize> = HashMap::new();
    // A chain of references is no longer than there are tables.
    for _ in 0..tables.len() {
        for (from, to) in references.iter().filter(|(from, to)| from != to) {
            let depth = depths.get(to).copied().unwrap_or_default() + 1;
            let known = depths.entry(from.clone()).or_default();
            *known = depth.max(*known);
        }
    }
    let of_pupils = |table: &Table| partitions::names().any(|name| name == table.name);
    tables.sort_by_key(|table| {
        let depth = depths.get(&table.name).copied().unwrap_or_default();
        (of_pupils(table), depth, table.name.clone())
    });
    Ok(tables)
}

/// Waves of which there may be sealed responses, spent values and slips, in one moment.
pub async fn waves_with_responses(
    snapshot: &mut Transaction,
    tables: &[Table],
) -> Result<Vec<Uuid>, StorageError> {
    let erasures = tables.iter().any(|table| table.name == "erasures");
    let query = match erasures {
        true => {
            "select id from waves where state <> 'draft'
                 and id not in (select wave_id from erasures) order by id"
        }
        false => "select id from waves where state <> 'draft' order by id",
    };
    let ids: Vec<String> = sqlx::query_scalar(query).fetch_all(&mut **snapshot).await?;
    ids.iter().map(|text| super::connection::id(text)).collect()
}

/// Gives each row of a table to `take`, by primary key, which tells no order of arrival. Rows that
/// `senim forget` has begun to destroy are not given: no backup brings them back.
pub async fn read<E: From<StorageError>>(
    snapshot: &mut Transaction,
    table: &Table,
    key: &[String],
    kept: &[Uuid],
    mut take: impl FnMut(Vec<Cell>) -> Result<(), E>,
) -> Result<(), E> {
    let columns = table.columns.join(", ");
    let order = if key.is_empty() { columns.clone() } else { key.join(", ") };
    let of_pupils = partitions::names().any(|name| name == table.name);
    let waves: Vec<_> = kept.iter().map(|wave| format!("'{wave}'")).collect();
    let only = match (of_pupils, waves.is_empty()) {
        (false, _) => String::new(),
        (true, true) => "where 1 = 0".to_owned(),
        (true, false) => format!("where wave_id in ({})", waves.join(", ")),
    };
    // Names that the database gave of its own tables, and ids, which are hexadecimal.
    let query = format!("select {columns} from {} {only} order by {order}", table.name);
    let mut rows = sqlx::query(AssertSqlSafe(query)).fetch(&mut **snapshot);
    while let Some(row) = rows.try_next().await.map_err(StorageError::from)? {
        take(cells(&row)?)?;
    }
    Ok(())
}

fn cells(row: &AnyRow) -> Result<Vec<Cell>, StorageError> {
    (0..row.len())
        .map(|at| {
            let kind = {
                let value = row.try_get_raw(at)?;
                if value.is_null() { AnyTypeInfoKind::Null } else { value.type_info().kind() }
            };
            Ok(match kind {
                AnyTypeInfoKind::Null => Cell::Null,
                AnyTypeInfoKind::Text => Cell::Text(row.try_get(at)?),
                AnyTypeInfoKind::Real | AnyTypeInfoKind::Double => Cell::Real(row.try_get(at)?),
                AnyTypeInfoKind::SmallInt | AnyTypeInfoKind::Integer | AnyTypeInfoKind::BigInt => {
                    Cell::Integer(row.try_get(at)?)
                }
                other => {
                    let value = format!("{other:?}");
                    return Err(StorageError::Content { expected: "text or a number", value });
                }
            })
        })
        .collect()
}

/// How many rows are written together at best.
pub fn at_once(table: &Table) -> usize {
    (MOST_VALUES / table.columns.len().max(1)).max(1)
}

/// Adds rows to a table, which is one of [`tables`]; each has a value for each of its columns.
pub async fn write(
    transaction: &mut Transaction,
    table: &Table,
    rows: &[Vec<Cell>],
) -> Result<(), StorageError> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut place = 0;
    let mut placeholder = |cell: &Cell| match cell {
        // Without a type, so that any column takes it.
        Cell::Null => "null".to_owned(),
        _ => {
            place += 1;
            format!("${place}")
        }
    };
    let values: Vec<_> = rows
        .iter()
        .map(|row| {
            let places: Vec<_> = row.iter().map(&mut placeholder).collect();
            format!("({})", places.join(", "))
        })
        .collect();
    // Names that the database gave of its own tables.
    let query = format!(
        "insert into {} ({}) values {}",
        table.name,
        table.columns.join(", "),
        values.join(", ")
    );
    let mut query = sqlx::query(AssertSqlSafe(query));
    for cell in rows.iter().flatten() {
        query = match cell {
            Cell::Null => query,
            Cell::Integer(number) => query.bind(*number),
            Cell::Real(number) => query.bind(*number),
            Cell::Text(text) => query.bind(text.clone()),
        };
    }
    query.execute(&mut **transaction).await?;
    Ok(())
}

/// How many rows a table has.
pub async fn count(storage: &Storage, table: &Table) -> Result<i64, StorageError> {
    let query = format!("select count(*) from {}", table.name);
    Ok(sqlx::query_scalar(AssertSqlSafe(query)).fetch_one(storage.pool()).await?)
}
