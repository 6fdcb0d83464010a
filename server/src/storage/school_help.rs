//! What schools say to their pupils about their own psychologists.

use super::connection::{Storage, StorageError};
use protocol::ClassPart;
use uuid::Uuid;

/// Each text is empty where the school says nothing.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SchoolHelp {
    pub psychologist: String,
    pub room: String,
    pub times: String,
}

/// A school's name and what it says.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct NamedSchoolHelp {
    pub school: String,
    #[sqlx(flatten)]
    pub help: SchoolHelp,
}

/// Of one school; none when there is no such school.
pub async fn of_school(
    storage: &Storage,
    school: Uuid,
) -> Result<Option<NamedSchoolHelp>, StorageError> {
    Ok(sqlx::query_as(
        "select s.name as school, coalesce(h.psychologist, '') as psychologist,
             coalesce(h.room, '') as room, coalesce(h.times, '') as times
         from schools s left join school_help h on h.school_id = s.id where s.id = $1",
    )
    .bind(school.to_string())
    .fetch_optional(storage.pool())
    .await?)
}

/// Of the school of the class that a class link leads to, also when its wave is over.
pub async fn of_class_part(
    storage: &Storage,
    part: ClassPart,
) -> Result<Option<NamedSchoolHelp>, StorageError> {
    Ok(sqlx::query_as(
        "select s.name as school, coalesce(h.psychologist, '') as psychologist,
             coalesce(h.room, '') as room, coalesce(h.times, '') as times
         from wave_classes w join classes c on c.id = w.class_id
         join schools s on s.id = c.school_id
         left join school_help h on h.school_id = s.id where w.class_part = $1",
    )
    .bind(part.to_string())
    .fetch_optional(storage.pool())
    .await?)
}

/// Puts it in the place of what the school said before.
pub async fn save(storage: &Storage, school: Uuid, help: &SchoolHelp) -> Result<(), StorageError> {
    sqlx::query(
        "insert into school_help (school_id, psychologist, room, times) values ($1, $2, $3, $4)
         on conflict (school_id) do update
         set psychologist = excluded.psychologist, room = excluded.room, times = excluded.times",
    )
    .bind(school.to_string())
    .bind(&help.psychologist)
    .bind(&help.room)
    .bind(&help.times)
    .execute(storage.pool())
    .await?;
    Ok(())
}
