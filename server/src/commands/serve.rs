use super::CommandError;
use crate::settings::Settings;

/// `senim serve`
pub async fn run(settings: Settings) -> Result<(), CommandError> {
    crate::run::log_to_stderr();
    let server = crate::run::prepare(&settings).await?;
    eprintln!("serving on {}", server.url());
    Ok(server.serve().await?)
}
