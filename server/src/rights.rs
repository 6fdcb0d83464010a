//! Who may do what where. A unit that is not yours is "not found": handlers get a class only
//! through [`Found`] and a school through [`FoundSchool`], which mean found and allowed.

use crate::staff::{PageError, SignedIn};
use crate::state::Senim;
use crate::storage::StorageError;
use crate::storage::accounts::{Account, Grant, Role};
use crate::storage::school_help::{self, NamedSchoolHelp};
use crate::storage::units::{self, Class, Unit};
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use std::collections::HashMap;
use std::marker::PhantomData;
use uuid::Uuid;

/// What is done to a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Read a class's page: its teacher and its school's coordinator, nobody above a school.
    SeeClass,
    /// Read what a school says about its own psychologist: the school's own people.
    SeeHelp,
    /// Change that.
    ChangeHelp,
    /// Open and close its class session, see how many are done, print slips.
    RunLesson,
    /// Create units below it, create and open waves for it.
    SetUp,
    /// Close a wave for it.
    CloseWave,
    /// Change the schools and classes in it, by hand or from a table.
    SetUpClasses,
}

/// Whether the account may do this to the unit whose own and upper units are `units`.
pub fn may(account: &Account, action: Action, units: &[Unit]) -> bool {
    account.grants.iter().any(|grant| units.contains(&grant.unit) && allows(*grant, action))
}

fn allows(grant: Grant, action: Action) -> bool {
    match action {
        Action::SeeClass | Action::SeeHelp => matches!(
            (grant.role, grant.unit),
            (Role::Teacher, Unit::Class(_)) | (Role::Coordinator, Unit::School(_))
        ),
        Action::ChangeHelp => {
            matches!((grant.role, grant.unit), (Role::Coordinator, Unit::School(_)))
        }
        Action::RunLesson => matches!(grant.role, Role::Teacher | Role::Coordinator),
        Action::SetUp | Action::CloseWave => {
            matches!(grant.role, Role::Coordinator | Role::Ministry)
        }
        Action::SetUpClasses => match (grant.role, grant.unit) {
            (_, Unit::Class(_)) => false,
            (Role::Coordinator, _) => true,
            (role, Unit::District(_)) => role == Role::District,
            (role, Unit::Region(_)) => role == Role::Region,
            (role, Unit::Nation) => matches!(role, Role::Ministry | Role::Operator),
            (_, Unit::School(_)) => false,
        },
    }
}

/// Somebody who sets up schools and classes, and where.
pub struct SetsUp {
    pub account: Account,
    pub units: Vec<Unit>,
}

impl SetsUp {
    /// Whether it is the classes of one school.
    pub fn one_school(&self) -> bool {
        matches!(self.units.as_slice(), [Unit::School(_)])
    }
}

impl FromRequestParts<Senim> for SetsUp {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, senim: &Senim) -> Result<Self, PageError> {
        let SignedIn(account) = SignedIn::from_request_parts(parts, senim).await?;
        let mut units = Vec::new();
        for grant in &account.grants {
            if allows(*grant, Action::SetUpClasses) && !units.contains(&grant.unit) {
                units.push(grant.unit);
            }
        }
        if units.is_empty() { Err(PageError::NotFound) } else { Ok(Self { account, units }) }
    }
}

/// The school named by `{school}` in the path, whose classes the one who asks may change.
pub struct SetsUpSchool {
    pub id: Uuid,
}

impl SetsUpSchool {
    pub fn unit(&self) -> Unit {
        Unit::School(self.id)
    }
}

impl FromRequestParts<Senim> for SetsUpSchool {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, senim: &Senim) -> Result<Self, PageError> {
        let SignedIn(account) = SignedIn::from_request_parts(parts, senim).await?;
        let id = id_in_path(parts, senim, "school").await?;
        let above = units::units_above(&senim.storage, Unit::School(id)).await?;
        let allowed = may(&account, Action::SetUpClasses, &above);
        if allowed { Ok(Self { id }) } else { Err(PageError::NotFound) }
    }
}

/// The one thing a route does to a class, as a type.
pub trait ClassAction {
    const ACTION: Action;
}

pub struct See;
pub struct Run;
pub struct SetUpOne;

impl ClassAction for SetUpOne {
    const ACTION: Action = Action::SetUpClasses;
}

impl ClassAction for See {
    const ACTION: Action = Action::SeeClass;
}

impl ClassAction for Run {
    const ACTION: Action = Action::RunLesson;
}

/// The class named by `{class}` in the path, found and allowed.
pub struct Found<A> {
    pub class: Class,
    action: PhantomData<A>,
}

impl<A: ClassAction> FromRequestParts<Senim> for Found<A> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, senim: &Senim) -> Result<Self, PageError> {
        let SignedIn(account) = SignedIn::from_request_parts(parts, senim).await?;
        let id = id_in_path(parts, senim, "class").await?;
        let class = units::class_by_id(&senim.storage, id).await?.ok_or(PageError::NotFound)?;
        if may(&account, A::ACTION, &class.units()) {
            Ok(Self { class, action: PhantomData })
        } else {
            Err(PageError::NotFound)
        }
    }
}

/// The one thing a route does to a school, as a type.
pub trait SchoolAction {
    const ACTION: Action;
}

pub struct SeeHelp;
pub struct ChangeHelp;

impl SchoolAction for SeeHelp {
    const ACTION: Action = Action::SeeHelp;
}

impl SchoolAction for ChangeHelp {
    const ACTION: Action = Action::ChangeHelp;
}

/// The school named by `{school}` in the path, found and allowed.
pub struct FoundSchool<A> {
    pub id: Uuid,
    pub named: NamedSchoolHelp,
    /// Whether the one who asks may also change what it says.
    pub may_change: bool,
    action: PhantomData<A>,
}

impl<A: SchoolAction> FromRequestParts<Senim> for FoundSchool<A> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, senim: &Senim) -> Result<Self, PageError> {
        let SignedIn(account) = SignedIn::from_request_parts(parts, senim).await?;
        let id = id_in_path(parts, senim, "school").await?;
        let named = school_help::of_school(&senim.storage, id).await?;
        let named = named.ok_or(PageError::NotFound)?;
        let units = own_units_in(senim, &account, id).await?;
        if may(&account, A::ACTION, &units) {
            let may_change = may(&account, Action::ChangeHelp, &units);
            Ok(Self { id, named, may_change, action: PhantomData })
        } else {
            Err(PageError::NotFound)
        }
    }
}

/// The school and those of its classes that the account has to do with.
async fn own_units_in(
    senim: &Senim,
    account: &Account,
    school: Uuid,
) -> Result<Vec<Unit>, StorageError> {
    let mut own = vec![Unit::School(school)];
    for grant in &account.grants {
        if let Unit::Class(class) = grant.unit {
            let class = units::class_by_id(&senim.storage, class).await?;
            if class.is_some_and(|class| class.school.id == school) {
                own.push(grant.unit);
            }
        }
    }
    Ok(own)
}

async fn id_in_path(parts: &mut Parts, senim: &Senim, name: &str) -> Result<Uuid, PageError> {
    let Path(path): Path<HashMap<String, String>> =
        Path::from_request_parts(parts, senim).await.map_err(|_| PageError::NotFound)?;
    path.get(name).and_then(|text| text.parse().ok()).ok_or(PageError::NotFound)
}
