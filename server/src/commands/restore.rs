use super::CommandError;
use super::backup::{bar, tell};
use super::verify::show;
use crate::backup::{self, Identities, Part};
use crate::command_line::Restore;
use crate::storage::Storage;
use crate::verification::verify;

/// `senim restore`
pub async fn run(options: Restore) -> Result<(), CommandError> {
    let identities = Identities::read(&options.identity)?;
    let header = backup::header(&options.backup)?;
    let from = options.backup.display();
    if header.part == Part::Secrets {
        let files = backup::restore_secrets(&options.backup, &identities, &options.secrets)?;
        eprintln!("{files} secrets from {from} are in {}.", options.secrets.display());
        return Ok(());
    }
    let storage = Storage::open_or_make(&options.database.database).await?;
    let bar = bar();
    let shown = |table: &str, rows| tell(&bar, table, rows);
    let counts = backup::restore(&storage, &options.backup, &identities, shown).await?;
    bar.finish_and_clear();
    let rows: u64 = counts.values().sum();
    eprintln!("{rows} rows of {} tables from {from} are in the database.", counts.len());
    eprintln!(
        "Waves that were forgotten after the backup was taken are back: run `senim forget` for \
         each of them again. The server needs the secrets of the same time beside the database."
    );
    let verified = verify(&storage).await?;
    storage.close().await;
    show(&verified)
}
