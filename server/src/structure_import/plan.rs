use super::cells::ClassFields;
use super::columns::Columns;
use super::draft::Draft;
use super::known::{Index, Known, KnownUnit, Level};
use super::mistakes::FoundMistakes;
use super::table::{Table, TableRow};
use crate::storage::units::Unit;
use app::{StructureColumn, StructureProblem};
use serde::{Deserialize, Serialize};
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

    /// The smallest unit there is already that all of it lies in.
    pub fn within(&self) -> Unit {
        match (self.regions.as_slice(), self.districts.as_slice(), self.schools.as_slice()) {
            (_, _, [PlannedSchool { id: Some(school), .. }]) => Unit::School(*school),
            (_, [PlannedUnit { id: Some(district), .. }], _) => Unit::District(*district),
            ([PlannedUnit { id: Some(region), .. }], _, _) => Unit::Region(*region),
            _ => Unit::Nation,
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
