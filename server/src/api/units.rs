use super::{Body, Id};
use crate::audit::About;
use crate::rights::{Action, may};
use crate::staff::{PageError, SignedIn};
use crate::state::Senim;
use crate::storage::accounts::Account;
use crate::storage::units::{self, NewClass, Unit};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use uuid::Uuid;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionBody {
    pub code: String,
    pub name: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DistrictBody {
    pub region: Uuid,
    pub code: String,
    pub name: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchoolBody {
    pub district: Uuid,
    pub code: String,
    pub name: String,
}

/// The status, and for the record what it is about.
type Done = Result<(Extension<About>, StatusCode), PageError>;

/// Pupils that a class can have; slips are made for as many.
const ENROLMENT: RangeInclusive<u32> = 1..=500;

/// `PUT /api/regions/{unit}`
pub async fn put_region(
    State(senim): State<Senim>,
    SignedIn(account): SignedIn,
    Id(id): Id,
    Body(body): Body<RegionBody>,
) -> Done {
    let unit = Unit::Region(id);
    let action = Action::SetUpRegions;
    if not_yet(&senim, &account, action, unit, Unit::Nation).await? {
        units::create_region(&senim.storage, id, &body.code, &body.name).await?;
        return made(unit, StatusCode::CREATED);
    }
    made(unit, StatusCode::NO_CONTENT)
}

/// `PUT /api/districts/{unit}`
pub async fn put_district(
    State(senim): State<Senim>,
    SignedIn(account): SignedIn,
    Id(id): Id,
    Body(body): Body<DistrictBody>,
) -> Done {
    let unit = Unit::District(id);
    let action = Action::SetUpDistricts;
    if not_yet(&senim, &account, action, unit, Unit::Region(body.region)).await? {
        units::create_district(&senim.storage, id, body.region, &body.code, &body.name).await?;
        return made(unit, StatusCode::CREATED);
    }
    made(unit, StatusCode::NO_CONTENT)
}

/// `PUT /api/schools/{unit}`
pub async fn put_school(
    State(senim): State<Senim>,
    SignedIn(account): SignedIn,
    Id(id): Id,
    Body(body): Body<SchoolBody>,
) -> Done {
    let unit = Unit::School(id);
    let action = Action::SetUpSchools;
    if not_yet(&senim, &account, action, unit, Unit::District(body.district)).await? {
        units::create_school(&senim.storage, id, body.district, &body.code, &body.name).await?;
        return made(unit, StatusCode::CREATED);
    }
    made(unit, StatusCode::NO_CONTENT)
}

/// `PUT /api/classes/{unit}`
pub async fn put_class(
    State(senim): State<Senim>,
    SignedIn(account): SignedIn,
    Id(id): Id,
    Body(class): Body<NewClass>,
) -> Done {
    if !ENROLMENT.contains(&class.enrolment) {
        let (least, most) = (ENROLMENT.start(), ENROLMENT.end());
        let problem = format!("enrolment {}: expected {least} to {most}", class.enrolment);
        return Err(PageError::BadRequest(problem));
    }
    let unit = Unit::Class(id);
    let action = Action::SetUpClasses;
    if not_yet(&senim, &account, action, unit, Unit::School(class.school)).await? {
        units::create_class(&senim.storage, id, &class).await?;
        return made(unit, StatusCode::CREATED);
    }
    made(unit, StatusCode::NO_CONTENT)
}

/// Whether `unit` is to be made; `false` when the same request was carried out before. The unit
/// above must exist and be the caller's.
async fn not_yet(
    senim: &Senim,
    account: &Account,
    action: Action,
    unit: Unit,
    above: Unit,
) -> Result<bool, PageError> {
    let units_above = units::units_above(&senim.storage, above).await?;
    if !may(account, action, &units_above) {
        return Err(PageError::NotFound);
    }
    let existing = units::units_above(&senim.storage, unit).await?;
    match existing.get(1) {
        None => Ok(true),
        Some(parent) if *parent == above => Ok(false),
        Some(_) => Err(PageError::Conflict("this id belongs to another unit".to_owned())),
    }
}

/// The unit was made now, or by the same request before.
fn made(unit: Unit, status: StatusCode) -> Done {
    Ok((Extension(About::unit(unit)), status))
}
