//! Schools and classes changed by hand, from a table or with a new school year: all at once.

use super::connection::{StorageError, Transaction, unique};
use crate::random::Random;
use crate::structure_import::{Change, ClassFields, Known, Plan};
use sqlx::AssertSqlSafe;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Rows of one statement: nine columns each, of which SQLite takes 32,766.
const AT_ONCE: usize = 200;
const CURRENT: &str = "current";
pub(super) const CLOSED: &str = "closed";

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
    let insert = "insert into regions (id, code, name) values ($1, $2, $3)";
    let mut codes = UnitCodes::of(transaction, "select code from regions", "R").await?;
    let mut regions = Vec::new();
    for region in &plan.regions {
        let id = region.id.unwrap_or_else(|| random.id());
        if region.id.is_none() {
            let ids = [id.to_string()];
            insert_unit(transaction, insert, &ids, &codes.next(), &region.name).await?;
        }
        regions.push(id);
    }
    let insert = "insert into districts (id, region_id, code, name) values ($1, $2, $3, $4)";
    let mut codes = UnitCodes::of(transaction, "select code from districts", "D").await?;
    let mut districts = Vec::new();
    for district in &plan.districts {
        let id = district.id.unwrap_or_else(|| random.id());
        if district.id.is_none() {
            let above = regions.get(district.parent).copied().unwrap_or_default();
            let ids = [id.to_string(), above.to_string()];
            insert_unit(transaction, insert, &ids, &codes.next(), &district.name).await?;
        }
        districts.push(id);
    }
    make_schools(transaction, known, plan, &districts, random).await
}

async fn make_schools(
    transaction: &mut Transaction,
    known: &Known,
    plan: &Plan,
    districts: &[Uuid],
    random: &Random,
) -> Result<Vec<(Uuid, String)>, StorageError> {
    let insert = "insert into schools (id, district_id, code, name) values ($1, $2, $3, $4)";
    let code_of: HashMap<Uuid, &String> =
        known.schools.iter().map(|school| (school.id, &school.code)).collect();
    let mut codes = UnitCodes::of(transaction, "select code from schools", "S").await?;
    let mut schools = Vec::new();
    for school in &plan.schools {
        if let Some((id, code)) = school.id.and_then(|id| Some((id, *code_of.get(&id)?))) {
            schools.push((id, code.clone()));
            continue;
        }
        let (id, code) = (random.id(), school.code.clone().unwrap_or_else(|| codes.next()));
        let above = districts.get(school.district).copied().unwrap_or_default();
        let ids = [id.to_string(), above.to_string()];
        insert_unit(transaction, insert, &ids, &code, &school.name).await?;
        schools.push((id, code));
    }
    Ok(schools)
}

pub(super) async fn insert_unit(
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
pub(super) struct UnitCodes {
    prefix: &'static str,
    last: u64,
    taken: HashSet<String>,
}

impl UnitCodes {
    pub(super) async fn of(
        transaction: &mut Transaction,
        query: &'static str,
        prefix: &'static str,
    ) -> Result<Self, StorageError> {
        let codes: Vec<String> = sqlx::query_scalar(query).fetch_all(&mut **transaction).await?;
        Ok(Self { prefix, last: 0, taken: codes.into_iter().collect() })
    }

    pub(super) fn next(&mut self) -> String {
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
