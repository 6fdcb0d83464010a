use super::{CommandError, files, keys};
use crate::clock::Clock;
use crate::command_line::{FromWave, Release};
use crate::definitions::Definitions;
use crate::random::Random;
use crate::release_job::{self, MadeRelease, Report, SealedWave};
use crate::storage::Storage;
use crate::whole_file::WholeFile;
use indicatif::{ProgressBar, ProgressStyle};
use std::fs;
use std::io::BufWriter;
use std::path::Path;
use uuid::Uuid;

const NO_OUT: &str = "--out says where to write it";

/// `senim release`
pub async fn run(options: Release) -> Result<(), CommandError> {
    let out = options.out.as_deref();
    if let Some(counted) = files::count(&options.files)? {
        return of_files(counted, out);
    }
    match (options.wave.wave, &options.wave.envelopes) {
        (Some(wave), _) => of_database(wave, &options.wave, out).await,
        (None, Some(envelopes)) => {
            let out = out.ok_or_else(|| CommandError::Usage(NO_OUT.to_owned()))?;
            of_envelopes(envelopes, &options.wave, out).await
        }
        (None, None) => Err(CommandError::Usage(
            "give --wave and --release-key, or --envelopes, --release-key and --out, or --data, \
             --definition, --structure and --out"
                .to_owned(),
        )),
    }
}

fn of_files(counted: files::Counted, out: Option<&Path>) -> Result<(), CommandError> {
    let out = out.ok_or_else(|| CommandError::Usage(NO_OUT.to_owned()))?;
    let (survey, structure) = (&counted.survey, &counted.structure);
    let protected =
        analysis::protect("files", counted.reference, survey, structure, &counted.tallies)?;
    let file = fs::File::create(out).map_err(CommandError::file(out))?;
    protected.write_json_lines(BufWriter::new(file)).map_err(CommandError::file(out))
}

async fn of_database(
    wave: Uuid,
    options: &FromWave,
    out: Option<&Path>,
) -> Result<(), CommandError> {
    let key = keys::release_key(&options.key)?;
    let storage = Storage::connect(&options.database.database).await?;
    let definitions = Definitions::with_folder(options.definitions.folder.as_deref())?;
    let bar = bar();
    let given = (&Clock::system(), &Random::system());
    let report =
        release_job::run(&storage, &definitions, given, wave, &key, shown_on(&bar)).await?;
    bar.finish_and_clear();
    released(&report);
    if let Some(out) = out {
        let all = crate::storage::releases::all(&storage, wave).await?;
        let text: String = all.iter().map(analysis::Release::write_json_lines).collect();
        fs::write(out, text).map_err(CommandError::file(out))?;
    }
    Ok(())
}

async fn of_envelopes(
    envelopes: &Path,
    options: &FromWave,
    out: &Path,
) -> Result<(), CommandError> {
    if out.exists() {
        let exists = format!("{} exists already; name another file", out.display());
        return Err(CommandError::Usage(exists));
    }
    let key = keys::release_key(&options.key)?;
    let sealed = SealedWave::of_file(envelopes)?;
    let definitions = Definitions::with_folder(options.definitions.folder.as_deref())?;
    let (bar, random) = (bar(), Random::system());
    let (releases, report) =
        release_job::make(&sealed, &definitions, &random, &key, shown_on(&bar)).await?;
    bar.finish_and_clear();
    let envelopes_sha256 = sealed.file_sha256().unwrap_or_default().to_owned();
    let made = MadeRelease { wave: sealed.id, envelopes_sha256, report, releases };
    WholeFile::write(out, &made.text()).map_err(CommandError::file(out))?;
    eprintln!(
        "made, not published yet: {}. Where the database is:\n\
         senim publish RELEASE --wave {} --database URL",
        counts(&report),
        sealed.id
    );
    Ok(())
}

/// Says what was published.
pub(super) fn released(report: &Report) {
    eprintln!("released: {}", counts(report));
}

fn counts(report: &Report) -> String {
    let Report { responses, unreadable, groups } = report;
    format!("{responses} responses, {groups} groups; {unreadable} envelopes could not be read")
}

/// Classes opened so far; nothing when the output is not a terminal.
pub(super) fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("opening {bar:40} {pos}/{len} classes, {eta} left");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

pub(super) fn shown_on(bar: &ProgressBar) -> impl FnMut(usize, usize) {
    |done, total| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    }
}
