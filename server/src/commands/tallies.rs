use super::{CommandError, files};
use crate::command_line::{Format, Tallies};
use crate::definitions::Definitions;
use crate::random::Random;
use crate::release_job;
use crate::storage::Storage;
use std::io::{self, Write};

/// `senim tallies`
pub async fn run(options: Tallies) -> Result<(), CommandError> {
    let Format::Csv = options.format;
    if let Some(counted) = files::count(&options.files)? {
        return print(&[counted.tallies]);
    }
    let (Some(wave), Some(key)) = (options.wave.wave, &options.wave.release_key) else {
        return Err(CommandError::Usage(
            "give either --data, --definition and --structure, or --wave and --release-key"
                .to_owned(),
        ));
    };
    let key = files::release_key(key)?;
    let storage = Storage::connect(&options.wave.database.database).await?;
    let wave = release_job::check(&storage, wave, &key).await?;
    let definitions = Definitions::with_folder(options.wave.definitions.folder.as_deref())?;
    let random = Random::system();
    let bar = super::release::bar();
    let opened = release_job::open(&storage, &definitions, &random, &wave, &key, |done, total| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    })
    .await?;
    bar.finish_and_clear();
    if opened.unreadable > 0 {
        eprintln!("{} envelopes could not be read and are not counted", opened.unreadable);
    }
    let mut all = Vec::new();
    for one in opened.definitions {
        all.push(release_job::tally(one).await?.2);
    }
    print(&all)
}

/// One header, then the rows of every definition.
fn print(all: &[analysis::Tallies]) -> Result<(), CommandError> {
    let mut text = Vec::new();
    for (index, tallies) in all.iter().enumerate() {
        let mut one = Vec::new();
        tallies.write_csv(&mut one).map_err(CommandError::Output)?;
        let header = one.iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        text.extend_from_slice(if index == 0 { &one } else { &one[header..] });
    }
    match io::stdout().write_all(&text) {
        // `senim tallies | head` is not an error.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(CommandError::Output),
    }
}
