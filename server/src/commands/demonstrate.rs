use super::CommandError;
use crate::clock::Clock;
use crate::command_line::Demonstrate;
use crate::definitions::Definitions;
use crate::demonstration::{self, Filling};
use crate::keys::{self, Protection};
use crate::provider::ProviderSettings;
use crate::random::Random;
use crate::run::Prepared;
use crate::secrets::Secrets;
use crate::serving::NetworkSettings;
use crate::settings::{DatabaseSettings, DefinitionSettings, IDLE_SECONDS, RECORD_DAYS, Settings};
use crate::storage::{Storage, WAITING};
use indicatif::{ProgressBar, ProgressStyle};
use std::fs;
use std::path::Path;

const SEED: u64 = 2026;
const SHOWN_SLIPS: usize = 5;

/// `senim demonstrate`
pub async fn run(options: Demonstrate) -> Result<(), CommandError> {
    crate::run::log_to_stderr();
    if !options.address.ip().is_loopback() {
        return Err(CommandError::Usage(format!(
            "the demonstration has public passwords and its key beside its database: it is served \
             on a loopback address such as 127.0.0.1:8080, not on {}",
            options.address
        )));
    }
    let country = options.directory.join("country");
    if !country.exists() {
        fill(&options.directory, &country).await?;
    }
    let settings = Settings {
        waiting: WAITING,
        database: DatabaseSettings { database: database_url(&country) },
        address: options.address,
        secrets: country.join("secrets"),
        public_url: None,
        help_contacts: None,
        school_calendar: None,
        idle_seconds: IDLE_SECONDS,
        recordings: None,
        keep_record_days: RECORD_DAYS,
        definitions: DefinitionSettings { folder: None },
        provider: ProviderSettings::default(),
        network: NetworkSettings::default(),
        pilot: true,
    };
    let server = crate::run::prepare(&settings).await?;
    welcome(&server).await?;
    Ok(server.serve().await?)
}

fn database_url(directory: &Path) -> String {
    format!("sqlite://{}", directory.join("senim.sqlite").display())
}

/// Fills a directory beside and moves it into place when it is complete: an interrupted start
/// leaves no half country.
async fn fill(directory: &Path, country: &Path) -> Result<(), CommandError> {
    let filling = directory.join("filling");
    if filling.exists() {
        fs::remove_dir_all(&filling).map_err(CommandError::file(&filling))?;
    }
    fs::create_dir_all(&filling).map_err(CommandError::file(&filling))?;
    eprintln!("making the demonstration country (2,500 pupils, two waves)");
    let (clock, random) = (Clock::system(), Random::system());
    let definitions = Definitions::shipped()?;
    let storage = Storage::connect(&database_url(&filling)).await?;
    let secrets = Secrets::open(&filling.join("secrets"), &Random::system(), false)?;
    let key_file = filling.join("release-key");
    let key = keys::make(&key_file, &Protection::Unprotected, &Random::system())?;
    let bar = bar();
    let made = demonstration::fill(
        &Filling {
            storage: &storage,
            secrets: &secrets,
            definitions: &definitions,
            clock: &clock,
            random: &random,
            answers: &Random::seeded(SEED),
            key: &key,
        },
        |what, done, total| {
            bar.set_message(what.to_owned());
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        },
    )
    .await;
    bar.finish_and_clear();
    storage.close().await;
    made.map_err(|error| CommandError::Usage(error.to_string()))?;
    fs::rename(&filling, country).map_err(CommandError::file(country))
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {bar:40} {pos}/{len} classes, {eta} left");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Opens a lesson with fresh slips and says how to go in.
#[allow(clippy::print_stdout, reason = "the command's output")]
async fn welcome(server: &Prepared) -> Result<(), CommandError> {
    let url = server.url();
    println!("\nSenim is at {url}\n");
    if let Some((link, slips)) = server.open_demonstration_lesson().await? {
        println!("A pupil answers at {link} with one of these slips:");
        for slip in slips.iter().take(SHOWN_SLIPS) {
            println!("  {slip}");
        }
    }
    println!("\nStaff sign in at {url}/sign-in, password \"{}\":", demonstration::PASSWORD);
    for (name, _, what) in demonstration::PEOPLE {
        println!("  {name:<12} {what}");
    }
    println!("\nCtrl-C stops. Everything is kept for the next start.\n");
    Ok(())
}
