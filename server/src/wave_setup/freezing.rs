//! What a wave freezes when it opens, and what two people change of it later.

use super::WaveError;
use crate::random::Random;
use crate::storage::class_lists::{self, ClassLine};
use crate::storage::enrolment_changes::{self, ChangeState, EnrolmentChange};
use crate::storage::units::{Class, Unit};
use crate::storage::wave_classes::{self, WaveClass};
use crate::storage::waves::{self, Wave, WaveState};
use crate::storage::{Storage, StorageError, partitions};
use crate::wave_rules;
use protocol::ClassPart;
use std::collections::HashSet;
use uuid::Uuid;

/// Draws of a class part before the four characters count as used up.
const DRAWS: usize = 1000;

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
    if let Some(obstacle) = wave_rules::obstacle(storage, &ids, wave.first_day).await? {
        return Err(obstacle.into());
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

/// Decides a change of what was frozen; approved, it is carried out at once. Whether it
/// was decided: nothing happens to what was decided already, to one's own request and while the
/// wave is not open.
pub async fn decide(
    storage: &Storage,
    random: &Random,
    class: &Class,
    change: &EnrolmentChange,
    state: ChangeState,
    by: Uuid,
) -> Result<bool, WaveError> {
    let place = (change.wave, change.class);
    let mut taken: HashSet<String> =
        wave_classes::class_parts(storage).await?.into_iter().collect();
    let mut transaction = storage.begin().await?;
    // Changes nothing; a wave is not closed meanwhile.
    let open = WaveState::Open;
    if !waves::advance(&mut transaction, change.wave, open, open).await?
        || !enrolment_changes::decide(&mut transaction, change.id, state, by).await?
    {
        return Ok(false);
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
    transaction.commit().await.map_err(StorageError::from)?;
    Ok(true)
}
