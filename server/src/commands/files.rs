use super::CommandError;
use crate::command_line::FromFiles;
use crate::definitions::hex;
use analysis::{Columns, DefinitionRef, Structure, Tallies};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use survey_definitions::Survey;
use zeroize::Zeroizing;

/// What `--data`, `--definition` and `--structure` hold, counted.
pub struct Counted {
    pub survey: Survey,
    pub reference: DefinitionRef,
    pub structure: Structure,
    pub tallies: Tallies,
}

/// Reads and counts the files; `None` when none were given.
pub fn count(files: &FromFiles) -> Result<Option<Counted>, CommandError> {
    let (Some(data), Some(definition), Some(structure)) =
        (&files.data, &files.definition, &files.structure)
    else {
        return Ok(None);
    };
    let (survey, reference) = survey(definition)?;
    let structure_text = fs::read(structure).map_err(CommandError::file(structure))?;
    let classes = Structure::parse_csv(&structure_text)
        .map_err(|mistakes| CommandError::Data { path: structure.clone(), mistakes })?;
    let bytes = fs::read(data).map_err(CommandError::file(data))?;
    let is_parquet = data.extension().is_some_and(|extension| extension == "parquet");
    let columns = if is_parquet {
        Columns::read_parquet(&survey, &classes, &bytes)
    } else {
        Columns::read_csv(&survey, &classes, bytes.as_slice())
    }
    .map_err(|mistakes| CommandError::Data { path: data.clone(), mistakes })?;
    let tallies = Tallies::of(&survey, &classes, &columns)?;
    Ok(Some(Counted { survey, reference, structure: classes, tallies }))
}

/// A definition file, parsed.
pub fn survey(path: &Path) -> Result<(Survey, DefinitionRef), CommandError> {
    let text = fs::read_to_string(path).map_err(CommandError::file(path))?;
    let survey = Survey::parse(&text)
        .map_err(|mistakes| CommandError::Definition { path: path.to_owned(), mistakes })?;
    let reference = DefinitionRef {
        id: survey.id.clone(),
        version: survey.version,
        sha256: hex(&Sha256::digest(text.as_bytes())),
    };
    Ok((survey, reference))
}

/// The first line of a password file.
pub fn password(path: &Path) -> Result<Zeroizing<String>, CommandError> {
    let text = Zeroizing::new(fs::read_to_string(path).map_err(CommandError::file(path))?);
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(Zeroizing::new(line.to_owned())),
        _ => Err(CommandError::Usage(format!("{}: the first line is empty", path.display()))),
    }
}
