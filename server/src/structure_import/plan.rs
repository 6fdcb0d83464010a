use super::cells::{ClassFields, TypedClass};
use super::columns::Columns;
use super::known::{Index, Known, KnownClass, KnownUnit, Level, label_key};
use super::mistakes::FoundMistakes;
use super::places::{Place, Places, Typed, places};
use super::table::{Table, TableRow};
use crate::storage::units::Unit;
use app::{StructureColumn, StructureProblem};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// What an import would do. The same for every order of the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Those that the table speaks of; one without an id is to be made.
    pub regions: Vec<PlannedUnit>,
    pub districts: Vec<PlannedUnit>,
    pub schools: Vec<PlannedSchool>,
    /// Those to be made or changed.
    pub classes: Vec<PlannedClass>,
    /// Classes that are there just as the table says.
    pub same: u32,
    /// Classes of these schools that the table does not speak of: they stay.
    pub not_in_table: u32,
    /// Headings that mean nothing here.
    pub ignored: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedUnit {
    pub id: Option<Uuid>,
    pub name: String,
    /// Place of the unit above in its list; 0 above a region.
    pub parent: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedSchool {
    pub id: Option<Uuid>,
    pub name: String,
    /// Of a new school, where the table gives one.
    pub code: Option<String>,
    /// Its place among the districts.
    pub district: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedClass {
    /// Its place among the schools.
    pub school: usize,
    pub fields: ClassFields,
    pub change: Change,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    New,
    Changed { id: Uuid, before: ClassFields, reopened: bool },
}

impl Plan {
    /// Changes of classes of the one school that is known.
    pub fn of_school(known: &Known, classes: Vec<(ClassFields, Change)>) -> Self {
        let unit = |unit: &KnownUnit| PlannedUnit {
            id: Some(unit.id),
            name: unit.name.clone(),
            parent: 0,
        };
        let school = |school: &KnownUnit| PlannedSchool {
            id: Some(school.id),
            name: school.name.clone(),
            code: None,
            district: 0,
        };
        let class = |(fields, change)| PlannedClass { school: 0, fields, change };
        Self {
            regions: known.regions.iter().map(unit).collect(),
            districts: known.districts.iter().map(unit).collect(),
            schools: known.schools.iter().map(school).collect(),
            classes: classes.into_iter().map(class).collect(),
            ..Self::default()
        }
    }
}

/// What the table would do for somebody who sets up the units `may`.
///
/// # Errors
/// Every mistake, by row and column.
pub fn plan(table: &Table, known: &Known, may: &[Unit]) -> Result<Plan, FoundMistakes> {
    let mut mistakes = FoundMistakes::default();
    let index = Index::new(known, may);
    let (header, rows) = match table.rows.split_first() {
        Some((header, rows)) if !rows.is_empty() => (header, rows),
        _ => return Err(FoundMistakes::file(StructureProblem::NoRows)),
    };
    let columns = Columns::of(header, &mut mistakes);
    for column in missing(&columns, &index) {
        mistakes.add(Some(header.number), Some(column), "", StructureProblem::MissingColumn);
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let mut draft = Draft::default();
    for row in rows {
        draft.take(&index, &columns, row, &mut mistakes);
        if table.letters_may_be_lost {
            find_lost_letters(&columns, row, &mut mistakes);
        }
    }
    if mistakes.is_empty() {
        Ok(draft.plan(known, columns.ignored))
    } else {
        mistakes.sort();
        Err(mistakes)
    }
}

/// Columns that are needed and not there. Where everything set up lies in one unit, the column
/// of that unit may be left out.
fn missing(columns: &Columns, index: &Index<'_>) -> Vec<StructureColumn> {
    use StructureColumn::{Class, District, Enrolment, Language, Region, School, SchoolCode};
    let needed = [
        (Region, index.only(Level::Region).is_none()),
        (District, index.only(Level::District).is_none()),
        (School, index.only(Level::School).is_none() && !columns.has(SchoolCode)),
        (Class, true),
        (Language, true),
        (Enrolment, true),
    ];
    let needed = needed.into_iter().filter(|(_, needed)| *needed).map(|(column, _)| column);
    needed.filter(|column| !columns.has(*column)).collect()
}

fn find_lost_letters(columns: &Columns, row: &TableRow, mistakes: &mut FoundMistakes) {
    for column in StructureColumn::ALL {
        let text = columns.get(row, column).unwrap_or_default();
        if text.contains('?') {
            mistakes.add(Some(row.number), Some(column), text, StructureProblem::LostLetter);
        }
    }
}

/// Keys of a region, a district and a school.
type SchoolKey = [String; 3];

/// A plan while rows are read, by keys that do not depend on their order.
#[derive(Default)]
struct Draft<'a> {
    schools: BTreeMap<SchoolKey, Places<'a>>,
    classes: BTreeMap<(SchoolKey, String), (u32, Option<(ClassFields, Option<&'a KnownClass>)>)>,
    /// The district of each new school that has a code.
    districts_of_codes: HashMap<&'a str, (String, String)>,
}

impl<'a> Draft<'a> {
    fn take(
        &mut self,
        index: &Index<'a>,
        columns: &Columns,
        row: &'a TableRow,
        mistakes: &mut FoundMistakes,
    ) {
        let get = |column| columns.get(row, column);
        let typed = Typed {
            region: get(StructureColumn::Region),
            district: get(StructureColumn::District),
            school: get(StructureColumn::School),
            school_code: get(StructureColumn::SchoolCode),
        };
        let class = TypedClass {
            label: get(StructureColumn::Class).unwrap_or_default(),
            grade: get(StructureColumn::Grade),
            language: get(StructureColumn::Language).unwrap_or_default(),
            enrolment: get(StructureColumn::Enrolment).unwrap_or_default(),
            teacher: get(StructureColumn::Teacher).filter(|teacher| !teacher.is_empty()),
        };
        let mut wrong = |column, text: &str, problem| {
            mistakes.add(Some(row.number), Some(column), text, problem);
        };
        let fields = class.check(&mut wrong);
        let Some(places) = places(index, typed, &mut wrong) else { return };
        if let Some(problem) = self.in_two_districts(&places) {
            let code = typed.school_code.unwrap_or_default();
            return wrong(StructureColumn::SchoolCode, code, problem);
        }
        if class.label.is_empty() {
            return;
        }
        let known = places[2].id().and_then(|school| index.class(school, class.label));
        let school = places.each_ref().map(Place::key);
        let key = (school.clone(), label_key(class.label));
        if let Some((first, _)) = self.classes.get(&key) {
            let problem = StructureProblem::DuplicateClass { row: *first };
            return wrong(StructureColumn::Class, class.label, problem);
        }
        self.classes.insert(key, (row.number, fields.map(|fields| (fields, known))));
        let kept = self.schools.entry(school).or_insert_with(|| places.clone());
        // One spelling, whichever row comes first.
        for (kept, place) in kept.iter_mut().zip(places) {
            if place.name() < kept.name() {
                *kept = place;
            }
        }
    }

    fn in_two_districts(&mut self, places: &Places<'a>) -> Option<StructureProblem> {
        let [region, district, school] = places;
        let Place::New { code, .. } = school else { return None };
        let here = (format!("{}/{}", region.key(), district.key()), district.name().to_owned());
        let first = match *code {
            "" => return None,
            code => self.districts_of_codes.entry(code).or_insert_with(|| here.clone()),
        };
        (first.0 != here.0).then(|| StructureProblem::OtherDistrict { district: first.1.clone() })
    }

    fn plan(self, known: &Known, ignored: Vec<String>) -> Plan {
        let mut plan = Plan { ignored, ..Plan::default() };
        let mut last: [String; 3] = Default::default();
        let mut at = HashMap::new();
        for (key, [region, district, school]) in self.schools {
            let new_region = plan.regions.is_empty() || last[0] != key[0];
            if new_region {
                let (id, name) = (region.id(), region.name().to_owned());
                plan.regions.push(PlannedUnit { id, name, parent: 0 });
            }
            if new_region || last[1] != key[1] {
                let (id, name) = (district.id(), district.name().to_owned());
                plan.districts.push(PlannedUnit { id, name, parent: plan.regions.len() - 1 });
            }
            let code = match &school {
                Place::New { code, .. } if !code.is_empty() => Some((*code).to_owned()),
                _ => None,
            };
            let (id, name) = (school.id(), school.name().to_owned());
            at.insert(key.clone(), plan.schools.len());
            let district = plan.districts.len() - 1;
            plan.schools.push(PlannedSchool { id, name, code, district });
            last = key;
        }
        let mut named = HashSet::new();
        for ((school, _), (_, class)) in self.classes {
            let Some((fields, known)) = class else { continue };
            named.extend(known.map(|known| known.id));
            let school = at.get(&school).copied().unwrap_or_default();
            match known.map(|known| change(known, &fields)) {
                Some(None) => plan.same += 1,
                Some(Some(change)) => plan.classes.push(PlannedClass { school, fields, change }),
                None => plan.classes.push(PlannedClass { school, fields, change: Change::New }),
            }
        }
        let schools: HashSet<_> = plan.schools.iter().filter_map(|school| school.id).collect();
        let stays = |class: &&KnownClass| {
            !class.closed && schools.contains(&class.school) && !named.contains(&class.id)
        };
        plan.not_in_table = known.classes.iter().filter(stays).count() as u32;
        plan
    }
}

/// What the table changes in a class; `None` when nothing.
fn change(known: &KnownClass, fields: &ClassFields) -> Option<Change> {
    let before = ClassFields {
        label: known.label.clone(),
        grade: known.grade.parse().unwrap_or_default(),
        language: known.language.clone(),
        enrolment: known.enrolment,
        teacher: Some(known.teacher.clone()),
    };
    let teacher = fields.teacher.clone().or_else(|| before.teacher.clone());
    let same = before == ClassFields { teacher, ..fields.clone() };
    (!same || known.closed).then_some(Change::Changed {
        id: known.id,
        before,
        reopened: known.closed,
    })
}
