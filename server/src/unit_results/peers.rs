//! The units that stand side by side on a page.

use super::forms::Subject;
use super::group_name;
use crate::rights::{Action, may};
use crate::sorting::sort_by_name;
use crate::state::Senim;
use crate::storage::accounts::Account;
use crate::storage::units::{self, Named, Unit};
use crate::storage::waves::Wave;
use crate::storage::{StorageError, releases, unit_lists};
use analysis::{Group, Level, Parent, Respondents};
use std::collections::BTreeSet;
use survey_definitions::{DefinitionId, Language};

/// Where units are looked for.
pub(super) struct Circle<'a> {
    pub(super) senim: &'a Senim,
    /// Who reads: a link leads only where they may go.
    pub(super) account: &'a Account,
    pub(super) language: Language,
    pub(super) wave: &'a Wave,
    pub(super) definition: &'a DefinitionId,
}

/// Units of one kind with what is published of them.
pub struct Side {
    pub kind: app::PeerKind,
    pub lines: Vec<SideLine>,
}

/// A unit; without group where nothing is published of it in this form.
pub struct SideLine {
    pub name: String,
    pub link: Option<String>,
    pub enrolment: Option<u32>,
    pub level: Level,
    pub group: Option<Group>,
}

impl Side {
    /// As a page takes it.
    pub fn shown(&self) -> app::Peers {
        let lines = self.lines.iter().map(|line| app::Peer {
            group: line.group.as_ref().map_or_else(|| nothing(line.level), group_name),
            cells: line.group.iter().flat_map(|group| group.cells.iter()).map(owned).collect(),
            name: line.name.clone(),
            link: line.link.clone(),
            enrolment: line.enrolment,
        });
        app::Peers { kind: self.kind.clone(), lines: lines.collect() }
    }
}

fn owned((id, cell): (&str, analysis::Cell)) -> (String, analysis::Cell) {
    (id.to_owned(), cell)
}

fn nothing(level: Level) -> app::GroupName {
    let (code, grades) = (String::new(), String::new());
    app::GroupName { level, code, grades, respondents: Respondents::Hidden }
}

/// What stands beside each other on the page of the subject.
pub(super) async fn peers(
    circle: &Circle<'_>,
    subject: &Subject,
) -> Result<Vec<Side>, StorageError> {
    match subject.unit {
        Unit::School(_) => in_school(circle, subject.unit).await,
        Unit::District(_) => {
            Ok(vec![below(circle, subject.unit, Level::School, app::PeerKind::Schools).await?])
        }
        Unit::Region(_) => {
            let kind = app::PeerKind::Districts;
            Ok(vec![below(circle, subject.unit, Level::District, kind).await?])
        }
        Unit::Nation => in_nation(circle).await,
        Unit::Class(_) => Ok(Vec::new()),
    }
}

/// The regions, and the districts of each.
async fn in_nation(circle: &Circle<'_>) -> Result<Vec<Side>, StorageError> {
    let mut sides = vec![below(circle, Unit::Nation, Level::Region, app::PeerKind::Regions).await?];
    for region in sorted(circle.senim, circle.language, Unit::Nation).await? {
        let kind = app::PeerKind::DistrictsOf(region.name);
        sides.push(below(circle, Unit::Region(region.id), Level::District, kind).await?);
    }
    Ok(sides)
}

/// The units directly below in the order of their names.
pub async fn sorted(
    senim: &Senim,
    language: Language,
    unit: Unit,
) -> Result<Vec<Named>, StorageError> {
    let mut units = unit_lists::below(&senim.storage, unit).await?;
    sort_by_name(&mut units, language, |unit| &unit.name);
    Ok(units)
}

async fn below(
    circle: &Circle<'_>,
    unit: Unit,
    level: Level,
    kind: app::PeerKind,
) -> Result<Side, StorageError> {
    let above = units::units_above(&circle.senim.storage, unit).await?;
    let mut lines = Vec::new();
    for named in sorted(circle.senim, circle.language, unit).await? {
        let (action, own, path) = match level {
            Level::District => (Action::SeeDistrict, Unit::District(named.id), "districts"),
            Level::Region => (Action::SeeRegion, Unit::Region(named.id), "regions"),
            _ => (Action::SeeSchool, Unit::School(named.id), "schools"),
        };
        let goes_there = may(circle.account, action, &[&[own], &above[..]].concat());
        let link = goes_there.then(|| format!("/{path}/{}", named.id));
        let group = circle.group(level, &named.code).await?;
        lines.push(SideLine { name: named.name, link, enrolment: None, level, group });
    }
    Ok(Side { kind, lines })
}

/// The classes that answered this form, and the grades and bands of grades that they make up.
async fn in_school(circle: &Circle<'_>, school: Unit) -> Result<Vec<Side>, StorageError> {
    let Unit::School(id) = school else { return Ok(Vec::new()) };
    let storage = &circle.senim.storage;
    let mut classes = unit_lists::classes_in_wave(storage, id, circle.wave.id).await?;
    sort_by_name(&mut classes, circle.language, |class| &class.label);
    let mut lines = Vec::new();
    let mut around: BTreeSet<(Level, String)> = BTreeSet::new();
    for class in classes {
        let Some(group) = circle.group(Level::Class, &class.code).await? else { continue };
        around.extend(circle.groups_around(&group).await?);
        lines.push(SideLine {
            name: class.label,
            link: Some(format!("/classes/{}", class.id)),
            enrolment: Some(class.enrolment),
            level: Level::Class,
            group: Some(group),
        });
    }
    let mut grades = Vec::new();
    for (level, code) in around {
        let group = circle.group(level, &code).await?;
        grades.push(SideLine { name: code, link: None, enrolment: None, level, group });
    }
    sort_by_name(&mut grades, circle.language, |line| &line.name);
    grades.sort_by_key(|line| line.level);
    let classes = Side { kind: app::PeerKind::Classes, lines };
    let grades = Side { kind: app::PeerKind::Grades, lines: grades };
    Ok([classes, grades].into_iter().filter(|side| !side.lines.is_empty()).collect())
}

impl Circle<'_> {
    async fn group(&self, level: Level, code: &str) -> Result<Option<Group>, StorageError> {
        let storage = &self.senim.storage;
        releases::group(storage, self.wave.id, self.definition, level, code).await
    }

    /// The grade and the band of grades around a class.
    async fn groups_around(&self, class: &Group) -> Result<Vec<(Level, String)>, StorageError> {
        let mut found = Vec::new();
        let below_school = |parent: &Parent| parent.level < Level::School;
        let mut next = class.parent.clone().filter(below_school);
        // A grade, a band of grades: no more, whatever is stored.
        while let Some(parent) = next.filter(|_| found.len() < 2) {
            let group = self.group(parent.level, &parent.group).await?;
            found.push((parent.level, parent.group));
            next = group.and_then(|group| group.parent).filter(below_school);
        }
        Ok(found)
    }
}
