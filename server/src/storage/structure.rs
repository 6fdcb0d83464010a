//! Regions, districts, schools and classes as they are set up: read for who may change them, and
//! changed all at once.

use super::connection::{Storage, StorageError, Transaction, count, id, unique};
use super::units::Unit;
use crate::random::Random;
use crate::structure_import::{Change, ClassFields, Known, KnownClass, KnownUnit, Plan};
use sqlx::{AnyConnection, AssertSqlSafe};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Rows of one statement: nine columns each, of which SQLite takes 32,766.
const AT_ONCE: usize = 200;

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

const CURRENT: &str = "current";
const CLOSED: &str = "closed";

/// Carries a plan out. `known` is what it was made from; `progress` is told how many classes are
/// done. New units get codes that nobody has: releases name groups by them for good.
pub async fn apply(
    transaction: &mut Transaction,
    known: &Known,
    plan: &Plan,
    random: &Random,
    progress: impl Fn(usize),
) -> Result<(), StorageError> {
    let schools = make_units(transaction, known, plan, random).await?;
    let mut codes = ClassCodes::of(known);
    let mut new = Vec::new();
    for (done, class) in plan.classes.iter().enumerate() {
        let Some((school, code)) = schools.get(class.school) else { continue };
        match &class.change {
            Change::Changed { id, .. } => change_class(transaction, *id, &class.fields).await?,
            Change::New => new.push((*school, codes.next(*school, code), &class.fields)),
        }
        if new.len() == AT_ONCE {
            insert_classes(transaction, random, &std::mem::take(&mut new)).await?;
            progress(done + 1);
        }
    }
    insert_classes(transaction, random, &new).await?;
    progress(plan.classes.len());
    Ok(())
}

/// Makes what is new above classes; id and code of every school of the plan.
async fn make_units(
    transaction: &mut Transaction,
    known: &Known,
    plan: &Plan,
    random: &Random,
) -> Result<Vec<(Uuid, String)>, StorageError> {
    let mut regions = Vec::new();
    let mut codes = UnitCodes::of(transaction, "select code from regions", "R").await?;
    for region in &plan.regions {
        let id = region.id.unwrap_or_else(|| random.id());
        if region.id.is_none() {
            let insert = "insert into regions (id, code, name) values ($1, $2, $3)";
            let (code, ids) = (codes.next(), [id.to_string()]);
            insert_unit(transaction, insert, &ids, &code, &region.name).await?;
        }
        regions.push(id);
    }
    let mut districts = Vec::new();
    let mut codes = UnitCodes::of(transaction, "select code from districts", "D").await?;
    for district in &plan.districts {
        let id = district.id.unwrap_or_else(|| random.id());
        if district.id.is_none() {
            let insert =
                "insert into districts (id, region_id, code, name) values ($1, $2, $3, $4)";
            let above = regions.get(district.parent).copied().unwrap_or_default();
            let (code, ids) = (codes.next(), [id.to_string(), above.to_string()]);
            insert_unit(transaction, insert, &ids, &code, &district.name).await?;
        }
        districts.push(id);
    }
    let code_of: HashMap<Uuid, &String> =
        known.schools.iter().map(|school| (school.id, &school.code)).collect();
    let mut schools = Vec::new();
    let mut codes = UnitCodes::of(transaction, "select code from schools", "S").await?;
    for school in &plan.schools {
        if let Some((id, code)) = school.id.and_then(|id| Some((id, *code_of.get(&id)?))) {
            schools.push((id, code.clone()));
            continue;
        }
        let (id, code) = (random.id(), school.code.clone().unwrap_or_else(|| codes.next()));
        let insert = "insert into schools (id, district_id, code, name) values ($1, $2, $3, $4)";
        let above = districts.get(school.district).copied().unwrap_or_default();
        let ids = [id.to_string(), above.to_string()];
        insert_unit(transaction, insert, &ids, &code, &school.name).await?;
        schools.push((id, code));
    }
    Ok(schools)
}

