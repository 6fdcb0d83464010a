use super::{CommandError, files};
use crate::command_line::Release;
use crate::definitions::Definitions;
use crate::random::Random;
use crate::release_job;
use crate::storage::Storage;
use indicatif::{ProgressBar, ProgressStyle};
use std::fs;

/// `senim release`
pub async fn run(options: Release) -> Result<(), CommandError> {
    if let Some(counted) = files::count(&options.files)? {
        let out = options
            .out
            .ok_or_else(|| CommandError::Usage("--out says where to write it".to_owned()))?;
        let (survey, structure) = (&counted.survey, &counted.structure);
        let release =
            analysis::release("files", counted.reference, survey, structure, &counted.tallies)?;
        return fs::write(&out, release.write_json_lines()).map_err(CommandError::file(&out));
    }
    let (Some(wave), Some(key)) = (options.wave.wave, &options.wave.release_key) else {
        return Err(CommandError::Usage(
            "give either --wave and --release-key, or --data, --definition, --structure and --out"
                .to_owned(),
        ));
    };
    let key = files::release_key(key)?;
    let storage = Storage::connect(&options.wave.database.database).await?;
    let definitions = Definitions::with_folder(options.wave.definitions.folder.as_deref())?;
    let bar = bar();
    let progress = |done: usize, total: usize| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    };
    let report =
        release_job::run(&storage, &definitions, &Random::system(), wave, &key, progress).await?;
    bar.finish_and_clear();
    eprintln!(
        "released: {} responses, {} groups; {} envelopes could not be read",
        report.responses, report.groups, report.unreadable
    );
    if let Some(out) = options.out {
        let all = crate::storage::releases::all(&storage, wave).await?;
        let text: String = all.iter().map(analysis::Release::write_json_lines).collect();
        fs::write(&out, text).map_err(CommandError::file(&out))?;
    }
    Ok(())
}

/// Classes opened so far; nothing when the output is not a terminal.
pub(super) fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("opening {bar:40} {pos}/{len} classes, {eta} left");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
