//! The survey definitions that this server can use.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use survey_definitions::{DefinitionId, Mistakes, Survey};

/// A definition with the text that its hash is over.
#[derive(Debug)]
pub struct Definition {
    pub survey: Survey,
    pub text: &'static str,
    pub sha256: String,
}

/// Every definition in the binary, by id and version.
#[derive(Debug, Clone)]
pub struct Definitions(Arc<BTreeMap<DefinitionId, Arc<Definition>>>);

impl Definitions {
    /// Parses what is shipped; a mistake in it is an error of the build that a test finds first.
    pub fn shipped() -> Result<Self, Mistakes> {
        let mut all = BTreeMap::new();
        for (_, text) in survey_definitions::SHIPPED {
            let survey = Survey::parse(text)?;
            let sha256 = hex(&Sha256::digest(text.as_bytes()));
            all.insert(survey.definition_id(), Arc::new(Definition { survey, text, sha256 }));
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

    pub fn all(&self) -> impl Iterator<Item = &Arc<Definition>> {
        self.0.values()
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
