use super::below::{Below, Done, TypedName};
use crate::rights::{FoundNation, RegionBelow, SetUpRegions};
use crate::staff::{PageError, Rendered, Visit};
use crate::state::Senim;
use crate::storage::units::Unit;
use axum::extract::{Form, Query, State};
use axum::response::Response;

/// `GET /regions`
pub async fn index(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundNation<SetUpRegions>,
    Query(done): Query<Done>,
) -> Result<Rendered, PageError> {
    below(&found).index(&senim, &visit, done).await
}

/// `POST /regions`
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundNation<SetUpRegions>,
    Form(typed): Form<TypedName>,
) -> Result<Response, PageError> {
    below(&found).create(&senim, &visit, typed).await
}

/// `POST /regions/{region}`
pub async fn update(
    State(senim): State<Senim>,
    visit: Visit,
    found: RegionBelow<SetUpRegions>,
    Form(typed): Form<TypedName>,
) -> Result<Response, PageError> {
    let below = Below { above: found.above, account: &found.account };
    below.update(&senim, &visit, Unit::Region(found.id), typed).await
}

fn below(found: &FoundNation<SetUpRegions>) -> Below<'_> {
    Below { above: Unit::Nation, account: &found.account }
}
