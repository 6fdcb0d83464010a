use super::download::Download;
use super::units::{self, About};
use super::{PageError, Rendered, Visit};
use crate::rights::{Action, FoundNation, SeeNation, may};
use crate::state::Senim;
use crate::storage::accounts::Account;
use crate::storage::units::Unit;
use crate::unit_results::{Subject, sorted};
use axum::extract::State;

/// `GET /nation`
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundNation<SeeNation>,
) -> Result<Rendered, PageError> {
    let about = about(&senim, &visit, &found.account).await?;
    units::show(&senim, &visit, &found.account, about).await
}

/// `GET /nation/results.xlsx`
pub async fn file(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundNation<SeeNation>,
) -> Result<Download, PageError> {
    let about = about(&senim, &visit, &found.account).await?;
    units::file(&senim, &visit, &found.account, about).await
}

/// With the regions and their districts, for who may go there.
async fn about(senim: &Senim, visit: &Visit, account: &Account) -> Result<About, PageError> {
    let mut below = Vec::new();
    if may(account, Action::SeeRegion, &[Unit::Nation]) {
        for region in sorted(senim, visit.language(), Unit::Nation).await? {
            let districts = sorted(senim, visit.language(), Unit::Region(region.id)).await?;
            let units = districts.into_iter().map(|one| units::link("districts", one)).collect();
            let heading = Some(units::link("regions", region));
            below.push(app::UnitList { heading, units });
        }
    }
    Ok(About { subject: Subject::nation(), name: String::new(), path: "/nation".to_owned(), below })
}
