use super::CommandError;
use super::recipients::recipients;
use crate::clock::Clock;
use crate::command_line::Slips;
use crate::definitions::Definitions;
use crate::pdf::Printer;
use crate::random::Random;
use crate::secrets::Secrets;
use crate::slip_files::{Made, SlipFiles};
use crate::slip_making::SlipMaker;
use crate::storage::{Storage, slips, waves};
use indicatif::{ProgressBar, ProgressStyle};
use std::sync::Arc;

/// `senim slips`
pub async fn run(options: Slips) -> Result<(), CommandError> {
    let recipients = recipients("--recipient", &options.recipient)?;
    let storage = Storage::connect(&options.database.database).await?;
    let wave = waves::by_id(&storage, options.wave).await?;
    let wave = wave.ok_or_else(|| CommandError::Usage(format!("no wave {}", options.wave)))?;
    let random = Random::system();
    let secrets = Secrets::open(&options.secrets, &random, slips::exist(&storage).await?)?;
    let files = SlipFiles {
        maker: SlipMaker {
            storage,
            clock: Clock::system(),
            random,
            secrets: Arc::new(secrets),
            definitions: Definitions::with_folder(options.definitions.folder.as_deref())?,
            public_url: options.public_url.trim_end_matches('/').into(),
        },
        printer: Printer::default(),
        wave,
        directory: options.out.clone(),
        recipients: Arc::new(recipients),
        language: options.language.into(),
        again: options.again,
    };
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} schools, {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let made = files
        .make(|done, total| {
            bar.set_length(total.into());
            bar.set_position(done.into());
        })
        .await?;
    bar.finish_and_clear();
    tell(&options, made);
    Ok(())
}

fn tell(options: &Slips, made: Made) {
    eprintln!(
        "{} slips of {} classes on {} pages are in {} ({} files, {} there before).",
        made.slips,
        made.classes,
        made.pages,
        options.out.display(),
        made.files,
        made.there
    );
    if made.left_alone > 0 {
        eprintln!(
            "{} classes had slips already and were left alone: with --again theirs are made anew, \
             and unused ones stop working.",
            made.left_alone
        );
    }
    if options.unencrypted {
        eprintln!("Whoever has these files can answer in pupils' place: print, then destroy them.");
    } else {
        eprintln!(
            "Whoever prints opens a file with: age --decrypt --identity KEY FILE > slips.pdf"
        );
    }
}
