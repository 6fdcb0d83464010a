use super::CommandError;
use super::forget::{doing, show};
use crate::clock::Clock;
use crate::command_line::{Retire, WaveCommand};
use crate::erasure;
use crate::storage::{Storage, waves};
use jiff::Span;

/// `senim wave`
pub async fn run(command: WaveCommand) -> Result<(), CommandError> {
    match command {
        WaveCommand::Retire(options) => retire(options).await,
    }
}

async fn retire(options: Retire) -> Result<(), CommandError> {
    let storage = Storage::connect(&options.database.database).await?;
    let clock = Clock::system();
    let since = clock.today().saturating_sub(Span::new().days(i64::from(options.keep_days)));
    let past = waves::released_before(&storage, since).await?;
    if past.is_empty() {
        eprintln!("No wave was released before {since} and still has what pupils sent.");
    }
    for wave in past {
        if options.dry_run {
            eprintln!("wave \"{}\" ({}) would be forgotten", wave.name, wave.id);
            continue;
        }
        eprintln!("wave \"{}\"", wave.name);
        let progress = |step| eprintln!("{}", doing(step));
        let secrets = &options.secrets;
        let forgotten = erasure::forget(&storage, &clock, secrets, &[], wave.id, progress).await?;
        show(&forgotten, secrets, &[]);
    }
    storage.close().await;
    Ok(())
}
