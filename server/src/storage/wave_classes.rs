//! Classes as they were frozen when a wave opened, and their class sessions.

use super::connection::{Storage, StorageError, Transaction, count, id};
use super::waves::{Wave, WaveRow};
use protocol::ClassPart;
use uuid::Uuid;

/// A class of a wave with its frozen enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaveClass {
    pub wave: Uuid,
    pub class: Uuid,
    /// What its class link ends with; `None` when the wave was forgotten.
    pub class_part: Option<ClassPart>,
    pub grade: String,
    pub language: String,
    pub enrolment: u32,
    /// Seconds since 1970 until which the class session is open; 0 when it never was.
    pub open_until: i64,
}

/// A class of a wave with the codes of all units above, for the release job.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FrozenPlace {
    pub class_id: String,
    pub region: String,
    pub district: String,
    pub school: String,
    pub class: String,
    pub grade: String,
    pub language: String,
    pub enrolment: i64,
}

#[derive(sqlx::FromRow)]
struct WaveClassRow {
    wave_id: String,
    class_id: String,
    class_part: Option<String>,
    grade: String,
    language: String,
    enrolment: i64,
    open_until: i64,
}

/// No column of the two tables has the name of another.
#[derive(sqlx::FromRow)]
struct LessonRow {
    #[sqlx(flatten)]
    wave: WaveRow,
    #[sqlx(flatten)]
    class: WaveClassRow,
}

impl WaveClass {
    /// Where its tablets go; nowhere once its wave was forgotten. `public_url` ends without a slash.
    pub fn link(&self, public_url: &str) -> Option<String> {
        self.class_part.map(|part| format!("{public_url}/c/{part}"))
    }
}

impl TryFrom<WaveClassRow> for WaveClass {
    type Error = StorageError;

    fn try_from(row: WaveClassRow) -> Result<Self, StorageError> {
        Ok(Self {
            wave: id(&row.wave_id)?,
            class: id(&row.class_id)?,
            class_part: row.class_part.map(class_part).transpose()?,
            grade: row.grade,
            language: row.language,
            enrolment: count(row.enrolment)?,
            open_until: row.open_until,
        })
    }
}

fn class_part(text: String) -> Result<ClassPart, StorageError> {
    text.parse().map_err(|_| StorageError::Content { expected: "a class part", value: text })
}

