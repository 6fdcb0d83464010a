use crate::definitions::Definition;
use crate::state::Senim;
use crate::storage::wave_classes::{self, WaveClass};
use crate::storage::waves::{self, Wave};
use crate::storage::{StorageError, units};
use protocol::{ClassPart, Lesson, Place};
use std::sync::Arc;

/// The class of a wave that a class link leads to, also when the wave is over.
pub async fn find_lesson(
    senim: &Senim,
    part: ClassPart,
) -> Result<Option<(Wave, WaveClass)>, StorageError> {
    wave_classes::by_class_part(&senim.storage, part).await
}

/// What every tablet of the class is told, and which definition it will show.
pub async fn lesson_of(
    senim: &Senim,
    wave: &Wave,
    class: &WaveClass,
) -> Result<Option<(Lesson, Arc<Definition>)>, StorageError> {
    let definitions = waves::definitions(&senim.storage, wave.id).await?;
    let Some(part) = class.class_part else { return Ok(None) };
    let Some(row) = definitions.into_iter().find(|row| row.grade == class.grade) else {
        return Ok(None);
    };
    let Some(unit) = units::class_by_id(&senim.storage, class.class).await? else {
        return Ok(None);
    };
    let Some(definition) = senim.definitions.get(&row.definition) else { return Ok(None) };
    let lesson = Lesson {
        class_part: part.to_string(),
        place: Place { wave: wave.id, class: class.class },
        school: unit.school.name,
        class: unit.label,
        packed_length: wave.packed_length,
        token_key: wave.token_key,
        release_key: wave.release_key,
    };
    Ok(Some((lesson, definition.clone())))
}
