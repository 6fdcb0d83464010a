//! A wave's envelopes as a file: JSON Lines, UTF-8. The first line is the [`Header`]; then one
//! [`Line`] an envelope, class by class in the header's order, by random id within a class; the
//! last line is the [`End`]. The same database gives the same bytes.

use super::ReleaseError;
use super::sealed::{SealedClass, SealedWave};
use crate::definitions::hex;
use crate::keys::PrintedKey;
use crate::storage::waves::GradeDefinition;
use crate::storage::{Storage, envelopes};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use survey_definitions::DefinitionId;
use uuid::Uuid;

pub(super) const SCHEMA: u32 = 1;
pub(super) const KIND: &str = "senim envelopes";

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    pub kind: String,
    pub schema: u32,
    pub wave: Uuid,
    pub name: String,
    pub release_public_key: PrintedKey,
    pub definitions: Vec<OfGrade>,
    pub classes: Vec<SealedClass>,
    /// How many envelopes follow.
    pub envelopes: usize,
}

/// Which definition a grade answered.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfGrade {
    grade: String,
    id: String,
    version: u32,
    sha256: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line<'a> {
    pub id: &'a str,
    pub class: Uuid,
    /// base64url without padding.
    pub envelope: &'a str,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct End {
    pub count: usize,
    /// Of every byte before this line.
    pub sha256: String,
}

/// Writes the file of a wave in a database; how many envelopes there are and the SHA-256 of its
/// last line.
pub async fn export(
    storage: &Storage,
    wave: &SealedWave,
    out: impl Write,
) -> Result<(usize, String), ReleaseError> {
    let counted: u32 = envelopes::counts(storage, wave.id).await?.values().sum();
    let mut out = Hashing { out, hash: Sha256::new() };
    let header = Header {
        kind: KIND.to_owned(),
        schema: SCHEMA,
        wave: wave.id,
        name: wave.name.clone(),
        release_public_key: PrintedKey(wave.release_key),
        definitions: wave.definitions.iter().cloned().map(OfGrade::from).collect(),
        classes: wave.classes.clone(),
        envelopes: counted as usize,
    };
    let written = |error| ReleaseError::File { path: "the file of envelopes".into(), error };
    out.line(&header).map_err(written)?;
    let mut count = 0;
    for class in &wave.classes {
        for (id, envelope) in envelopes::rows_of_class(storage, wave.id, class.id).await? {
            let line = Line { id: &id, class: class.id, envelope: &envelope };
            out.line(&line).map_err(written)?;
            count += 1;
        }
    }
    if count != header.envelopes {
        return Err(ReleaseError::StillArriving);
    }
    let sha256 = hex(&out.hash.finalize_reset());
    out.line(&End { count, sha256: sha256.clone() })
        .and_then(|()| out.out.flush())
        .map_err(written)?;
    Ok((count, sha256))
}

struct Hashing<W> {
    out: W,
    hash: Sha256,
}

impl<W: Write> Hashing<W> {
    fn line(&mut self, line: &impl Serialize) -> io::Result<()> {
        let mut bytes = serde_json::to_vec(line)?;
        bytes.push(b'\n');
        self.hash.update(&bytes);
        self.out.write_all(&bytes)
    }
}

impl From<GradeDefinition> for OfGrade {
    fn from(row: GradeDefinition) -> Self {
        let GradeDefinition { grade, definition, sha256 } = row;
        Self { grade, id: definition.id, version: definition.version, sha256 }
    }
}

impl From<OfGrade> for GradeDefinition {
    fn from(of: OfGrade) -> Self {
        let definition = DefinitionId { id: of.id, version: of.version };
        Self { grade: of.grade, definition, sha256: of.sha256 }
    }
}
