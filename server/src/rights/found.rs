//! What a handler gets: found and allowed, by the line of the table that led to it.

use super::{Action, Admitted, Does, Place, may, units_of};
use crate::staff::PageError;
use crate::state::Senim;
use crate::storage::accounts::Account;
use crate::storage::units::{Class, Unit};
use crate::storage::waves::Wave;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::marker::PhantomData;
use uuid::Uuid;

/// The class named by `{class}` in the path.
pub struct Found<A> {
    pub class: Class,
    pub account: Account,
    action: PhantomData<A>,
}

/// The region, district or school named in the path.
pub struct FoundUnit<K, A> {
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub account: Account,
    units: Vec<Unit>,
    action: PhantomData<(K, A)>,
}

pub struct School;
pub struct District;
pub struct Region;

/// The school named by `{school}`.
pub type FoundSchool<A> = FoundUnit<School, A>;
/// The district named by `{district}`.
pub type FoundDistrict<A> = FoundUnit<District, A>;
/// The region named by `{region}`.
pub type FoundRegion<A> = FoundUnit<Region, A>;

/// One of the units that who asks sets up: they may do this to the unit above it too, so it is not
/// their own.
pub struct FoundBelow<K, A> {
    pub id: Uuid,
    pub above: Unit,
    pub account: Account,
    action: PhantomData<(K, A)>,
}

/// The school named by `{school}`, for who sets up schools.
pub type SchoolBelow<A> = FoundBelow<School, A>;
/// The district named by `{district}`, for who sets up districts.
pub type DistrictBelow<A> = FoundBelow<District, A>;
/// The region named by `{region}`, for who sets up regions.
pub type RegionBelow<A> = FoundBelow<Region, A>;

/// The nation, which no path names.
pub struct FoundNation<A> {
    pub account: Account,
    action: PhantomData<A>,
}

/// All units to which who asks may do this, at least one; the path names none.
pub struct FoundUnits<A> {
    pub account: Account,
    pub units: Vec<Unit>,
    action: PhantomData<A>,
}

/// The wave named by `{wave}`.
pub struct FoundWave<A> {
    pub wave: Wave,
    pub account: Account,
    action: PhantomData<A>,
}

/// The kind of a unit, as a type.
pub trait Kind {
    fn is(unit: Unit) -> bool;
}

impl Kind for School {
    fn is(unit: Unit) -> bool {
        matches!(unit, Unit::School(_))
    }
}

impl Kind for District {
    fn is(unit: Unit) -> bool {
        matches!(unit, Unit::District(_))
    }
}

impl Kind for Region {
    fn is(unit: Unit) -> bool {
        matches!(unit, Unit::Region(_))
    }
}

impl<K, A> FoundUnit<K, A> {
    /// Whether who asks may do this to the unit too.
    pub fn may(&self, action: Action) -> bool {
        may(&self.account, action, &self.units)
    }
}

impl<A: Does> FromRequestParts<Senim> for Found<A> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &Senim) -> Result<Self, PageError> {
        let Admitted { account, place, .. } = admitted::<A>(parts)?;
        match place {
            Place::Class(class) => Ok(Self { class: *class, account, action: PhantomData }),
            _ => Err(mistaken("no class")),
        }
    }
}

impl<K: Kind, A: Does> FromRequestParts<Senim> for FoundUnit<K, A> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &Senim) -> Result<Self, PageError> {
        let Admitted { account, place, units, .. } = admitted::<A>(parts)?;
        match (place, units.first()) {
            (Place::Unit(named), Some(unit)) if K::is(*unit) => {
                let (id, code, name) = (named.id, named.code, named.name);
                Ok(Self { id, code, name, account, units, action: PhantomData })
            }
            _ => Err(mistaken("another kind of unit")),
        }
    }
}

impl<K: Kind, A: Does> FromRequestParts<Senim> for FoundBelow<K, A> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, senim: &Senim) -> Result<Self, PageError> {
        let found = FoundUnit::<K, A>::from_request_parts(parts, senim).await?;
        let units = found.units.get(1..).unwrap_or_default();
        match units.first() {
            Some(above) if may(&found.account, A::ACTION, units) => {
                let (id, account) = (found.id, found.account);
                Ok(Self { id, above: *above, account, action: PhantomData })
            }
            _ => Err(PageError::NotFound),
        }
    }
}

impl<A: Does> FromRequestParts<Senim> for FoundNation<A> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &Senim) -> Result<Self, PageError> {
        let Admitted { account, place, .. } = admitted::<A>(parts)?;
        match place {
            Place::Nothing if may(&account, A::ACTION, &[Unit::Nation]) => {
                Ok(Self { account, action: PhantomData })
            }
            Place::Nothing => Err(PageError::NotFound),
            _ => Err(mistaken("a unit below the nation")),
        }
    }
}

impl<A> FoundUnits<A> {
    /// Whether it is a single school.
    pub fn one_school(&self) -> bool {
        matches!(self.units.as_slice(), [Unit::School(_)])
    }
}

impl<A: Does> FromRequestParts<Senim> for FoundUnits<A> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &Senim) -> Result<Self, PageError> {
        let Admitted { account, place, .. } = admitted::<A>(parts)?;
        let units = units_of(&account, A::ACTION);
        match place {
            Place::Nothing if units.is_empty() => Err(PageError::NotFound),
            Place::Nothing => Ok(Self { account, units, action: PhantomData }),
            _ => Err(mistaken("a unit")),
        }
    }
}

impl<A: Does> FromRequestParts<Senim> for FoundWave<A> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &Senim) -> Result<Self, PageError> {
        let Admitted { account, place, .. } = admitted::<A>(parts)?;
        match place {
            Place::Wave(wave) => Ok(Self { wave: *wave, account, action: PhantomData }),
            _ => Err(mistaken("no wave")),
        }
    }
}

/// What the gate let through, if it was for this action: a handler cannot be put on a line that
/// promises something else.
fn admitted<A: Does>(parts: &Parts) -> Result<Admitted, PageError> {
    let admitted = parts.extensions.get::<Admitted>();
    let admitted = admitted.ok_or_else(|| mistaken("nobody was let through"))?;
    match admitted.action == A::ACTION {
        true => Ok(admitted.clone()),
        false => Err(mistaken("another action")),
    }
}

fn mistaken(what: &'static str) -> PageError {
    tracing::error!(what, "a line of the table of routes does not fit its handler");
    PageError::Internal
}
