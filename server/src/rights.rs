//! Who may do what where. A unit that is not yours is "not found": handlers get a class only
//! through [`Found`], which means found and allowed.

use crate::staff::{PageError, SignedIn};
use crate::state::Senim;
use crate::storage::accounts::{Account, Grant, Role};
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
    /// Open and close its class session, see how many are done, print slips.
    RunLesson,
    /// Create units below it, create and open waves for it.
    SetUp,
    /// Close a wave for it.
    CloseWave,
}

/// Whether the account may do this to the unit whose own and upper units are `units`.
pub fn may(account: &Account, action: Action, units: &[Unit]) -> bool {
    account.grants.iter().any(|grant| units.contains(&grant.unit) && allows(*grant, action))
}

fn allows(grant: Grant, action: Action) -> bool {
    match action {
        Action::SeeClass => matches!(
            (grant.role, grant.unit),
            (Role::Teacher, Unit::Class(_)) | (Role::Coordinator, Unit::School(_))
        ),
        Action::RunLesson => matches!(grant.role, Role::Teacher | Role::Coordinator),
        Action::SetUp | Action::CloseWave => {
            matches!(grant.role, Role::Coordinator | Role::Ministry)
        }
    }
}

/// The one thing a route does to a class, as a type.
pub trait ClassAction {
    const ACTION: Action;
}

pub struct See;
pub struct Run;

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
        let Path(path): Path<HashMap<String, String>> =
            Path::from_request_parts(parts, senim).await.map_err(|_| PageError::NotFound)?;
        let id: Uuid =
            path.get("class").and_then(|text| text.parse().ok()).ok_or(PageError::NotFound)?;
        let class = units::class_by_id(&senim.storage, id).await?.ok_or(PageError::NotFound)?;
        if may(&account, A::ACTION, &class.units()) {
            Ok(Self { class, action: PhantomData })
        } else {
            Err(PageError::NotFound)
        }
    }
}
