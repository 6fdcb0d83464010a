use super::class_label::ClassLabel;
use crate::storage::units::Unit;
use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

/// What there is already of the units that somebody sets up, with all that lies above them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Known {
    pub regions: Vec<KnownUnit>,
    pub districts: Vec<KnownUnit>,
    pub schools: Vec<KnownUnit>,
    pub classes: Vec<KnownClass>,
}

#[derive(Debug, Clone, Serialize)]
pub struct KnownUnit {
    pub id: Uuid,
    /// Nil above a region.
    pub parent: Uuid,
    pub code: String,
    pub name: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct KnownClass {
    pub id: Uuid,
    pub school: Uuid,
    pub code: String,
    pub label: String,
    pub grade: String,
    pub language: String,
    pub enrolment: u32,
    pub teacher: String,
    pub closed: bool,
}

impl KnownClass {
    /// The same for all ways to write its label.
    pub fn key(&self) -> String {
        label_key(&self.label)
    }
}

pub fn label_key(label: &str) -> String {
    ClassLabel::parse(label).map_or_else(|| name_key(label), |label| label.key())
}

/// Names that differ in capitals or quotes alone are one name.
pub(super) fn name_key(name: &str) -> String {
    let quote = |c: &char| !['«', '»', '"', '“', '”', '„'].contains(c);
    name.chars().filter(quote).flat_map(char::to_lowercase).collect()
}

pub fn same_name(one: &str, other: &str) -> bool {
    name_key(one) == name_key(other)
}

/// The same, to be looked up, with whom it is for.
pub(super) struct Index<'a> {
    pub(super) known: &'a Known,
    may: &'a [Unit],
    units: HashMap<(Level, Uuid, String), Vec<&'a KnownUnit>>,
    by_code: HashMap<(Level, &'a str), &'a KnownUnit>,
    by_id: HashMap<Uuid, &'a KnownUnit>,
    classes: HashMap<(Uuid, String), &'a KnownClass>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Level {
    Region,
    District,
    School,
}

impl<'a> Index<'a> {
    pub(super) fn new(known: &'a Known, may: &'a [Unit]) -> Self {
        let mut index = Self {
            known,
            may,
            units: HashMap::new(),
            by_code: HashMap::new(),
            by_id: HashMap::new(),
            classes: HashMap::new(),
        };
        for (level, units) in [
            (Level::Region, &known.regions),
            (Level::District, &known.districts),
            (Level::School, &known.schools),
        ] {
            for unit in units {
                let key = (level, unit.parent, name_key(&unit.name));
                index.units.entry(key).or_default().push(unit);
                index.by_code.insert((level, unit.code.as_str()), unit);
                index.by_id.insert(unit.id, unit);
            }
        }
        // Of two classes of one name the one that is not closed.
        for closed in [true, false] {
            for class in known.classes.iter().filter(|class| class.closed == closed) {
                index.classes.insert((class.school, class.key()), class);
            }
        }
        index
    }

    /// Units of a name below one above.
    pub(super) fn named(&self, level: Level, parent: Uuid, name: &str) -> &[&'a KnownUnit] {
        self.units.get(&(level, parent, name_key(name))).map_or(&[], Vec::as_slice)
    }

    pub(super) fn coded(&self, level: Level, code: &'a str) -> Option<&'a KnownUnit> {
        self.by_code.get(&(level, code)).copied()
    }

    pub(super) fn unit(&self, id: Uuid) -> Option<&'a KnownUnit> {
        self.by_id.get(&id).copied()
    }

    pub(super) fn class(&self, school: Uuid, label: &str) -> Option<&'a KnownClass> {
        self.classes.get(&(school, label_key(label))).copied()
    }

    /// The only unit of a level, where what is set up lies in one.
    pub(super) fn only(&self, level: Level) -> Option<&'a KnownUnit> {
        let whole = |unit: &Unit| match level {
            Level::Region => matches!(unit, Unit::Nation),
            Level::District => matches!(unit, Unit::Nation | Unit::Region(_)),
            Level::School => !matches!(unit, Unit::School(_)),
        };
        let units = match level {
            Level::Region => &self.known.regions,
            Level::District => &self.known.districts,
            Level::School => &self.known.schools,
        };
        match units.as_slice() {
            [unit] if !self.may.iter().any(whole) => Some(unit),
            _ => None,
        }
    }

    /// Whether districts may be made in a region, or, without one, regions.
    pub(super) fn may_in_region(&self, region: Option<Uuid>) -> bool {
        let region = region.map(Unit::Region);
        self.may.iter().any(|unit| *unit == Unit::Nation || Some(*unit) == region)
    }

    /// Whether schools may be made in a district.
    pub(super) fn may_in_district(&self, region: Option<Uuid>, district: Option<Uuid>) -> bool {
        let district = district.map(Unit::District);
        self.may_in_region(region) || self.may.iter().any(|unit| Some(*unit) == district)
    }

    /// Whether classes of a school may be changed.
    pub(super) fn may_in_school(
        &self,
        region: Option<Uuid>,
        district: Option<Uuid>,
        school: Uuid,
    ) -> bool {
        self.may_in_district(region, district) || self.may.contains(&Unit::School(school))
    }
}
