use super::{CommandError, files};
use crate::command_line::Definitions;

/// `senim definitions`
#[allow(clippy::print_stdout, reason = "the command's output")]
pub fn run(command: Definitions) -> Result<(), CommandError> {
    match command {
        Definitions::Check { file } => {
            let (survey, reference) = files::survey(&file)?;
            println!(
                "{}: {} items, {} indicators, sha256 {}",
                survey.definition_id(),
                survey.items.len(),
                survey.indicators.len(),
                reference.sha256
            );
        }
        Definitions::Schema => println!("{}", survey_definitions::json_schema()),
        Definitions::List => {
            for definition in crate::definitions::Definitions::shipped()?.all() {
                println!("{} {}", definition.survey.definition_id(), definition.sha256);
            }
        }
    }
    Ok(())
}
