//! The log of lessons that classes had.

use super::connection::{Storage, StorageError};
use uuid::Uuid;

/// One lesson.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LessonHeld {
    pub id: String,
    /// The id of a theme of a survey definition.
    pub theme: String,
    /// `YYYY-MM-DD`.
    pub held_on: String,
    /// Empty where nothing was noted.
    pub note: String,
}

/// Those of a class, the latest first.
pub async fn of_class(storage: &Storage, class: Uuid) -> Result<Vec<LessonHeld>, StorageError> {
    Ok(sqlx::query_as(
        "select id, theme, held_on, note from lessons_held where class_id = $1
         order by held_on desc, id",
    )
    .bind(class.to_string())
    .fetch_all(storage.pool())
    .await?)
}

pub async fn create(
    storage: &Storage,
    class: Uuid,
    lesson: &LessonHeld,
) -> Result<(), StorageError> {
    sqlx::query(
        "insert into lessons_held (id, class_id, theme, held_on, note)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(&lesson.id)
    .bind(class.to_string())
    .bind(&lesson.theme)
    .bind(&lesson.held_on)
    .bind(&lesson.note)
    .execute(storage.pool())
    .await?;
    Ok(())
}

/// Nothing when the class has no such lesson.
pub async fn delete(storage: &Storage, class: Uuid, lesson: Uuid) -> Result<(), StorageError> {
    sqlx::query("delete from lessons_held where class_id = $1 and id = $2")
        .bind(class.to_string())
        .bind(lesson.to_string())
        .execute(storage.pool())
        .await?;
    Ok(())
}
