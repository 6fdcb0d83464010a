//! Lists of units: those directly below a unit, and the classes of a school in a wave.

use super::connection::{Storage, StorageError, count, id};
use super::units::{Named, Unit};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct NamedRow {
    id: String,
    code: String,
    name: String,
}

/// The districts of a region, the schools of a district, the regions of the nation; by code.
/// Empty of a school and a class.
pub async fn below(storage: &Storage, unit: Unit) -> Result<Vec<Named>, StorageError> {
    let query = match unit {
        Unit::Nation => "select id, code, name from regions where $1 = '' order by code",
        Unit::Region(_) => {
            "select id, code, name from districts where region_id = $1 order by code"
        }
        Unit::District(_) => {
            "select id, code, name from schools where district_id = $1 order by code"
        }
        Unit::School(_) | Unit::Class(_) => return Ok(Vec::new()),
    };
    let rows: Vec<NamedRow> =
        sqlx::query_as(query).bind(unit.id_text()).fetch_all(storage.pool()).await?;
    let named = |row: NamedRow| Ok(Named { id: id(&row.id)?, code: row.code, name: row.name });
    rows.into_iter().map(named).collect()
}

/// A class of a school as it was frozen when a wave opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassInWave {
    pub id: Uuid,
    pub code: String,
    pub label: String,
    pub grade: String,
    pub enrolment: u32,
}

#[derive(sqlx::FromRow)]
struct ClassInWaveRow {
    id: String,
    code: String,
    label: String,
    grade: String,
    enrolment: i64,
}

/// The classes of a school in a wave, by code.
pub async fn classes_in_wave(
    storage: &Storage,
    school: Uuid,
    wave: Uuid,
) -> Result<Vec<ClassInWave>, StorageError> {
    let rows: Vec<ClassInWaveRow> = sqlx::query_as(
        "select c.id, c.code, c.label, w.grade, w.enrolment
         from wave_classes w join classes c on c.id = w.class_id
         where c.school_id = $1 and w.wave_id = $2 order by c.code",
    )
    .bind(school.to_string())
    .bind(wave.to_string())
    .fetch_all(storage.pool())
    .await?;
    let class = |row: ClassInWaveRow| {
        Ok(ClassInWave {
            id: id(&row.id)?,
            code: row.code,
            label: row.label,
            grade: row.grade,
            enrolment: count(row.enrolment)?,
        })
    };
    rows.into_iter().map(class).collect()
}
