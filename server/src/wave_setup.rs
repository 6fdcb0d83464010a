//! A wave's life up to its close: created, opened (classes and enrolment frozen), closed.

use crate::clock::Clock;
use crate::definitions::Definitions;
use crate::random::Random;
use crate::secrets::{Secrets, SecretsError};
use crate::settings::INTAKE_DAYS;
use crate::storage::class_lists::ClassLine;
use crate::storage::enrolment_changes::{self, ChangeState, EnrolmentChange};
use crate::storage::jobs::{self, Job, JobKind, JobState};
use crate::storage::units::{Class, Unit};
use crate::storage::wave_classes::{self, WaveClass};
use crate::storage::waves::{self, GradeDefinition, Wave, WaveState};
use crate::storage::{Storage, StorageError, class_lists, envelopes, erasures, partitions};
use crate::wave_rules;
use jiff::civil::Date;
use protocol::{ClassPart, Place, ReleasePublicKey};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use survey_definitions::{DefinitionId, packed_length};
use uuid::Uuid;

/// Draws of a class part before the four characters count as used up.
const DRAWS: usize = 1000;

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
    #[error("{0} classes are in two waves of this school year already, and more are not released")]
    TooOften(usize),
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
        longest = longest.max(packed_length(&definition.answer_layout));
        rows.extend(grades.iter().map(|grade| GradeDefinition {
            grade: grade.clone(),
            definition: id.clone(),
            sha256: definition.sha256.clone(),
        }));
    }
    if rows.is_empty() { Err(WaveError::NoDefinition) } else { Ok((rows, longest)) }
}

/// Freezes classes and enrolment and begins to take responses; returns the number of classes.
/// An open wave is left as it is.
pub async fn open(storage: &Storage, random: &Random, wave: &Wave) -> Result<usize, WaveError> {
    if wave.state == WaveState::Open {
        return Ok(wave_classes::of_wave(storage, wave.id).await?.len());
    }
    let classes = classes_of(storage, wave).await?;
    if classes.is_empty() {
        return Err(WaveError::NoClasses);
    }
    let ids = classes.iter().map(|class| class.id).collect();
    let conflicts = wave_rules::conflicts(storage, &ids, wave.first_day).await?;
    if conflicts.too_often > 0 {
        return Err(WaveError::TooOften(conflicts.too_often));
    }
    let mut taken: HashSet<String> =
        wave_classes::class_parts(storage).await?.into_iter().collect();
    let parts = classes
        .iter()
        .map(|_| free_class_part(random, &mut taken))
        .collect::<Option<Vec<_>>>()
        .ok_or(WaveError::NoClassParts)?;
    let mut transaction = storage.begin().await?;
    if !waves::advance(&mut transaction, wave.id, WaveState::Draft, WaveState::Open).await? {
        return Err(WaveError::State(wave.state.code()));
    }
    for (class, class_part) in classes.iter().zip(parts) {
        let frozen = WaveClass {
            wave: wave.id,
            class: class.id,
            class_part: Some(class_part),
            grade: class.grade.clone(),
            language: class.language.clone(),
            enrolment: class.enrolment,
            open_until: 0,
        };
        wave_classes::freeze(&mut transaction, &frozen).await?;
    }
    partitions::create(storage, &mut transaction, wave.id).await?;
    transaction.commit().await.map_err(StorageError::from)?;
    Ok(classes.len())
}

/// The classes that the wave is for as they are now.
pub async fn classes_of(storage: &Storage, wave: &Wave) -> Result<Vec<ClassLine>, StorageError> {
    let rows = waves::definitions(storage, wave.id).await?;
    let grades: HashSet<String> = rows.into_iter().map(|row| row.grade).collect();
    classes_of_grades(storage, wave.scope, &grades).await
}

/// The classes of some grades in a unit.
pub async fn classes_of_grades(
    storage: &Storage,
    scope: Unit,
    grades: &HashSet<String>,
) -> Result<Vec<ClassLine>, StorageError> {
    let mut classes = class_lists::classes_of(storage, scope).await?;
    classes.retain(|class| grades.contains(&class.grade));
    Ok(classes)
}

