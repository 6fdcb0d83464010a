use super::download::Download;
use super::units::{self, About};
use super::{PageError, Rendered, Visit};
use crate::rights::{FoundDistrict, SeeDistrict};
use crate::state::Senim;
use crate::unit_results::Subject;
use axum::extract::State;

/// `GET /districts/{district}`
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundDistrict<SeeDistrict>,
) -> Result<Rendered, PageError> {
    units::show(&senim, &visit, &found.account, about(&found)).await
}

/// `GET /districts/{district}/results.xlsx`
pub async fn file(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundDistrict<SeeDistrict>,
) -> Result<Download, PageError> {
    units::file(&senim, &visit, &found.account, about(&found)).await
}

fn about(found: &FoundDistrict<SeeDistrict>) -> About {
    About {
        subject: Subject::district(found.id, &found.code),
        name: found.name.clone(),
        path: format!("/districts/{}", found.id),
        below: Vec::new(),
    }
}
