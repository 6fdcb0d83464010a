use super::export_file::ExportFile;
use super::{ReleaseError, check_key};
use crate::definitions::{Definition, Definitions};
use crate::storage::wave_classes::{self, FrozenPlace};
use crate::storage::waves::{self, GradeDefinition, Wave};
use crate::storage::{Storage, StorageError, envelopes};
use analysis::ClassPlace;
use protocol::{ReleaseKey, ReleasePublicKey};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

/// A closed wave before it is opened: what was frozen of it and where its envelopes are.
pub struct SealedWave {
    pub id: Uuid,
    pub name: String,
    pub release_key: ReleasePublicKey,
    pub definitions: Vec<GradeDefinition>,
    /// By class code.
    pub classes: Vec<SealedClass>,
    envelopes: Envelopes,
}

enum Envelopes {
    Database(Storage),
    File(ExportFile),
}

/// A class of the wave, as it was when the wave opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedClass {
    pub id: Uuid,
    pub region: String,
    pub district: String,
    pub school: String,
    pub class: String,
    pub grade: String,
    pub language: String,
    pub enrolment: u32,
}

impl SealedWave {
    /// A wave in a database, which the caller has found closed.
    pub async fn of_database(storage: &Storage, wave: &Wave) -> Result<Self, ReleaseError> {
        let places = wave_classes::places(storage, wave.id).await?;
        let mut classes =
            places.into_iter().map(SealedClass::try_from).collect::<Result<Vec<_>, _>>()?;
        // Databases order text each in its own way.
        classes.sort_by(|a, b| a.class.cmp(&b.class));
        Ok(Self {
            id: wave.id,
            name: wave.name.clone(),
            release_key: wave.release_key,
            definitions: waves::definitions(storage, wave.id).await?,
            classes,
            envelopes: Envelopes::Database(storage.clone()),
        })
    }

    /// What `senim envelopes` wrote, checked from its first to its last line.
    pub fn of_file(path: &Path) -> Result<Self, ReleaseError> {
        let (header, file) = ExportFile::check(path)?;
        Ok(Self {
            id: header.wave,
            name: header.name,
            release_key: header.release_public_key.0,
            definitions: header.definitions.into_iter().map(GradeDefinition::from).collect(),
            classes: header.classes,
            envelopes: Envelopes::File(file),
        })
    }

    /// The SHA-256 that the file of envelopes ends with, where there is one.
    pub fn file_sha256(&self) -> Option<&str> {
        match &self.envelopes {
            Envelopes::Database(_) => None,
            Envelopes::File(file) => Some(&file.sha256),
        }
    }

    /// The envelopes of a class by its place in `classes`, as base64url.
    pub async fn envelopes(&self, class: usize) -> Result<Vec<String>, ReleaseError> {
        let Some(SealedClass { id, .. }) = self.classes.get(class) else { return Ok(vec![]) };
        match &self.envelopes {
            Envelopes::Database(storage) => Ok(envelopes::of_class(storage, self.id, *id).await?),
            Envelopes::File(file) => file.of_class(class),
        }
    }

    /// The database of its envelopes, where they are in one.
    #[cfg(feature = "planted")]
    pub fn storage(&self) -> Option<&Storage> {
        match &self.envelopes {
            Envelopes::Database(storage) => Some(storage),
            Envelopes::File(_) => None,
        }
    }

    pub fn check_key(&self, key: &ReleaseKey) -> Result<(), ReleaseError> {
        check_key(&self.name, &self.release_key, key)
    }

    /// The definition of each grade, which must be the one that the wave was opened with.
    pub fn by_grade(
        &self,
        definitions: &Definitions,
    ) -> Result<HashMap<String, Arc<Definition>>, ReleaseError> {
        let find = |row: &GradeDefinition| {
            let definition = definitions
                .get(&row.definition)
                .ok_or_else(|| ReleaseError::UnknownDefinition(row.definition.clone()))?;
            match definition.sha256 == row.sha256 {
                true => Ok((row.grade.clone(), definition.clone())),
                false => Err(ReleaseError::ChangedDefinition(row.definition.clone())),
            }
        };
        self.definitions.iter().map(find).collect()
    }
}

impl SealedClass {
    pub fn place(&self, definition: &Definition) -> ClassPlace {
        ClassPlace {
            region: self.region.clone(),
            district: self.district.clone(),
            school: self.school.clone(),
            class: self.class.clone(),
            grade: self.grade.clone(),
            form: definition.survey.form.code().to_owned(),
            language: self.language.clone(),
            enrolment: self.enrolment,
        }
    }
}

impl TryFrom<FrozenPlace> for SealedClass {
    type Error = StorageError;

    fn try_from(place: FrozenPlace) -> Result<Self, StorageError> {
        let content = |expected, value: String| StorageError::Content { expected, value };
        Ok(Self {
            id: Uuid::parse_str(&place.class_id)
                .map_err(|_| content("an id", place.class_id.clone()))?,
            region: place.region,
            district: place.district,
            school: place.school,
            class: place.class,
            grade: place.grade,
            language: place.language,
            enrolment: u32::try_from(place.enrolment)
                .map_err(|_| content("an enrolment", place.enrolment.to_string()))?,
        })
    }
}
