use super::{CommandError, files};
use crate::command_line::Replay;
use crate::definitions::Definitions;

/// `senim replay`
pub async fn run(options: Replay) -> Result<(), CommandError> {
    let password = files::password(&options.password_file)?;
    let definitions = Definitions::shipped()?;
    let definition = definitions.latest(&options.definition).ok_or_else(|| {
        let known: Vec<_> = definitions.all().map(|one| one.survey.id.clone()).collect();
        CommandError::Usage(format!(
            "there is no survey definition \"{}\"; this program has {}",
            options.definition,
            known.join(", ")
        ))
    })?;
    let summary = crate::replay::run(&options, &password, definition).await?;
    eprintln!("{summary}");
    Ok(())
}
