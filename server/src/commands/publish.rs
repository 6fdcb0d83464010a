use super::CommandError;
use crate::clock::Clock;
use crate::command_line::Publish;
use crate::random::Random;
use crate::release_job::{self, MadeRelease};
use crate::storage::Storage;

/// `senim publish`
pub async fn run(options: Publish) -> Result<(), CommandError> {
    let made = MadeRelease::read(&options.release)?;
    let storage = Storage::connect(&options.database.database).await?;
    let given = (&Clock::system(), &Random::system());
    let report = release_job::bring_back(&storage, given, options.wave, &made).await?;
    super::release::released(&report);
    Ok(())
}