pub async fn freeze(transaction: &mut Transaction, class: &WaveClass) -> Result<(), StorageError> {
    sqlx::query(
        "insert into wave_classes
             (wave_id, class_id, class_part, grade, language, enrolment, open_until)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(class.wave.to_string())
    .bind(class.class.to_string())
    .bind(class.class_part.map(|part| part.to_string()))
    .bind(&class.grade)
    .bind(&class.language)
    .bind(i64::from(class.enrolment))
    .bind(class.open_until)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Every class part in use, so that a new wave draws others.
pub async fn class_parts(storage: &Storage) -> Result<Vec<String>, StorageError> {
    let query = "select class_part from wave_classes where class_part is not null";
    Ok(sqlx::query_scalar(query).fetch_all(storage.pool()).await?)
}

/// The class with its wave: asked for with every token, so in one query.
pub async fn by_class_part(
    storage: &Storage,
    part: ClassPart,
) -> Result<Option<(Wave, WaveClass)>, StorageError> {
    let row: Option<LessonRow> = sqlx::query_as(
        "select c.*, w.* from wave_classes c join waves w on w.id = c.wave_id
         where c.class_part = $1",
    )
    .bind(part.to_string())
    .fetch_optional(storage.pool())
    .await?;
    row.map(|LessonRow { wave, class }| Ok((wave.try_into()?, class.try_into()?))).transpose()
}

pub async fn find(
    storage: &Storage,
    wave: Uuid,
    class: Uuid,
) -> Result<Option<WaveClass>, StorageError> {
    let row: Option<WaveClassRow> =
        sqlx::query_as("select * from wave_classes where wave_id = $1 and class_id = $2")
            .bind(wave.to_string())
            .bind(class.to_string())
            .fetch_optional(storage.pool())
            .await?;
    row.map(WaveClass::try_from).transpose()
}

/// The class in every wave that it belongs to, the latest wave first.
pub async fn of_class(storage: &Storage, class: Uuid) -> Result<Vec<WaveClass>, StorageError> {
    let rows: Vec<WaveClassRow> = sqlx::query_as(
        "select c.* from wave_classes c join waves w on w.id = c.wave_id
         where c.class_id = $1 order by w.first_day desc, w.id",
    )
    .bind(class.to_string())
    .fetch_all(storage.pool())
    .await?;
    rows.into_iter().map(WaveClass::try_from).collect()
}

/// All classes of a wave.
pub async fn of_wave(storage: &Storage, wave: Uuid) -> Result<Vec<WaveClass>, StorageError> {
    let rows: Vec<WaveClassRow> =
        sqlx::query_as("select * from wave_classes where wave_id = $1 order by class_id")
            .bind(wave.to_string())
            .fetch_all(storage.pool())
            .await?;
    rows.into_iter().map(WaveClass::try_from).collect()
}

/// A school with classes in a wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaveSchool {
    pub id: Uuid,
    pub name: String,
    /// The codes of the school and of the units above it.
    pub school: String,
    pub district: String,
    pub region: String,
}

/// All schools of a wave, by the codes of the units above them.
pub async fn schools(storage: &Storage, wave: Uuid) -> Result<Vec<WaveSchool>, StorageError> {
    let rows: Vec<(String, String, String, String, String)> = sqlx::query_as(
        "select distinct s.id, s.name, s.code, d.code, r.code
         from wave_classes w join classes c on c.id = w.class_id
         join schools s on s.id = c.school_id join districts d on d.id = s.district_id
         join regions r on r.id = d.region_id
         where w.wave_id = $1 order by r.code, d.code, s.code",
    )
    .bind(wave.to_string())
    .fetch_all(storage.pool())
    .await?;
    rows.into_iter()
        .map(|(school_id, name, school, district, region)| {
            Ok(WaveSchool { id: id(&school_id)?, name, school, district, region })
        })
        .collect()
}

/// The classes of one school in a wave, by grade and label.
pub async fn of_school(
    storage: &Storage,
    wave: Uuid,
    school: Uuid,
) -> Result<Vec<WaveClass>, StorageError> {
    let rows: Vec<WaveClassRow> = sqlx::query_as(
        "select w.* from wave_classes w join classes c on c.id = w.class_id
         where w.wave_id = $1 and c.school_id = $2 order by length(w.grade), w.grade, c.label",
    )
    .bind(wave.to_string())
    .bind(school.to_string())
    .fetch_all(storage.pool())
    .await?;
    rows.into_iter().map(WaveClass::try_from).collect()
}

/// All classes of a wave with the codes of the units above them, by class code.
pub async fn places(storage: &Storage, wave: Uuid) -> Result<Vec<FrozenPlace>, StorageError> {
    Ok(sqlx::query_as(
        "select c.id as class_id, r.code as region, d.code as district, s.code as school,
             c.code as class, w.grade, w.language, w.enrolment
         from wave_classes w join classes c on c.id = w.class_id
         join schools s on s.id = c.school_id join districts d on d.id = s.district_id
         join regions r on r.id = d.region_id
         where w.wave_id = $1 order by c.code",
    )
    .bind(wave.to_string())
    .fetch_all(storage.pool())
    .await?)
}

/// Opens or closes a class session; a moment in the past closes it.
pub async fn set_open_until(
    storage: &Storage,
    wave: Uuid,
    class: Uuid,
    open_until: i64,
) -> Result<(), StorageError> {
    sqlx::query("update wave_classes set open_until = $3 where wave_id = $1 and class_id = $2")
        .bind(wave.to_string())
        .bind(class.to_string())
        .bind(open_until)
        .execute(storage.pool())
        .await?;
    Ok(())
}
