use super::download::Download;
use super::units::{self, About};
use super::{PageError, Rendered, Visit};
use crate::rights::{FoundRegion, SeeRegion};
use crate::state::Senim;
use crate::storage::units::Unit;
use crate::unit_results::{Subject, sorted};
use axum::extract::State;

/// `GET /regions/{region}`
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundRegion<SeeRegion>,
) -> Result<Rendered, PageError> {
    units::show(&senim, &visit, &found.account, about(&senim, &visit, &found).await?).await
}

/// `GET /regions/{region}/results.xlsx`
pub async fn file(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundRegion<SeeRegion>,
) -> Result<Download, PageError> {
    units::file(&senim, &visit, &found.account, about(&senim, &visit, &found).await?).await
}

async fn about(
    senim: &Senim,
    visit: &Visit,
    found: &FoundRegion<SeeRegion>,
) -> Result<About, PageError> {
    let districts = sorted(senim, visit.language(), Unit::Region(found.id)).await?.into_iter();
    let units = districts.map(|district| units::link("districts", district)).collect();
    Ok(About {
        subject: Subject::region(found.id, &found.code),
        name: found.name.clone(),
        path: format!("/regions/{}", found.id),
        below: vec![app::UnitList { heading: None, units }],
    })
}
