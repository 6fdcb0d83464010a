//! Definitions from and for other programs, and from version to version.

use super::{CommandError, files, print};
use crate::authoring::{self, Unsaid};
use crate::command_line::{ExportDefinition, ImportDefinition, OtherFormat};
use std::fs;
use std::path::Path;
use survey_definitions::{Mistake, Mistakes};

/// What every workbook begins with.
const WORKBOOK: &[u8] = b"PK\x03\x04";

pub(super) fn import(options: &ImportDefinition) -> Result<(), CommandError> {
    let path = &options.file;
    let file = fs::read(path).map_err(CommandError::file(path))?;
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let id = options.id.clone().or_else(|| authoring::id_of(&stem.unwrap_or_default()));
    let unsaid = Unsaid {
        id: id.unwrap_or_else(|| "survey".to_owned()),
        language: options.language,
        form: options.form,
    };
    let imported = if file.starts_with(WORKBOOK) {
        authoring::from_xlsform(&file, &unsaid)
    } else {
        authoring::from_surveyjs(&file, &unsaid)
    };
    let imported = imported.map_err(exchange(path, "imported"))?;
    tell(&imported.notes);
    let text = serde_json::to_string_pretty(&imported.survey)
        .map_err(|error| CommandError::Usage(error.to_string()))?;
    match &options.out {
        Some(out) => fs::write(out, format!("{text}\n")).map_err(CommandError::file(out)),
        None => print(format!("{text}\n").as_bytes()),
    }
}

pub(super) fn export(options: &ExportDefinition) -> Result<(), CommandError> {
    let (survey, _) = files::survey(&options.file)?;
    let exported = match options.to {
        OtherFormat::Xlsform => authoring::to_xlsform(&survey),
        OtherFormat::Surveyjs => authoring::to_surveyjs(&survey),
    };
    let exported = exported.map_err(exchange(&options.file, "exported"))?;
    tell(&exported.notes);
    fs::write(&options.out, exported.file).map_err(CommandError::file(&options.out))
}

pub(super) fn new_version(old: &Path, new: &Path) -> Result<(), CommandError> {
    let ((before, _), (now, _)) = (files::survey(old)?, files::survey(new)?);
    if before.id != now.id || before.version >= now.version {
        let (before, now) = (before.definition_id(), now.definition_id());
        let problem = format!("{now} is no new version of {before}: same id, higher version");
        return Err(CommandError::Usage(problem));
    }
    let comparison = authoring::compare(&before, &now);
    let wrong = comparison.wrong.iter().map(|mistake| format!("wrong: {mistake}\n"));
    let said = format!("{comparison}\n{}", wrong.collect::<String>());
    print(said.as_bytes())?;
    match comparison.wrong.len() {
        0 => Ok(()),
        troubles => Err(CommandError::Troubles { troubles }),
    }
}

fn tell(notes: &[Mistake]) {
    for note in notes {
        eprintln!("{note}");
    }
}

fn exchange(path: &Path, done: &'static str) -> impl FnOnce(Mistakes) -> CommandError {
    let path = path.to_owned();
    move |mistakes| CommandError::Exchange { path, done, mistakes }
}
