use super::CommandError;
use super::recipients::recipients;
use super::verify::show;
use crate::backup::{self, Check};
use crate::clock::Clock;
use crate::command_line::Backup;
use crate::secrets;
use crate::storage::{Storage, erasures};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::{Span, civil::Date};
use std::path::Path;
use uuid::Uuid;

/// `senim backup`
pub async fn run(options: Backup) -> Result<(), CommandError> {
    let sealed_to = recipients("--recipient", &options.recipient)?;
    let secrets_to = recipients("--secrets-recipient", &options.secrets_recipient)?;
    if let Some(both) = options.secrets_recipient.iter().find(|key| options.recipient.contains(key))
    {
        return Err(CommandError::Usage(format!(
            "{both} is given for the database and for the secrets: who opens both can try out \
             codes of slips and make up tokens; give each a key of its own"
        )));
    }
    let clock = Clock::system();
    let storage = Storage::open(&options.database.database).await?;
    let looked_at = if options.only_read_back { Check::ReadBack } else { Check::Restore };
    let bar = bar();
    let shown = |table: &str, rows| tell(&bar, table, rows);
    let (counts, verified) =
        backup::back_up(&storage, &clock, &options.to, &sealed_to, looked_at, shown).await?;
    bar.finish_and_clear();
    let rows: u64 = counts.values().sum();
    eprintln!("{rows} rows of {} tables are in {}.", counts.len(), options.to.display());
    // After the database, so that no wave in it lacks its token secret.
    match &options.secrets_to {
        Some(to) => {
            let files = backup::back_up_secrets(&options.secrets, &clock, to, &secrets_to)?;
            eprintln!("{files} secrets are in {}.", to.display());
        }
        None => eprintln!(
            "The secrets are not in it, without which no open wave goes on: --secrets-to and \
             --secrets-recipient back them up apart."
        ),
    }
    let forgotten = erasures::waves(&storage).await?;
    storage.close().await;
    let since = clock.today().saturating_sub(Span::new().days(i64::from(options.keep_days)));
    past(&options, since, &forgotten)?;
    verified.as_ref().map_or(Ok(()), show)
}

/// Names what should be gone beside the new files, and destroys it when that is wanted: the new
/// ones are there and were read back.
fn past(options: &Backup, since: Date, forgotten: &[Uuid]) -> Result<(), CommandError> {
    let new: Vec<&Path> = [Some(&options.to), options.secrets_to.as_ref()]
        .into_iter()
        .flatten()
        .map(|to| &**to)
        .collect();
    let mut folders: Vec<&Path> =
        new.iter().map(|path| crate::whole_file::directory_of(path)).collect();
    folders.dedup();
    for folder in folders {
        for past in backup::find_past(folder, since, forgotten, &new)? {
            let (path, day, reason) = (past.path.display(), past.day, past.reason);
            if options.remove_past {
                secrets::destroy([past.path.as_path()])?;
                eprintln!("{path} of {day} is destroyed: {reason}.");
            } else {
                eprintln!("{path} of {day} should be destroyed: {reason}; --remove-past does it.");
            }
        }
    }
    Ok(())
}

/// On standard error.
pub fn bar() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    let style = ProgressStyle::with_template("{spinner} {msg}: {pos} rows");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar
}

/// What is in work.
pub fn tell(bar: &ProgressBar, table: &str, rows: u64) {
    if rows <= 1 || bar.message() != table {
        bar.set_message(table.to_owned());
    }
    bar.set_position(rows);
}
