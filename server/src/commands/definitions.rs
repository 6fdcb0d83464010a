use super::{CommandError, authoring, files};
use crate::command_line::Definitions;
use std::fs;
use std::path::{Path, PathBuf};
use survey_definitions::{Mistakes, Module, Need, NeutralTasks, NextSteps, Survey};

/// `senim definition`
#[allow(clippy::print_stdout, reason = "the command's output")]
pub fn run(command: Definitions) -> Result<(), CommandError> {
    match command {
        Definitions::Check { file } => println!("{}", check(&file)?),
        Definitions::Import(options) => authoring::import(&options)?,
        Definitions::Export(options) => authoring::export(&options)?,
        Definitions::NewVersion { old, new } => authoring::new_version(&old, &new)?,
        Definitions::Schema => println!("{}", survey_definitions::json_schema()),
        Definitions::List => {
            for definition in crate::definitions::Definitions::shipped()?.all() {
                println!("{} {}", definition.survey.definition_id(), definition.sha256);
            }
        }
    }
    Ok(())
}

/// Reads a definition and what lies beside it as below `definitions/`: its next steps, and the
/// neutral tasks one folder up. A line about each that is there.
fn check(file: &Path) -> Result<String, CommandError> {
    let (survey, reference) = files::survey(file)?;
    let mut said = vec![format!(
        "{}: {} items, {} indicators, sha256 {}",
        survey.definition_id(),
        survey.items.len(),
        survey.indicators.len(),
        reference.sha256
    )];
    said.extend(survey.modules.iter().map(|module| of_module(&survey, module)));
    let next_steps = file.with_extension("next_steps.json");
    if let Some(next) = beside(next_steps, |text| NextSteps::parse(text, &survey))? {
        let (themes, rules) = (next.themes.len(), next.rules.len());
        said.push(format!("next steps: {themes} themes, {rules} rules"));
    }
    let folder = file.parent().unwrap_or(Path::new(""));
    if let Some(tasks) = beside(folder.join("../neutral_tasks.json"), NeutralTasks::parse)? {
        let (junior, senior) = (tasks.junior.len(), tasks.senior.len());
        said.push(format!("neutral tasks: {junior} junior, {senior} senior"));
    }
    Ok(said.join("\n"))
}

/// How many items of each need a module has.
fn of_module(survey: &Survey, module: &Module) -> String {
    let items = survey.items.iter().filter(|item| item.module.as_ref() == Some(&module.id));
    let mut needs = [0; 3];
    for item in items {
        let [core, optional, adaptable] = &mut needs;
        *match item.need {
            Need::Core => core,
            Need::Optional => optional,
            Need::Adaptable => adaptable,
        } += 1;
    }
    let [core, optional, adaptable] = needs;
    format!("module {}: {core} core, {optional} optional, {adaptable} adaptable", module.id)
}

/// What a file holds; `None` when there is no such file.
fn beside<T>(
    path: PathBuf,
    parse: impl FnOnce(&str) -> Result<T, Mistakes>,
) -> Result<Option<T>, CommandError> {
    if !path.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(&path).map_err(CommandError::file(&path))?;
    let parsed = parse(&text);
    parsed.map(Some).map_err(|mistakes| CommandError::Beside { path, mistakes })
}
