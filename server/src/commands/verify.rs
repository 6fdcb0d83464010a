use super::backup::{bar, tell};
use super::{CommandError, print};
use crate::backup::{self, BackupError, Identities, Part};
use crate::command_line::Verify;
use crate::storage::{Storage, migrations};
use crate::verification::{Verified, verify};

/// `senim verify`
pub async fn run(options: Verify) -> Result<(), CommandError> {
    let (Some(path), Some(identity)) = (&options.backup, &options.identity) else {
        return of_database(&options.database.database).await;
    };
    let identities = Identities::read(identity)?;
    if backup::header(path)?.part == Part::Secrets {
        let files = backup::read_secrets(path, &identities)?;
        eprintln!("{} secrets are in {}, whole.", files.len(), path.display());
        return Ok(());
    }
    let bar = bar();
    let shown = |table: &str, rows| tell(&bar, table, rows);
    let (counts, verified) = backup::into_scratch(path, &identities, shown).await?;
    bar.finish_and_clear();
    let rows: u64 = counts.values().sum();
    eprintln!("{rows} rows of {} tables are in {}, whole.", counts.len(), path.display());
    show(&verified)
}

async fn of_database(url: &str) -> Result<(), CommandError> {
    let storage = Storage::open(url).await?;
    let got = migrations::version(&storage).await?.ok_or(BackupError::NoTables)?;
    let known = migrations::latest(&storage);
    if got != known {
        return Err(CommandError::Usage(format!(
            "the database has tables of version {got}, this program looks at those of version \
             {known}: take the version of senim that serves it"
        )));
    }
    let verified = verify(&storage).await?;
    storage.close().await;
    show(&verified)
}

/// A line for each trouble, and an error when there is any.
pub fn show(verified: &Verified) -> Result<(), CommandError> {
    let lines: String = verified.troubles.iter().map(|trouble| format!("{trouble}\n")).collect();
    print(lines.as_bytes())?;
    let responses: i64 = verified.waves.iter().map(|wave| wave.envelopes).sum();
    eprintln!(
        "Verified: {responses} sealed responses of {} waves, {} releases, and that each row belongs \
         to one that is there.",
        verified.waves.len(),
        verified.releases
    );
    if verified.releases_without_hash > 0 {
        eprintln!(
            "{} releases are from before their hash was kept: they were read, not compared.",
            verified.releases_without_hash
        );
    }
    if verified.demonstration {
        eprintln!("A demonstration answers without slips: they were not compared.");
    }
    match verified.troubles.len() {
        0 => Ok(()),
        troubles => Err(CommandError::Troubles { troubles }),
    }
}
