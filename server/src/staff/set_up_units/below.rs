//! What the three levels have in common.

use crate::audit::About;
use crate::rights::{Action, invites, may};
use crate::sorting::sort_by_name;
use crate::staff::{PageError, Rendered, Visit};
use crate::state::Senim;
use crate::storage::accounts::{Account, Grant};
use crate::storage::units::{self, Unit};
use crate::storage::{StorageError, unit_changes, unit_names};
use crate::structure_import::{same_name, unit_name};
use app::{StructureColumn, StructureProblem, UnitLine, UnitsPage};
use axum::Extension;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// The units directly below one.
pub struct Below<'a> {
    /// The nation, a region or a district.
    pub(super) above: Unit,
    pub(super) account: &'a Account,
}

#[derive(Deserialize)]
pub struct Done {
    #[serde(default)]
    saved: String,
}

#[derive(Deserialize)]
pub struct TypedName {
    name: String,
}

impl Below<'_> {
    pub(super) async fn index(
        &self,
        senim: &Senim,
        visit: &Visit,
        done: Done,
    ) -> Result<Rendered, PageError> {
        let form = app::UnitForm::default();
        self.page(senim, visit, form, !done.saved.is_empty()).await
    }

    /// Makes one; what cannot be taken comes back as it was typed.
    pub(super) async fn create(
        &self,
        senim: &Senim,
        visit: &Visit,
        typed: TypedName,
    ) -> Result<Response, PageError> {
        let name = match self.check(senim, None, &typed.name).await? {
            Ok(name) => name,
            Err(problem) => return self.again(senim, visit, None, typed, problem).await,
        };
        let mut transaction = senim.storage.begin().await?;
        let made = unit_changes::add(&mut transaction, self.above, &name, &senim.random).await?;
        transaction.commit().await.map_err(StorageError::from)?;
        Ok((Extension(About::unit(made)), self.saved()).into_response())
    }

    /// Gives one another name.
    pub(super) async fn update(
        &self,
        senim: &Senim,
        visit: &Visit,
        unit: Unit,
        typed: TypedName,
    ) -> Result<Response, PageError> {
        let name = match self.check(senim, Some(unit), &typed.name).await? {
            Ok(name) => name,
            Err(problem) => return self.again(senim, visit, Some(unit), typed, problem).await,
        };
        let mut transaction = senim.storage.begin().await?;
        unit_changes::rename(&mut transaction, unit, &name).await?;
        transaction.commit().await.map_err(StorageError::from)?;
        Ok(self.saved().into_response())
    }

    /// The name as it is stored. `own` is the unit that is renamed.
    async fn check(
        &self,
        senim: &Senim,
        own: Option<Unit>,
        typed: &str,
    ) -> Result<Result<String, StructureProblem>, StorageError> {
        let name = match unit_name(typed) {
            Ok(name) => name,
            Err(problem) => return Ok(Err(problem)),
        };
        let others = unit_names::directly_below(&senim.storage, self.above).await?;
        let taken =
            others.iter().any(|(unit, other)| Some(*unit) != own && same_name(other, &name));
        Ok(if taken { Err(StructureProblem::NameTaken) } else { Ok(name) })
    }

    fn saved(&self) -> Redirect {
        Redirect::to(&format!("{}?saved=yes", path(self.above)))
    }

    async fn again(
        &self,
        senim: &Senim,
        visit: &Visit,
        renamed: Option<Unit>,
        typed: TypedName,
        problem: StructureProblem,
    ) -> Result<Response, PageError> {
        let renamed = renamed.map(Unit::id_text);
        let form = app::UnitForm { renamed, name: typed.name, problem: Some(problem) };
        let visit = visit.clone().led_back_to(&path(self.above));
        let page = self.page(senim, &visit, form, false).await?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    }

    /// Where the account sets up the level above.
    async fn back(&self, senim: &Senim) -> Result<Option<(StructureColumn, String)>, StorageError> {
        let units = units::units_above(&senim.storage, self.above).await?;
        let Some((above, units)) = units.get(1).zip(units.get(1..)) else { return Ok(None) };
        let may = action(*above).is_some_and(|action| may(self.account, action, units));
        Ok(may.then(|| (level(*above), path(*above))))
    }

    async fn page(
        &self,
        senim: &Senim,
        visit: &Visit,
        form: app::UnitForm,
        saved: bool,
    ) -> Result<Rendered, PageError> {
        let units = unit_names::directly_below(&senim.storage, self.above).await?;
        let line = |(unit, name): (Unit, String)| UnitLine {
            change: address(unit),
            below: path(unit),
            id: unit.id_text(),
            name,
        };
        let mut units: Vec<_> = units.into_iter().map(line).collect();
        sort_by_name(&mut units, visit.language(), |unit| &unit.name);
        let above = unit_names::named(&senim.storage, self.above).await?;
        let invites = |grant: &Grant| grant.unit == self.above && !invites(grant.role).is_empty();
        Ok(visit.render(UnitsPage {
            level: level(self.above),
            above: above.map(|named| named.name),
            action: path(self.above),
            back: self.back(senim).await?,
            units,
            form,
            saved,
            invites: self.account.grants.iter().any(invites),
        }))
    }
}

/// What it takes to set up what lies directly below a unit; nothing lies below a class.
fn action(above: Unit) -> Option<Action> {
    match above {
        Unit::Nation => Some(Action::SetUpRegions),
        Unit::Region(_) => Some(Action::SetUpDistricts),
        Unit::District(_) => Some(Action::SetUpSchools),
        Unit::School(_) => Some(Action::SetUpClasses),
        Unit::Class(_) => None,
    }
}

/// What lies directly below a unit.
fn level(above: Unit) -> StructureColumn {
    match above {
        Unit::Nation => StructureColumn::Region,
        Unit::Region(_) => StructureColumn::District,
        Unit::District(_) => StructureColumn::School,
        Unit::School(_) | Unit::Class(_) => StructureColumn::Class,
    }
}

/// Where what lies directly below a unit is set up.
fn path(above: Unit) -> String {
    match above {
        Unit::Nation => "/regions".to_owned(),
        Unit::Region(id) => format!("/regions/{id}/districts"),
        Unit::District(id) => format!("/districts/{id}/schools"),
        Unit::School(id) => format!("/schools/{id}/classes"),
        Unit::Class(id) => format!("/classes/{id}/edit"),
    }
}

/// Where a unit is given another name.
fn address(unit: Unit) -> String {
    format!("/{}s/{}", unit.level(), unit.id_text())
}

/// Where the account sets up what lies directly below its own units, and what that is.
pub(in crate::staff) fn ways(account: &Account) -> Vec<(StructureColumn, String)> {
    let mut ways = Vec::new();
    for grant in &account.grants {
        let Some(action) = action(grant.unit) else { continue };
        let way = (level(grant.unit), path(grant.unit));
        if may(account, action, &[grant.unit]) && !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
}
