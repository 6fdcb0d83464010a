use super::release::{bar, shown_on};
use super::{CommandError, files, keys, print};
use crate::command_line::{Format, FromWave, Tallies};
use crate::definitions::Definitions;
use crate::random::Random;
use crate::release_job::{self, SealedWave};
use crate::storage::Storage;

/// `senim tallies`
pub async fn run(options: Tallies) -> Result<(), CommandError> {
    let Format::Csv = options.format;
    if let Some(counted) = files::count(&options.files)? {
        return print_all(&[counted.tallies]);
    }
    let sealed = sealed(&options.wave).await?;
    let key = keys::release_key(&options.wave.key)?;
    sealed.check_key(&key)?;
    let definitions = Definitions::with_folder(options.wave.definitions.folder.as_deref())?;
    let (bar, random) = (bar(), Random::system());
    let opened = release_job::open(&sealed, &definitions, &random, &key, shown_on(&bar)).await?;
    bar.finish_and_clear();
    if opened.unreadable > 0 {
        eprintln!("{} envelopes could not be read and are not counted", opened.unreadable);
    }
    let mut all = Vec::new();
    for one in opened.definitions {
        all.push(release_job::tally(one).await?.2);
    }
    print_all(&all)
}

async fn sealed(options: &FromWave) -> Result<SealedWave, CommandError> {
    match (options.wave, &options.envelopes) {
        (Some(wave), _) => {
            let storage = Storage::connect(&options.database.database).await?;
            let wave = release_job::closed_wave(&storage, wave).await?;
            Ok(SealedWave::of_database(&storage, &wave).await?)
        }
        (None, Some(envelopes)) => Ok(SealedWave::of_file(envelopes)?),
        (None, None) => Err(CommandError::Usage(
            "give --data, --definition and --structure, or --wave and --release-key, or \
             --envelopes and --release-key"
                .to_owned(),
        )),
    }
}

/// One header, then the rows of every definition.
fn print_all(all: &[analysis::Tallies]) -> Result<(), CommandError> {
    let mut text = Vec::new();
    for (index, tallies) in all.iter().enumerate() {
        let mut one = Vec::new();
        tallies.write_csv(&mut one).map_err(CommandError::Output)?;
        let header = one.iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        text.extend_from_slice(if index == 0 { &one } else { &one[header..] });
    }
    print(&text)
}
