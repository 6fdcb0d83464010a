//! Takes a backup of a database that is in use.

use super::file::{Sealed, Sealing, check};
use super::header::{Header, Part};
use super::restore::into_scratch;
use super::{BackupError, Counts};
use crate::clock::Clock;
use crate::storage::{Storage, StorageError, migrations, rows, schema};
use crate::verification::Verified;
use age::x25519::Recipient;
use std::path::Path;

/// How far a backup is looked at before it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Read back, counted and compared with its check sums.
    ReadBack,
    /// The same, and restored into memory, where everything is verified.
    Restore,
}

/// Copies one moment's state into a file that is not there yet, reads it back, and only then puts it
/// in its place. `progress` is told a table and how many of its rows are written, and nothing when
/// all are.
pub async fn back_up(
    storage: &Storage,
    clock: &Clock,
    to: &Path,
    recipients: &[Recipient],
    looked_at: Check,
    mut progress: impl FnMut(&str, u64),
) -> Result<(Counts, Option<Verified>), BackupError> {
    let version = migrations::version(storage).await?.ok_or(BackupError::NoTables)?;
    let known = migrations::latest(storage);
    if version > known {
        return Err(BackupError::NewerDatabase { got: version, known });
    }
    let (sealed, counts) = copy(storage, clock, version, to, recipients, &mut progress).await?;
    let (meanwhile, own) = sealed.opened_by();
    let (read, verified) = match looked_at {
        Check::ReadBack => (check(&meanwhile, own)?.1, None),
        Check::Restore => {
            let (counts, verified) = into_scratch(&meanwhile, own, &mut progress).await?;
            (counts, Some(verified))
        }
    };
    if read != counts {
        let problem = format!("{counts:?} rows written, {read:?} found");
        return Err(BackupError::ReadBack { path: to.to_owned(), problem });
    }
    sealed.keep()?;
    Ok((counts, verified))
}

/// Writes everything, under another name.
async fn copy(
    storage: &Storage,
    clock: &Clock,
    version: i64,
    to: &Path,
    recipients: &[Recipient],
    progress: &mut impl FnMut(&str, u64),
) -> Result<(Sealed, Counts), BackupError> {
    let (tables, keys) = (rows::tables(storage).await?, schema::keys(storage).await?);
    let mut snapshot = storage.snapshot().await?;
    let waves = rows::waves_with_responses(&mut snapshot, &tables).await?;
    let header = Header::new(Part::Database, clock.today(), version, waves);
    let mut sealing = Sealing::create(to, recipients, &header)?;
    let (failed, mut counts) = (BackupError::io(to), Counts::new());
    for table in &tables {
        sealing.writing.table(table).map_err(&failed)?;
        let key = keys.get(&table.name).map(Vec::as_slice).unwrap_or_default();
        let mut written = 0;
        let take = |row: Vec<rows::Cell>| {
            written += 1;
            progress(&table.name, written);
            sealing.writing.row(&row).map_err(&failed)
        };
        rows::read(&mut snapshot, table, key, &header.waves, take).await?;
        counts.insert(table.name.clone(), sealing.writing.end_of_table().map_err(&failed)?);
    }
    snapshot.rollback().await.map_err(StorageError::from)?;
    Ok((sealing.finish()?, counts))
}
