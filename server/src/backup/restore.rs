//! Brings a backup back into an empty database.

use super::file::{self, Identities};
use super::header::{Header, Part};
use super::read::Piece;
use super::{BackupError, Counts};
use crate::storage::rows::Cell;
use crate::storage::schema::Table;
use crate::storage::{Storage, StorageError, Transaction, migrations, partitions, rows, schema};
use crate::verification::{Verified, verify};
use std::path::Path;

/// The first version of tables with partitions for what pupils send.
const PARTITIONED_SINCE: i64 = 3;

/// Restores into a database in memory and verifies what is there.
pub async fn into_scratch(
    path: &Path,
    identities: &Identities,
    progress: impl FnMut(&str, u64),
) -> Result<(Counts, Verified), BackupError> {
    let scratch = Storage::scratch().await?;
    let counts = restore(&scratch, path, identities, progress).await?;
    let verified = verify(&scratch).await?;
    scratch.close().await;
    Ok((counts, verified))
}

/// Restores into an empty database, all or nothing: the file is read to its end before the database
/// is touched, and all rows come in one transaction. Tables of an earlier version are made as they
/// were, filled, and then brought up to date.
pub async fn restore(
    storage: &Storage,
    path: &Path,
    identities: &Identities,
    progress: impl FnMut(&str, u64),
) -> Result<Counts, BackupError> {
    let (header, counts) = file::check(path, identities)?;
    if header.part != Part::Database {
        let (got, expected) = (header.part.name(), Part::Database.name());
        return Err(BackupError::OtherPart { path: path.to_owned(), got, expected });
    }
    let known = migrations::latest(storage);
    if header.tables > known {
        let (path, got) = (path.to_owned(), header.tables);
        return Err(BackupError::NewerTables { path, got, known });
    }
    expect_empty(storage, header.tables).await?;
    migrations::run_to(storage, header.tables).await?;
    let tables = rows::tables(storage).await?;
    let mut transaction = storage.begin().await?;
    if header.tables >= PARTITIONED_SINCE {
        for wave in &header.waves {
            partitions::create(storage, &mut transaction, *wave).await?;
        }
    }
    Filling { transaction: &mut transaction, tables, progress }.fill(path, identities).await?;
    transaction.commit().await.map_err(StorageError::from)?;
    migrations::run(storage).await?;
    Ok(counts)
}

async fn expect_empty(storage: &Storage, version: i64) -> Result<(), BackupError> {
    for table in schema::tables(storage).await? {
        let rows = rows::count(storage, &table).await?;
        if rows > 0 {
            return Err(BackupError::NotEmpty { table: table.name, rows });
        }
    }
    // An interrupted run leaves tables without rows.
    match migrations::version(storage).await? {
        Some(got) if got > version => Err(BackupError::OtherTables { got, expected: version }),
        _ => Ok(()),
    }
}

/// Rows on their way into the tables that are there.
struct Filling<'a, P> {
    transaction: &'a mut Transaction,
    /// Those that are still to come.
    tables: Vec<Table>,
    progress: P,
}

impl<P: FnMut(&str, u64)> Filling<'_, P> {
    async fn fill(mut self, path: &Path, identities: &Identities) -> Result<(), BackupError> {
        let (_, mut reading): (Header, _) = file::open(path, identities)?;
        let mut table = None;
        let mut waiting: Vec<Vec<Cell>> = Vec::new();
        let mut written = 0;
        loop {
            match reading.next()? {
                Piece::Table(named) => {
                    // Its names go into statements, so only those of tables that are there do.
                    let known = self.tables.iter().position(|table| *table == named);
                    let unknown = "a table that this version did not have";
                    let known = known.ok_or_else(|| reading.wrong(unknown))?;
                    table = Some(self.tables.swap_remove(known));
                    written = 0;
                }
                Piece::Row(row) => {
                    waiting.push(row);
                    if let Some(table) = &table
                        && waiting.len() == rows::at_once(table)
                    {
                        written += self.write(table, &mut waiting).await?;
                        (self.progress)(&table.name, written);
                    }
                }
                Piece::EndOfTable => {
                    if let Some(table) = table.take() {
                        written += self.write(&table, &mut waiting).await?;
                        (self.progress)(&table.name, written);
                    }
                }
                Piece::End => break,
            }
        }
        match self.tables.first() {
            Some(table) => Err(reading.wrong(&format!("there is no table {}", table.name))),
            None => Ok(()),
        }
    }

    async fn write(
        &mut self,
        table: &Table,
        waiting: &mut Vec<Vec<Cell>>,
    ) -> Result<u64, BackupError> {
        rows::write(self.transaction, table, waiting).await?;
        Ok(waiting.drain(..).len() as u64)
    }
}
