use super::CommandError;
use crate::settings::DatabaseSettings;
use crate::storage::{Storage, waves};

/// `senim waves`
#[allow(clippy::print_stdout, reason = "the command's output")]
pub async fn run(database: DatabaseSettings) -> Result<(), CommandError> {
    let storage = Storage::connect(&database.database).await?;
    for wave in waves::all(&storage).await? {
        println!(
            "{} {:<8} {} to {}  {}",
            wave.id,
            wave.state.code(),
            wave.first_day,
            wave.last_day,
            wave.name
        );
    }
    Ok(())
}
