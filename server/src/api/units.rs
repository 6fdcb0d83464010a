use super::{Body, Id};
use crate::rights::{Action, may};
use crate::staff::{PageError, SignedIn};
use crate::state::Senim;
use crate::storage::StorageError;
use crate::storage::accounts::Account;
use crate::storage::units::{self, NewClass, Unit};
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

/// Pupils that a class can have; slips are made for as many.
const ENROLMENT: RangeInclusive<u32> = 1..=500;

/// `PUT /api/regions/{unit}`
pub async fn put_region(
    State(senim): State<Senim>,
    SignedIn(account): SignedIn,
    Id(id): Id,
    Body(body): Body<RegionBody>,
) -> Result<StatusCode, PageError> {
    let id =
        not_yet(&senim, &account, Action::SetUpRegions, Unit::Region(id), Unit::Nation).await?;
    match id {
        Some(id) => made(units::create_region(&senim.storage, id, &body.code, &body.name).await),
        None => Ok(StatusCode::NO_CONTENT),
    }
}

/// `PUT /api/districts/{unit}`
pub async fn put_district(
    State(senim): State<Senim>,
    SignedIn(account): SignedIn,
    Id(id): Id,
    Body(body): Body<DistrictBody>,
) -> Result<StatusCode, PageError> {
    let id = not_yet(
        &senim,
        &account,
        Action::SetUpDistricts,
        Unit::District(id),
        Unit::Region(body.region),
    )
    .await?;
    match id {
        Some(id) => made(
            units::create_district(&senim.storage, id, body.region, &body.code, &body.name).await,
        ),
        None => Ok(StatusCode::NO_CONTENT),
    }
}

/// `PUT /api/schools/{unit}`
pub async fn put_school(
    State(senim): State<Senim>,
    SignedIn(account): SignedIn,
    Id(id): Id,
    Body(body): Body<SchoolBody>,
) -> Result<StatusCode, PageError> {
    let id = not_yet(
        &senim,
        &account,
        Action::SetUpSchools,
        Unit::School(id),
        Unit::District(body.district),
    )
    .await?;
    match id {
        Some(id) => made(
            units::create_school(&senim.storage, id, body.district, &body.code, &body.name).await,
        ),
        None => Ok(StatusCode::NO_CONTENT),
    }
}

/// `PUT /api/classes/{unit}`
pub async fn put_class(
    State(senim): State<Senim>,
    SignedIn(account): SignedIn,
    Id(id): Id,
    Body(class): Body<NewClass>,
) -> Result<StatusCode, PageError> {
    if !ENROLMENT.contains(&class.enrolment) {
        let (least, most) = (ENROLMENT.start(), ENROLMENT.end());
        let problem = format!("enrolment {}: expected {least} to {most}", class.enrolment);
        return Err(PageError::BadRequest(problem));
    }
    let id = not_yet(
        &senim,
        &account,
        Action::SetUpClasses,
        Unit::Class(id),
        Unit::School(class.school),
    )
    .await?;
    match id {
        Some(id) => made(units::create_class(&senim.storage, id, &class).await),
        None => Ok(StatusCode::NO_CONTENT),
    }
}

/// The id to create `unit` under; `None` when the same request was carried out before. The unit
/// above must exist and be the caller's.
async fn not_yet(
    senim: &Senim,
    account: &Account,
    action: Action,
    unit: Unit,
    above: Unit,
) -> Result<Option<Uuid>, PageError> {
    let units_above = units::units_above(&senim.storage, above).await?;
    if !may(account, action, &units_above) {
        return Err(PageError::NotFound);
    }
    let existing = units::units_above(&senim.storage, unit).await?;
    match (existing.get(1), unit) {
        (None, Unit::Region(id) | Unit::District(id) | Unit::School(id) | Unit::Class(id)) => {
            Ok(Some(id))
        }
        (Some(parent), _) if *parent == above => Ok(None),
        _ => Err(PageError::Conflict("this id belongs to another unit".to_owned())),
    }
}

fn made(result: Result<(), StorageError>) -> Result<StatusCode, PageError> {
    Ok(result.map(|()| StatusCode::CREATED)?)
}