/// A class part that no class of any wave has: four characters name a class by themselves.
fn free_class_part(random: &Random, taken: &mut HashSet<String>) -> Option<ClassPart> {
    let mut drawn = (0..DRAWS).map(|_| random.draw(ClassPart::random));
    drawn.find(|part| taken.insert(part.to_string()))
}

/// Decides a change of what was frozen; approved, it is carried out at once. Nothing happens to
/// what was decided already, to one's own request and while the wave is not open.
pub async fn decide(
    storage: &Storage,
    random: &Random,
    class: &Class,
    change: &EnrolmentChange,
    state: ChangeState,
    by: Uuid,
) -> Result<(), WaveError> {
    let place = (change.wave, change.class);
    let mut taken: HashSet<String> =
        wave_classes::class_parts(storage).await?.into_iter().collect();
    let mut transaction = storage.begin().await?;
    // Changes nothing; a wave is not closed meanwhile.
    let open = WaveState::Open;
    if !waves::advance(&mut transaction, change.wave, open, open).await?
        || !enrolment_changes::decide(&mut transaction, change.id, state, by).await?
    {
        return Ok(());
    }
    if state == ChangeState::Approved
        && !enrolment_changes::set_frozen(&mut transaction, place, change.enrolment).await?
    {
        let part = free_class_part(random, &mut taken).ok_or(WaveError::NoClassParts)?;
        let added = WaveClass {
            wave: change.wave,
            class: change.class,
            class_part: Some(part),
            grade: class.grade.clone(),
            language: class.language.clone(),
            enrolment: change.enrolment,
            open_until: 0,
        };
        wave_classes::freeze(&mut transaction, &added).await?;
    }
    Ok(transaction.commit().await.map_err(StorageError::from)?)
}

/// Ends intake for good: the wave can then be released. Closing again changes nothing.
pub async fn close(storage: &Storage, random: &Random, wave: &Wave) -> Result<u32, WaveError> {
    let mut transaction = storage.begin().await?;
    let closed =
        waves::advance(&mut transaction, wave.id, WaveState::Open, WaveState::Closed).await?;
    transaction.commit().await.map_err(StorageError::from)?;
    storage.wait_for_responses().await?;
    let responses: HashMap<Uuid, u32> = envelopes::counts(storage, wave.id).await?;
    let total = responses.values().sum();
    match (closed, wave.state) {
        (true, _) => {
            let job = Job {
                id: random.id(),
                kind: JobKind::Close,
                unit: wave.id,
                state: JobState::Done,
                done: total,
                total,
                message: format!("{total} responses from {} classes", responses.len()),
            };
            jobs::save(storage, &job).await?;
            Ok(total)
        }
        (false, WaveState::Closed | WaveState::Released) => {
            let erased = erasures::of_wave(storage, wave.id).await?;
            Ok(erased.map_or(total, |erased| erased.envelopes))
        }
        (false, state) => Err(WaveError::State(state.code())),
    }
}

/// Closes the open waves whose intake has ended.
pub async fn close_ended(
    storage: &Storage,
    random: &Random,
    clock: &Clock,
) -> Result<(), WaveError> {
    for wave in waves::all(storage).await? {
        if wave.state == WaveState::Open && !takes_responses(&wave, clock) {
            close(storage, random, &wave).await?;
            tracing::info!(wave = %wave.id, "closed by date");
        }
    }
    Ok(())
}

/// The last day on which responses are taken, for a wave's last day: tablets without network deliver late.
pub fn intake_ends(last_day: Date) -> Date {
    last_day.checked_add(jiff::Span::new().days(INTAKE_DAYS)).unwrap_or(last_day)
}

/// Whether responses are taken now: until seven days after the last day, whatever the class
/// session's state, unless the wave was closed by hand.
pub fn takes_responses(wave: &Wave, clock: &Clock) -> bool {
    wave.state == WaveState::Open && clock.today() <= intake_ends(wave.last_day)
}

/// Whether class sessions may be opened now.
pub fn in_lesson_time(wave: &Wave, clock: &Clock) -> bool {
    let today = clock.today();
    wave.state == WaveState::Open && wave.first_day <= today && today <= wave.last_day
}
