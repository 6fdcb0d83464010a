//! A plan while the rows of a table are read.

use super::cells::{ClassFields, TypedClass};
use super::columns::Columns;
use super::known::{Index, Known, KnownClass, label_key};
use super::mistakes::FoundMistakes;
use super::places::{Place, Places, Typed, places};
use super::plan::{Change, Plan, PlannedClass, PlannedSchool, PlannedUnit};
use super::table::TableRow;
use app::{StructureColumn, StructureProblem};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Keys of a region, a district and a school.
type SchoolKey = [String; 3];

/// A class of the table.
struct Row<'a> {
    number: u32,
    /// `None` when something is wrong with them.
    fields: Option<ClassFields>,
    /// The class as it is.
    known: Option<&'a KnownClass>,
}

/// A plan while rows are read, by keys that do not depend on their order.
#[derive(Default)]
pub(super) struct Draft<'a> {
    schools: BTreeMap<SchoolKey, Places<'a>>,
    classes: BTreeMap<(SchoolKey, String), Row<'a>>,
    /// The district of each new school that has a code.
    districts_of_codes: HashMap<&'a str, (String, String)>,
}

impl<'a> Draft<'a> {
    pub(super) fn take(
        &mut self,
        index: &Index<'a>,
        columns: &Columns,
        row: &'a TableRow,
        mistakes: &mut FoundMistakes,
    ) {
        let (typed, class) = typed(columns, row);
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
        if let Some(first) = self.classes.get(&key) {
            let problem = StructureProblem::DuplicateClass { row: first.number };
            return wrong(StructureColumn::Class, class.label, problem);
        }
        self.classes.insert(key, Row { number: row.number, fields, known });
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

    pub(super) fn plan(self, known: &Known, ignored: Vec<String>) -> Plan {
        let mut plan = Plan { ignored, ..Plan::default() };
        let at = add_units(&mut plan, self.schools);
        let mut named = HashSet::new();
        for ((school, _), Row { fields, known, .. }) in self.classes {
            let Some(fields) = fields else { continue };
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

/// Adds regions, districts and schools in the order of their keys; where each school stands.
fn add_units(
    plan: &mut Plan,
    schools: BTreeMap<SchoolKey, Places<'_>>,
) -> HashMap<SchoolKey, usize> {
    let mut last: SchoolKey = Default::default();
    let mut at = HashMap::new();
    for (key, [region, district, school]) in schools {
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
    at
}

/// A row by its columns.
fn typed<'a>(columns: &Columns, row: &'a TableRow) -> (Typed<'a>, TypedClass<'a>) {
    let get = |column| columns.get(row, column);
    let place = Typed {
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
        // An empty cell changes nothing.
        teacher: get(StructureColumn::Teacher).filter(|teacher| !teacher.is_empty()),
    };
    (place, class)
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
