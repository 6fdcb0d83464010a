//! Lists of classes: those a person may see, those a wave is for.

use super::connection::{Storage, StorageError, count, id};
use super::units::Unit;
use uuid::Uuid;

/// A line of a list of classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassLine {
    pub id: Uuid,
    pub label: String,
    pub grade: String,
    pub language: String,
    pub enrolment: u32,
    pub school_id: Uuid,
    pub school: String,
}

#[derive(sqlx::FromRow)]
struct ClassLineRow {
    id: String,
    label: String,
    grade: String,
    language: String,
    enrolment: i64,
    school_id: String,
    school: String,
}

const OF_CLASS: &str = "select c.id, c.label, c.grade, c.language, c.enrolment,
         s.id as school_id, s.name as school
     from classes c join schools s on s.id = c.school_id where c.id = $1";
const OF_SCHOOL: &str = "select c.id, c.label, c.grade, c.language, c.enrolment,
         s.id as school_id, s.name as school
     from classes c join schools s on s.id = c.school_id where s.id = $1 and c.state = 'current'
     order by c.code";
const OF_DISTRICT: &str = "select c.id, c.label, c.grade, c.language, c.enrolment,
         s.id as school_id, s.name as school
     from classes c join schools s on s.id = c.school_id where s.district_id = $1
         and c.state = 'current' order by s.code, c.code";
const OF_REGION: &str = "select c.id, c.label, c.grade, c.language, c.enrolment,
         s.id as school_id, s.name as school
     from classes c join schools s on s.id = c.school_id
     join districts d on d.id = s.district_id where d.region_id = $1
         and c.state = 'current' order by s.code, c.code";
const OF_NATION: &str = "select c.id, c.label, c.grade, c.language, c.enrolment,
         s.id as school_id, s.name as school
     from classes c join schools s on s.id = c.school_id
     where $1 = '' and c.state = 'current' order by s.code, c.code";

/// The classes of a unit that are not closed, by school and code; a class by itself also then.
pub async fn classes_of(storage: &Storage, unit: Unit) -> Result<Vec<ClassLine>, StorageError> {
    let query = match unit {
        Unit::Class(_) => OF_CLASS,
        Unit::School(_) => OF_SCHOOL,
        Unit::District(_) => OF_DISTRICT,
        Unit::Region(_) => OF_REGION,
        Unit::Nation => OF_NATION,
    };
    let rows: Vec<ClassLineRow> =
        sqlx::query_as(query).bind(unit.id_text()).fetch_all(storage.pool()).await?;
    rows.into_iter().map(ClassLine::try_from).collect()
}

impl TryFrom<ClassLineRow> for ClassLine {
    type Error = StorageError;

    fn try_from(row: ClassLineRow) -> Result<Self, StorageError> {
        Ok(Self {
            id: id(&row.id)?,
            label: row.label,
            grade: row.grade,
            language: row.language,
            enrolment: count(row.enrolment)?,
            school_id: id(&row.school_id)?,
            school: row.school,
        })
    }
}
