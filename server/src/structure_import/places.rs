//! In which region, district and school a row of the table lies.

use super::cells::{LONGEST_CODE, LONGEST_NAME, mistake_in_text};
use super::known::{Index, KnownUnit, Level, name_key};
use app::{StructureColumn, StructureProblem};
use uuid::Uuid;

/// A unit that is there, or one to be made.
#[derive(Debug, Clone)]
pub(super) enum Place<'a> {
    Known(&'a KnownUnit),
    New { name: &'a str, code: &'a str },
}

impl Place<'_> {
    pub(super) fn id(&self) -> Option<Uuid> {
        match self {
            Self::Known(unit) => Some(unit.id),
            Self::New { .. } => None,
        }
    }

    pub(super) fn name(&self) -> &str {
        match self {
            Self::Known(unit) => &unit.name,
            Self::New { name, .. } => name,
        }
    }

    /// Equal for all rows that mean this unit, below one and the same unit.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Known(unit) => unit.id.to_string(),
            Self::New { name, code: "" } => name_key(name),
            Self::New { code, .. } => format!("code {code}"),
        }
    }
}

/// What a row says of its place; `None` without the column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typed<'a> {
    pub(super) region: Option<&'a str>,
    pub(super) district: Option<&'a str>,
    pub(super) school: Option<&'a str>,
    pub(super) school_code: Option<&'a str>,
}

/// Region, district and school of a row.
pub(super) type Places<'a> = [Place<'a>; 3];

/// What is wrong with a row's place: column, cell, problem.
type Wrong<'w> = dyn FnMut(StructureColumn, &str, StructureProblem) + 'w;

pub(super) fn places<'a>(
    index: &Index<'a>,
    typed: Typed<'a>,
    wrong: &mut Wrong<'_>,
) -> Option<Places<'a>> {
    let mut in_order = true;
    for (column, text, limit) in [
        (StructureColumn::Region, typed.region, LONGEST_NAME),
        (StructureColumn::District, typed.district, LONGEST_NAME),
        (StructureColumn::School, typed.school, LONGEST_NAME),
        (StructureColumn::SchoolCode, typed.school_code, LONGEST_CODE),
    ] {
        if let Some(problem) = text.and_then(|text| mistake_in_text(text, limit)) {
            wrong(column, text.unwrap_or_default(), problem);
            in_order = false;
        }
    }
    in_order.then_some(())?;
    let region = region(index, typed, wrong)?;
    let district = district(index, typed, &region, wrong)?;
    let school = school(index, typed, [&region, &district], wrong)?;
    Some([region, district, school])
}

fn said(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

fn region<'a>(index: &Index<'a>, typed: Typed<'a>, wrong: &mut Wrong<'_>) -> Option<Place<'a>> {
    let Some(text) = said(typed.region) else {
        return only_or_empty(index, Level::Region, StructureColumn::Region, wrong);
    };
    let known = index.coded(Level::Region, text);
    let known = known.or_else(|| index.named(Level::Region, Uuid::nil(), text).first().copied());
    match known {
        Some(region) => Some(Place::Known(region)),
        None if index.may_in_region(None) => Some(Place::New { name: text, code: "" }),
        None => {
            wrong(StructureColumn::Region, text, StructureProblem::NotYours);
            None
        }
    }
}

fn district<'a>(
    index: &Index<'a>,
    typed: Typed<'a>,
    region: &Place<'a>,
    wrong: &mut Wrong<'_>,
) -> Option<Place<'a>> {
    let column = StructureColumn::District;
    let Some(text) = said(typed.district) else {
        return only_or_empty(index, Level::District, column, wrong);
    };
    let coded = index.coded(Level::District, text);
    if let Some(elsewhere) = coded.filter(|district| Some(district.parent) != region.id()) {
        let region = index.unit(elsewhere.parent).map_or("", |region| &region.name);
        let region = region.to_owned();
        wrong(column, text, StructureProblem::OtherRegion { region });
        return None;
    }
    let named = || index.named(Level::District, region.id()?, text).first().copied();
    match coded.or_else(named) {
        Some(district) => Some(Place::Known(district)),
        None if index.may_in_region(region.id()) => Some(Place::New { name: text, code: "" }),
        None => {
            wrong(column, text, StructureProblem::NotYours);
            None
        }
    }
}

fn school<'a>(
    index: &Index<'a>,
    typed: Typed<'a>,
    [region, district]: [&Place<'a>; 2],
    wrong: &mut Wrong<'_>,
) -> Option<Place<'a>> {
    let (name, code) = (said(typed.school), said(typed.school_code));
    let (column, text) = match (name, code) {
        (_, Some(code)) => (StructureColumn::SchoolCode, code),
        (Some(name), None) => (StructureColumn::School, name),
        (None, None) => {
            return only_or_empty(index, Level::School, StructureColumn::School, wrong);
        }
    };
    let coded = index.coded(Level::School, text);
    if let Some(problem) = coded.and_then(|school| misplaced(index, school, name, code, district)) {
        wrong(column, text, problem);
        return None;
    }
    let named = match (code, name, district.id()) {
        (None, Some(name), Some(district)) => index.named(Level::School, district, name),
        _ => &[],
    };
    let known = coded.or_else(|| named.first().copied());
    let may = match known {
        Some(school) => index.may_in_school(region.id(), district.id(), school.id),
        None => index.may_in_district(region.id(), district.id()),
    };
    let problem = match (known, name) {
        _ if named.len() > 1 && coded.is_none() => StructureProblem::Ambiguous,
        _ if !may => StructureProblem::NotYours,
        (Some(school), _) => return Some(Place::Known(school)),
        (None, Some(name)) => {
            return Some(Place::New { name, code: code.unwrap_or_default() });
        }
        (None, None) => {
            wrong(StructureColumn::School, "", StructureProblem::Empty);
            return None;
        }
    };
    wrong(column, text, problem);
    None
}

/// Why the school with this code cannot be the one that is meant.
fn misplaced(
    index: &Index<'_>,
    school: &KnownUnit,
    name: Option<&str>,
    code: Option<&str>,
    district: &Place<'_>,
) -> Option<StructureProblem> {
    let other_name = code.is_some()
        && name.is_some_and(|name| name != school.code && name_key(name) != name_key(&school.name));
    if other_name {
        Some(StructureProblem::CodeOfAnother { school: school.name.clone() })
    } else if Some(school.parent) != district.id() {
        let district = index.unit(school.parent).map_or("", |district| &district.name);
        Some(StructureProblem::OtherDistrict { district: district.to_owned() })
    } else {
        None
    }
}

fn only_or_empty<'a>(
    index: &Index<'a>,
    level: Level,
    column: StructureColumn,
    wrong: &mut Wrong<'_>,
) -> Option<Place<'a>> {
    let only = index.only(level);
    if only.is_none() {
        wrong(column, "", StructureProblem::Empty);
    }
    only.map(Place::Known)
}
