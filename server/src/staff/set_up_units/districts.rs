use super::below::{Below, Done, TypedName};
use crate::rights::{DistrictBelow, FoundRegion, SetUpDistricts};
use crate::staff::{PageError, Rendered, Visit};
use crate::state::Senim;
use crate::storage::units::Unit;
use axum::extract::{Form, Query, State};
use axum::response::Response;

/// `GET /regions/{region}/districts`
pub async fn index(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundRegion<SetUpDistricts>,
    Query(done): Query<Done>,
) -> Result<Rendered, PageError> {
    below(&found).index(&senim, &visit, done).await
}

/// `POST /regions/{region}/districts`
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundRegion<SetUpDistricts>,
    Form(typed): Form<TypedName>,
) -> Result<Response, PageError> {
    below(&found).create(&senim, &visit, typed).await
}

/// `POST /districts/{district}`
pub async fn update(
    State(senim): State<Senim>,
    visit: Visit,
    found: DistrictBelow<SetUpDistricts>,
    Form(typed): Form<TypedName>,
) -> Result<Response, PageError> {
    let below = Below { above: found.above, account: &found.account };
    below.update(&senim, &visit, Unit::District(found.id), typed).await
}

fn below(found: &FoundRegion<SetUpDistricts>) -> Below<'_> {
    Below { above: Unit::Region(found.id), account: &found.account }
}
