//! Regions, districts, schools and classes, and the way from a class up to the nation.

use super::connection::{Storage, StorageError, count, id, unique};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a person or a wave is responsible for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    Nation,
    Region(Uuid),
    District(Uuid),
    School(Uuid),
    Class(Uuid),
}

/// A class with the names and codes above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    pub id: Uuid,
    pub code: String,
    pub label: String,
    pub grade: String,
    pub language: String,
    pub enrolment: u32,
    pub school: Named,
    pub district: Named,
    pub region: Named,
}

/// Id, code and name of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: Uuid,
    pub code: String,
    pub name: String,
}

/// What a new class needs; also the body that a coordinator sends.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewClass {
    pub school: Uuid,
    pub code: String,
    pub label: String,
    pub grade: String,
    pub language: String,
    pub enrolment: u32,
}

impl Unit {
    pub fn level(self) -> &'static str {
        match self {
            Self::Nation => "nation",
            Self::Region(_) => "region",
            Self::District(_) => "district",
            Self::School(_) => "school",
            Self::Class(_) => "class",
        }
    }

    /// The id as stored; the nation has none.
    pub fn id_text(self) -> String {
        match self {
            Self::Nation => String::new(),
            Self::Region(id) | Self::District(id) | Self::School(id) | Self::Class(id) => {
                id.to_string()
            }
        }
    }

    pub fn from_stored(level: &str, unit_id: &str) -> Result<Self, StorageError> {
        match level {
            "nation" => Ok(Self::Nation),
            "region" => id(unit_id).map(Self::Region),
            "district" => id(unit_id).map(Self::District),
            "school" => id(unit_id).map(Self::School),
            "class" => id(unit_id).map(Self::Class),
            other => Err(StorageError::Content { expected: "a level", value: other.to_owned() }),
        }
    }
}

impl Class {
    /// The class itself and every unit it belongs to.
    pub fn units(&self) -> [Unit; 5] {
        [
            Unit::Class(self.id),
            Unit::School(self.school.id),
            Unit::District(self.district.id),
            Unit::Region(self.region.id),
            Unit::Nation,
        ]
    }
}

pub async fn create_region(
    storage: &Storage,
    new_id: Uuid,
    code: &str,
    name: &str,
) -> Result<(), StorageError> {
    sqlx::query("insert into regions (id, code, name) values ($1, $2, $3)")
        .bind(new_id.to_string())
        .bind(code)
        .bind(name)
        .execute(storage.pool())
        .await
        .map(drop)
        .map_err(unique("region", code))
}

pub async fn create_district(
    storage: &Storage,
    new_id: Uuid,
    region: Uuid,
    code: &str,
    name: &str,
) -> Result<(), StorageError> {
    sqlx::query("insert into districts (id, region_id, code, name) values ($1, $2, $3, $4)")
        .bind(new_id.to_string())
        .bind(region.to_string())
        .bind(code)
        .bind(name)
        .execute(storage.pool())
        .await
        .map(drop)
        .map_err(unique("district", code))
}

pub async fn create_school(
    storage: &Storage,
    new_id: Uuid,
    district: Uuid,
    code: &str,
    name: &str,
) -> Result<(), StorageError> {
    sqlx::query("insert into schools (id, district_id, code, name) values ($1, $2, $3, $4)")
        .bind(new_id.to_string())
        .bind(district.to_string())
        .bind(code)
        .bind(name)
        .execute(storage.pool())
        .await
        .map(drop)
        .map_err(unique("school", code))
}

pub async fn create_class(
    storage: &Storage,
    new_id: Uuid,
    class: &NewClass,
) -> Result<(), StorageError> {
    sqlx::query(
        "insert into classes (id, school_id, code, label, grade, language, enrolment)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(new_id.to_string())
    .bind(class.school.to_string())
    .bind(&class.code)
    .bind(&class.label)
    .bind(&class.grade)
    .bind(&class.language)
    .bind(i64::from(class.enrolment))
    .execute(storage.pool())
    .await
    .map(drop)
    .map_err(unique("class", &class.code))
}

/// The units above a region, district or school, itself first; empty when there is no such unit.
pub async fn units_above(storage: &Storage, unit: Unit) -> Result<Vec<Unit>, StorageError> {
    let query = match unit {
        Unit::Nation => return Ok(vec![Unit::Nation]),
        Unit::Region(_) => "select id, '', '' from regions where id = $1",
        Unit::District(_) => "select region_id, id, '' from districts where id = $1",
        Unit::School(_) => {
            "select d.region_id, d.id, s.id from schools s
             join districts d on d.id = s.district_id where s.id = $1"
        }
        Unit::Class(class) => {
            return Ok(class_by_id(storage, class)
                .await?
                .map_or_else(Vec::new, |class| class.units().to_vec()));
        }
    };
    let row: Option<(String, String, String)> =
        sqlx::query_as(query).bind(unit.id_text()).fetch_optional(storage.pool()).await?;
    let Some((region, district, school)) = row else { return Ok(Vec::new()) };
    let mut units = Vec::new();
    if !school.is_empty() {
        units.push(Unit::School(id(&school)?));
    }
    if !district.is_empty() {
        units.push(Unit::District(id(&district)?));
    }
    units.push(Unit::Region(id(&region)?));
    units.push(Unit::Nation);
    Ok(units)
}

#[derive(sqlx::FromRow)]
struct ClassRow {
    id: String,
    code: String,
    label: String,
    grade: String,
    language: String,
    enrolment: i64,
    school_id: String,
    school_code: String,
    school_name: String,
    district_id: String,
    district_code: String,
    district_name: String,
    region_id: String,
    region_code: String,
    region_name: String,
}

impl TryFrom<ClassRow> for Class {
    type Error = StorageError;

    fn try_from(row: ClassRow) -> Result<Self, StorageError> {
        Ok(Self {
            id: id(&row.id)?,
            code: row.code,
            label: row.label,
            grade: row.grade,
            language: row.language,
            enrolment: count(row.enrolment)?,
            school: of_row(&row.school_id, row.school_code, row.school_name)?,
            district: of_row(&row.district_id, row.district_code, row.district_name)?,
            region: of_row(&row.region_id, row.region_code, row.region_name)?,
        })
    }
}

/// One class, or none.
pub async fn class_by_id(storage: &Storage, class: Uuid) -> Result<Option<Class>, StorageError> {
    let row: Option<ClassRow> = sqlx::query_as(
        "select c.id, c.code, c.label, c.grade, c.language, c.enrolment,
             s.id as school_id, s.code as school_code, s.name as school_name,
             d.id as district_id, d.code as district_code, d.name as district_name,
             r.id as region_id, r.code as region_code, r.name as region_name
         from classes c join schools s on s.id = c.school_id
         join districts d on d.id = s.district_id join regions r on r.id = d.region_id
         where c.id = $1",
    )
    .bind(class.to_string())
    .fetch_optional(storage.pool())
    .await?;
    row.map(Class::try_from).transpose()
}

fn of_row(unit_id: &str, code: String, name: String) -> Result<Named, StorageError> {
    Ok(Named { id: id(unit_id)?, code, name })
}
