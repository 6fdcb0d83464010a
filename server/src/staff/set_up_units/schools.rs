use super::below::{Below, Done, TypedName};
use crate::rights::{FoundDistrict, SchoolBelow, SetUpSchools};
use crate::staff::{PageError, Rendered, Visit};
use crate::state::Senim;
use crate::storage::units::Unit;
use axum::extract::{Form, Query, State};
use axum::response::Response;

/// `GET /districts/{district}/schools`
pub async fn index(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundDistrict<SetUpSchools>,
    Query(done): Query<Done>,
) -> Result<Rendered, PageError> {
    below(&found).index(&senim, &visit, done).await
}

/// `POST /districts/{district}/schools`
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundDistrict<SetUpSchools>,
    Form(typed): Form<TypedName>,
) -> Result<Response, PageError> {
    below(&found).create(&senim, &visit, typed).await
}

/// `POST /schools/{school}`
pub async fn update(
    State(senim): State<Senim>,
    visit: Visit,
    found: SchoolBelow<SetUpSchools>,
    Form(typed): Form<TypedName>,
) -> Result<Response, PageError> {
    let below = Below { above: found.above, account: &found.account };
    below.update(&senim, &visit, Unit::School(found.id), typed).await
}

fn below(found: &FoundDistrict<SetUpSchools>) -> Below<'_> {
    Below { above: Unit::District(found.id), account: &found.account }
}
