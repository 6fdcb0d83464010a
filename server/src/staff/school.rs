use super::download::Download;
use super::units::{self, About};
use super::{PageError, Rendered, Visit};
use crate::rights::{FoundSchool, SeeSchool};
use crate::state::Senim;
use crate::unit_results::Subject;
use axum::extract::State;

/// `GET /schools/{school}`
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundSchool<SeeSchool>,
) -> Result<Rendered, PageError> {
    units::show(&senim, &visit, &found.account, about(&found)).await
}

/// `GET /schools/{school}/results.xlsx`
pub async fn file(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundSchool<SeeSchool>,
) -> Result<Download, PageError> {
    units::file(&senim, &visit, &found.account, about(&found)).await
}

pub(super) fn about(found: &FoundSchool<SeeSchool>) -> About {
    About {
        subject: Subject::school(found.id, &found.code),
        name: found.name.clone(),
        path: format!("/schools/{}", found.id),
        below: Vec::new(),
    }
}
