//! A wave's life up to its close: created, opened (classes and enrolment frozen), closed.

mod closing;
mod freezing;

pub use closing::{close, close_ended, in_lesson_time, intake_ends, takes_responses};
pub use freezing::{classes_of, classes_of_grades, decide, open};

use crate::definitions::Definitions;
use crate::random::Random;
use crate::secrets::{Secrets, SecretsError};
use crate::storage::units::Unit;
use crate::storage::waves::{self, GradeDefinition, Wave, WaveState};
use crate::storage::{Storage, StorageError};
use crate::wave_rules::{self, Obstacle};
use jiff::civil::Date;
use protocol::{Place, ReleasePublicKey};
use serde::{Deserialize, Serialize};
use survey_definitions::{DefinitionId, packed_length};
use uuid::Uuid;

/// What a new wave needs.
#[derive(Debug, Clone)]
pub struct NewWave {
    pub id: Uuid,
    pub name: String,
    pub scope: Unit,
    pub first_day: Date,
    pub last_day: Date,
    pub release_key: ReleasePublicKey,
    pub definitions: Vec<DefinitionForGrades>,
}

/// A definition and the grades that answer it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefinitionForGrades {
    #[serde(flatten)]
    pub definition: DefinitionId,
    pub grades: Vec<String>,
}

/// Why a wave cannot be created, opened or closed.
#[derive(Debug, thiserror::Error)]
pub enum WaveError {
    #[error("there is no survey definition \"{0}\"")]
    UnknownDefinition(DefinitionId),
    #[error(
        "\"{0}\" is not for classes: it is made for parents, or has conditions that no tablet can tell"
    )]
    NotForClasses(DefinitionId),
    #[error("a wave needs at least one definition with at least one grade")]
    NoDefinition,
    #[error("the wave ends ({last}) before it begins ({first})")]
    Days { first: Date, last: Date },
    #[error("there is another wave under this id")]
    Exists,
    #[error(
        "this release public key cannot be sealed to; `senim keys show FILE` prints the right one"
    )]
    ReleaseKey,
    #[error("four characters do not name so many classes; forget old waves first")]
    NoClassParts,
    #[error("no class of the wave's grades exists in its scope")]
    NoClasses,
    #[error(transparent)]
    Obstacle(#[from] Obstacle),
    #[error("the wave is {0}, so this cannot be done now")]
    State(&'static str),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Secrets(#[from] SecretsError),
}

impl NewWave {
    /// Whether this is the same request as the one that made `wave`.
    fn is(&self, wave: &Wave) -> bool {
        (&self.name, self.scope, self.first_day, self.last_day, self.release_key)
            == (&wave.name, wave.scope, wave.first_day, wave.last_day, wave.release_key)
    }
}

/// Creates a wave in draft. The same request again finds it there and changes nothing.
pub async fn create(
    storage: &Storage,
    secrets: &Secrets,
    definitions: &Definitions,
    random: &Random,
    new: NewWave,
) -> Result<Wave, WaveError> {
    if let Some(wave) = waves::by_id(storage, new.id).await? {
        return if new.is(&wave) { Ok(wave) } else { Err(WaveError::Exists) };
    }
    let place = Place { wave: new.id, class: new.id };
    random.draw(|rng| new.release_key.seal(rng, place, &[])).map_err(|_| WaveError::ReleaseKey)?;
    if new.last_day < new.first_day {
        return Err(WaveError::Days { first: new.first_day, last: new.last_day });
    }
    let (by_grade, packed_length) = resolve(definitions, &new.definitions)?;
    let grades = by_grade.iter().map(|row| row.grade.clone()).collect();
    let classes = classes_of_grades(storage, new.scope, &grades).await?;
    let classes = classes.iter().map(|class| class.id).collect();
    if let Some(obstacle) = wave_rules::obstacle(storage, &classes, new.first_day).await? {
        return Err(obstacle.into());
    }
    // A secret without its wave is left from a start that failed before the row was written.
    let issuer = match secrets.find_issuer(new.id)? {
        Some(issuer) => issuer,
        None => secrets.make_issuer(new.id, random)?,
    };
    let wave = Wave {
        id: new.id,
        name: new.name,
        state: WaveState::Draft,
        scope: new.scope,
        first_day: new.first_day,
        last_day: new.last_day,
        packed_length,
        token_key: issuer.public_key(),
        release_key: new.release_key,
    };
    waves::create(storage, &wave, &by_grade).await?;
    Ok(wave)
}

/// One row a grade, and the length that holds a response to any of the definitions.
fn resolve(
    definitions: &Definitions,
    wanted: &[DefinitionForGrades],
) -> Result<(Vec<GradeDefinition>, usize), WaveError> {
    let mut rows = Vec::new();
    let mut longest = 0;
    for DefinitionForGrades { definition: id, grades } in wanted {
        let definition =
            definitions.get(id).ok_or_else(|| WaveError::UnknownDefinition(id.clone()))?;
        if !definition.survey.is_for_classes() {
            return Err(WaveError::NotForClasses(id.clone()));
        }
        longest = longest.max(packed_length(&definition.answer_layout));
        rows.extend(grades.iter().map(|grade| GradeDefinition {
            grade: grade.clone(),
            definition: id.clone(),
            sha256: definition.sha256.clone(),
        }));
    }
    if rows.is_empty() { Err(WaveError::NoDefinition) } else { Ok((rows, longest)) }
}
