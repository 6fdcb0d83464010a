use super::CommandError;
use crate::clock::Clock;
use crate::command_line::Forget;
use crate::erasure::{self, Forgotten, Step};
use crate::keys::KeyFile;
use crate::storage::Storage;
use crate::storage::scrub::{KeptByPostgres, Scrubbed};
use std::path::{Path, PathBuf};

/// `senim forget`
pub async fn run(options: Forget) -> Result<(), CommandError> {
    // Before the database is open: closing any other hold of a SQLite file drops its locks, and a
    // path can be given by mistake.
    let (keys, missing): (Vec<_>, Vec<_>) =
        options.release_key.into_iter().partition(|path| path.exists());
    let keys = keys.iter().map(|path| KeyFile::read(path)).collect::<Result<Vec<_>, _>>()?;
    let storage = Storage::connect(&options.database.database).await?;
    let (clock, secrets) = (Clock::system(), &options.secrets);
    let progress = |step| eprintln!("{}", doing(step));
    let forgotten =
        erasure::forget(&storage, &clock, secrets, &keys, options.wave, progress).await?;
    storage.close().await;
    show(&forgotten, secrets, &missing);
    Ok(())
}

/// What a run is at.
pub fn doing(step: Step) -> &'static str {
    match step {
        Step::Responses => "destroying sealed responses, spent values and slips",
        Step::Secrets => "destroying the token secret and copies of the release key",
        Step::Traces => "removing what the database still keeps of them",
    }
}

/// What was done, and what could not be.
#[allow(clippy::print_stdout, reason = "the command's output")]
pub fn show(forgotten: &Forgotten, secrets: &Path, missing: &[PathBuf]) {
    let (wave, record) = (&forgotten.wave, &forgotten.record);
    let when = if record.finished { "was forgotten already" } else { "is forgotten" };
    println!("wave \"{}\" ({}) {when}", wave.name, wave.id);
    println!("begun on: {}", record.day);
    println!("sealed responses destroyed: {}", record.envelopes);
    println!("spent values destroyed: {}", record.spent_values);
    println!("slips destroyed: {}", record.slips);
    for note in notes(forgotten, secrets, missing) {
        eprintln!("- {note}");
    }
}

/// What this command cannot do, for the operator.
fn notes(forgotten: &Forgotten, secrets: &Path, missing: &[PathBuf]) -> Vec<String> {
    let mut notes = Vec::new();
    if !forgotten.secret_found {
        notes.push(format!(
            "The token secret was not in {}: an earlier run destroyed it, or the server keeps its \
             secrets elsewhere; then run this again with that --secrets.",
            secrets.display()
        ));
    }
    for path in missing {
        notes.push(format!(
            "There was no {}: an earlier run destroyed it, or it lies elsewhere.",
            path.display()
        ));
    }
    if let Some(Scrubbed::Postgres(kept)) = &forgotten.scrubbed {
        notes.extend(of_postgres(kept));
    }
    notes.push(
        "Not destroyed, where they lie elsewhere: copies of the release key; backups of the \
         database and of the secrets; snapshots of the disk. Without the release key no copy can \
         be read: destroy that first, then the backups. `senim backup --remove-past` takes a new \
         one without this wave and destroys those beside it that hold it."
            .to_owned(),
    );
    notes.push(
        "Blocks that files gave back keep their bytes until the disk uses them again; on a disk \
         that is encrypted as a whole nobody without its key reads them."
            .to_owned(),
    );
    notes
}

fn of_postgres(kept: &KeptByPostgres) -> Vec<String> {
    let mut notes = Vec::new();
    for (statement, reason) in &kept.refused {
        notes.push(format!(
            "This role may not run `{statement}` ({reason}). Have an administrator run \
             `select pg_switch_wal(); checkpoint;`: until then files of the wave and the \
             write-ahead log keep what was destroyed."
        ));
    }
    if kept.recycles {
        notes.push(
            "wal_recycle is on: PostgreSQL keeps old files of its write-ahead log, with what was \
             destroyed, and writes over them later. Set wal_recycle=off before a wave opens; now, \
             have it written over: after `alter system set wal_recycle = off` and a reload, run \
             `select pg_switch_wal(); checkpoint;` until the files in pg_wal are newer than this."
                .to_owned(),
        );
    }
    if let Some(mode) = &kept.archive {
        notes.push(format!(
            "archive_mode is {mode}: the archive of the write-ahead log holds what was destroyed; \
             delete it up to now and take a new base backup."
        ));
    }
    if let Some(size) = &kept.keeps {
        notes.push(format!(
            "wal_keep_size is {size}: so much of the write-ahead log is kept in pg_wal."
        ));
    }
    if kept.slots > 0 {
        notes.push(format!(
            "{} replication slots hold back the write-ahead log, and whoever reads from them has \
             copies: let them catch up, then run `checkpoint`, and forget there too.",
            kept.slots
        ));
    }
    notes
}
