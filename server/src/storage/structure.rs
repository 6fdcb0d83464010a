//! Regions, districts, schools and classes as they are set up, for who may change them.

use super::connection::{Storage, StorageError, count, id};
use super::structure_changes::CLOSED;
use super::units::Unit;
use crate::structure_import::{Known, KnownClass, KnownUnit};
use sqlx::{AnyConnection, AssertSqlSafe};
use std::collections::HashSet;
use uuid::Uuid;

type UnitRow = (String, String, String, String);

#[derive(sqlx::FromRow)]
struct ClassRow {
    id: String,
    school_id: String,
    code: String,
    label: String,
    grade: String,
    language: String,
    enrolment: i64,
    teacher: String,
    state: String,
}

/// What there is of these units, with all that lies above them, by id.
pub async fn known(storage: &Storage, units: &[Unit]) -> Result<Known, StorageError> {
    known_on(&mut *storage.pool().acquire().await?, units).await
}

/// The same inside a transaction.
pub async fn known_on(
    connection: &mut AnyConnection,
    units: &[Unit],
) -> Result<Known, StorageError> {
    let mut all = Known::default();
    for unit in units {
        let of_unit = of_unit(connection, *unit).await?;
        all.regions.extend(of_unit.regions);
        all.districts.extend(of_unit.districts);
        all.schools.extend(of_unit.schools);
        all.classes.extend(of_unit.classes);
    }
    for list in [&mut all.regions, &mut all.districts, &mut all.schools] {
        list.sort_by_key(|unit| unit.id);
        list.dedup_by_key(|unit| unit.id);
    }
    all.classes.sort_by_key(|class| class.id);
    all.classes.dedup_by_key(|class| class.id);
    Ok(all)
}

async fn of_unit(connection: &mut AnyConnection, unit: Unit) -> Result<Known, StorageError> {
    let is = match unit {
        Unit::Nation => "$1 = ''",
        Unit::Region(_) => "r.id = $1",
        Unit::District(_) => "d.id = $1",
        Unit::School(_) => "s.id = $1",
        Unit::Class(_) => return Ok(Known::default()),
    };
    let regions = format!(
        "select distinct r.id, '', r.code, r.name from regions r
         left join districts d on d.region_id = r.id left join schools s on s.district_id = d.id
         where {is}"
    );
    let districts = format!(
        "select distinct d.id, d.region_id, d.code, d.name from districts d
         join regions r on r.id = d.region_id left join schools s on s.district_id = d.id
         where {is}"
    );
    let above = "join districts d on d.id = s.district_id join regions r on r.id = d.region_id";
    let schools =
        format!("select s.id, s.district_id, s.code, s.name from schools s {above} where {is}");
    let classes = format!(
        "select c.id, c.school_id, c.code, c.label, c.grade, c.language, c.enrolment, c.teacher,
             c.state from classes c join schools s on s.id = c.school_id {above} where {is}"
    );
    let classes: Vec<ClassRow> = sqlx::query_as(AssertSqlSafe(classes))
        .bind(unit.id_text())
        .fetch_all(&mut *connection)
        .await?;
    Ok(Known {
        regions: units(connection, regions, unit).await?,
        districts: units(connection, districts, unit).await?,
        schools: units(connection, schools, unit).await?,
        classes: classes.into_iter().map(KnownClass::try_from).collect::<Result<_, _>>()?,
    })
}

async fn units(
    connection: &mut AnyConnection,
    query: String,
    unit: Unit,
) -> Result<Vec<KnownUnit>, StorageError> {
    let rows: Vec<UnitRow> =
        sqlx::query_as(AssertSqlSafe(query)).bind(unit.id_text()).fetch_all(connection).await?;
    let known = |(unit, parent, code, name): UnitRow| {
        let parent = if parent.is_empty() { Uuid::nil() } else { id(&parent)? };
        Ok(KnownUnit { id: id(&unit)?, parent, code, name })
    };
    rows.into_iter().map(known).collect()
}

impl TryFrom<ClassRow> for KnownClass {
    type Error = StorageError;

    fn try_from(row: ClassRow) -> Result<Self, StorageError> {
        Ok(Self {
            id: id(&row.id)?,
            school: id(&row.school_id)?,
            code: row.code,
            label: row.label,
            grade: row.grade,
            language: row.language,
            enrolment: count(row.enrolment)?,
            teacher: row.teacher,
            closed: row.state == CLOSED,
        })
    }
}

/// Classes of a school that are frozen in a wave that takes responses.
pub async fn in_open_wave(
    connection: &mut AnyConnection,
    school: Uuid,
) -> Result<HashSet<Uuid>, StorageError> {
    let classes: Vec<String> = sqlx::query_scalar(
        "select w.class_id from wave_classes w join waves v on v.id = w.wave_id
         join classes c on c.id = w.class_id where v.state = 'open' and c.school_id = $1",
    )
    .bind(school.to_string())
    .fetch_all(connection)
    .await?;
    classes.iter().map(|class| id(class)).collect()
}

/// Classes of a school that have a teacher's name and no teacher's account yet.
pub async fn waiting_for_accounts(
    storage: &Storage,
    school: Uuid,
) -> Result<Vec<ClassTeacher>, StorageError> {
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "select c.id, c.label, c.teacher from classes c
         left join grants g on g.level = 'class' and g.unit_id = c.id and g.role = 'teacher'
         where c.school_id = $1 and c.teacher <> '' and c.state = 'current'
             and g.account_id is null
         order by c.code",
    )
    .bind(school.to_string())
    .fetch_all(storage.pool())
    .await?;
    let class = |(class, label, teacher): (String, String, String)| {
        Ok(ClassTeacher { class: id(&class)?, label, teacher })
    };
    rows.into_iter().map(class).collect()
}

/// A class and who is to teach it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassTeacher {
    pub class: Uuid,
    pub label: String,
    pub teacher: String,
}