async fn insert_unit(
    transaction: &mut Transaction,
    insert: &'static str,
    ids: &[String],
    code: &str,
    name: &str,
) -> Result<(), StorageError> {
    let query = ids.iter().fold(sqlx::query(insert), |query, id| query.bind(id));
    let done = query.bind(code).bind(name).execute(&mut **transaction).await;
    done.map(drop).map_err(unique("unit", code))
}

/// Numbered codes of one level, after the highest that there is.
struct UnitCodes {
    prefix: &'static str,
    last: u64,
    taken: HashSet<String>,
}

impl UnitCodes {
    async fn of(
        transaction: &mut Transaction,
        query: &'static str,
        prefix: &'static str,
    ) -> Result<Self, StorageError> {
        let codes: Vec<String> = sqlx::query_scalar(query).fetch_all(&mut **transaction).await?;
        Ok(Self { prefix, last: 0, taken: codes.into_iter().collect() })
    }

    fn next(&mut self) -> String {
        loop {
            self.last += 1;
            let code = format!("{}{:02}", self.prefix, self.last);
            let short = format!("{}{}", self.prefix, self.last);
            if !self.taken.contains(&short) && self.taken.insert(code.clone()) {
                return code;
            }
        }
    }
}

/// The same below each school: its code and a number that no class of it had, closed ones included.
struct ClassCodes {
    last: HashMap<Uuid, u64>,
}

impl ClassCodes {
    fn of(known: &Known) -> Self {
        let mut last: HashMap<Uuid, u64> = HashMap::new();
        for class in &known.classes {
            let number = class.code.rsplit('-').next().and_then(|number| number.parse().ok());
            let highest = last.entry(class.school).or_default();
            *highest = (*highest).max(number.unwrap_or_default());
        }
        Self { last }
    }

    fn next(&mut self, school: Uuid, code: &str) -> String {
        let last = self.last.entry(school).or_default();
        *last += 1;
        format!("{code}-{last:02}")
    }
}

async fn insert_classes(
    transaction: &mut Transaction,
    random: &Random,
    classes: &[(Uuid, String, &ClassFields)],
) -> Result<(), StorageError> {
    if classes.is_empty() {
        return Ok(());
    }
    let rows = (0..classes.len()).map(|row| {
        let places: Vec<_> = (1..=9).map(|column| format!("${}", row * 9 + column)).collect();
        format!("({})", places.join(", "))
    });
    let insert = format!(
        "insert into classes
             (id, school_id, code, label, grade, language, enrolment, teacher, state) values {}",
        rows.collect::<Vec<_>>().join(", ")
    );
    let mut query = sqlx::query(AssertSqlSafe(insert));
    for (school, code, fields) in classes {
        query = query
            .bind(random.id().to_string())
            .bind(school.to_string())
            .bind(code)
            .bind(&fields.label)
            .bind(fields.grade.to_string())
            .bind(&fields.language)
            .bind(i64::from(fields.enrolment))
            .bind(fields.teacher.as_deref().unwrap_or_default())
            .bind(CURRENT);
    }
    query.execute(&mut **transaction).await.map(drop).map_err(unique("class", ""))
}

/// A class that was closed is opened by it.
async fn change_class(
    transaction: &mut Transaction,
    class: Uuid,
    fields: &ClassFields,
) -> Result<(), StorageError> {
    sqlx::query(
        "update classes set label = $2, grade = $3, language = $4, enrolment = $5,
             teacher = coalesce($6, teacher), state = $7 where id = $1",
    )
    .bind(class.to_string())
    .bind(&fields.label)
    .bind(fields.grade.to_string())
    .bind(&fields.language)
    .bind(i64::from(fields.enrolment))
    .bind(fields.teacher.as_deref())
    .bind(CURRENT)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Closes a class that is no more, or opens it again. What was released of it stays.
pub async fn set_closed(
    transaction: &mut Transaction,
    class: Uuid,
    closed: bool,
) -> Result<(), StorageError> {
    sqlx::query("update classes set state = $2 where id = $1")
        .bind(class.to_string())
        .bind(if closed { CLOSED } else { CURRENT })
        .execute(&mut **transaction)
        .await?;
    Ok(())
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
