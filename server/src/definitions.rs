//! The survey definitions that this server can use.

use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};
use survey_definitions::{
    AnswerLayout, DefinitionId, Language, Mistakes, NextSteps, Survey, next_steps,
};

/// A definition and the hash of its text.
#[derive(Debug)]
pub struct Definition {
    pub survey: Survey,
    /// For packing and unpacking its responses.
    pub answer_layout: AnswerLayout,
    pub sha256: String,
    /// What to do next, for a definition that is shipped with it.
    pub next_steps: Option<NextSteps>,
}

/// Why the definitions cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DefinitionsError {
    #[error("a survey definition in this program has mistakes:\n{0}")]
    Shipped(#[from] Mistakes),
    #[error("{path}: {error}")]
    Read { path: PathBuf, error: io::Error },
    #[error("{path} has mistakes:\n{mistakes}")]
    Mistakes { path: PathBuf, mistakes: Mistakes },
    #[error("{path}: {id} is there already; a change needs another version")]
    Twice { path: PathBuf, id: DefinitionId },
}

/// Every definition that can be used, by id and version.
#[derive(Debug, Clone)]
pub struct Definitions(Arc<BTreeMap<DefinitionId, Arc<Definition>>>);

impl Definitions {
    /// Parses what is shipped; a mistake in it is an error of the build that a test finds first.
    pub fn shipped() -> Result<Self, DefinitionsError> {
        let all = survey_definitions::SHIPPED.iter().map(|(_, text)| definition(text));
        Ok(Self(Arc::new(all.collect::<Result<_, _>>()?)))
    }

    /// Those that are shipped and the `.json` files of a folder.
    pub fn with_folder(folder: Option<&Path>) -> Result<Self, DefinitionsError> {
        let Self(shipped) = Self::shipped()?;
        let mut all = Arc::unwrap_or_clone(shipped);
        for path in folder.map_or(Ok(Vec::new()), json_files)? {
            let text = fs::read_to_string(&path).map_err(read_error(&path))?;
            let (id, read) = definition(&text)
                .map_err(|mistakes| DefinitionsError::Mistakes { path: path.clone(), mistakes })?;
            if all.insert(id.clone(), read).is_some() {
                return Err(DefinitionsError::Twice { path, id });
            }
        }
        Ok(Self(Arc::new(all)))
    }

    pub fn get(&self, id: &DefinitionId) -> Option<&Arc<Definition>> {
        self.0.get(id)
    }

    /// The highest version of a definition.
    pub fn latest(&self, id: &str) -> Option<&Arc<Definition>> {
        self.0.iter().rev().find(|(key, _)| key.id == id).map(|(_, definition)| definition)
    }

    /// Languages in which not every text of these has been checked by native speakers: a wave with
    /// such texts is a pilot, and everything made of it says so.
    pub fn unchecked<'a>(&self, ids: impl Iterator<Item = &'a DefinitionId>) -> Vec<Language> {
        let surveys = ids.filter_map(|id| self.get(id));
        let languages: BTreeSet<_> = surveys.flat_map(|one| one.survey.unchecked()).collect();
        languages.into_iter().collect()
    }

    pub fn all(&self) -> impl Iterator<Item = &Arc<Definition>> {
        self.0.values()
    }
}

fn definition(text: &str) -> Result<(DefinitionId, Arc<Definition>), Mistakes> {
    let survey = Survey::parse(text)?;
    let sha256 = hex(&Sha256::digest(text.as_bytes()));
    let (id, answer_layout) = (survey.definition_id(), survey.answer_layout());
    let next_steps =
        next_steps(&id.id, id.version).map(|text| NextSteps::parse(text, &survey)).transpose()?;
    Ok((id, Arc::new(Definition { survey, answer_layout, sha256, next_steps })))
}

fn json_files(folder: &Path) -> Result<Vec<PathBuf>, DefinitionsError> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(read_error(folder))? {
        let path = entry.map_err(read_error(folder))?.path();
        if path.extension().is_some_and(|end| end == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read_error(path: &Path) -> impl FnOnce(io::Error) -> DefinitionsError {
    let path = path.to_owned();
    move |error| DefinitionsError::Read { path, error }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
