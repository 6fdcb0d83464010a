//! What the pages of schools, districts, regions and the nation have in common.

use super::download::Download;
use super::{PageError, Rendered, Visit};
use crate::rights::{Action, may};
use crate::sheets;
use crate::state::Senim;
use crate::storage::accounts::Account;
use crate::storage::unit_names;
use crate::storage::units::{self, Named, Unit};
use crate::unit_results::{Subject, forms};
use survey_definitions::Language;

/// A unit, what it is called and where its page is.
pub(super) struct About {
    pub(super) subject: Subject,
    pub(super) name: String,
    pub(super) path: String,
    pub(super) below: Vec<app::UnitList>,
}

pub(super) async fn page(
    senim: &Senim,
    language: Language,
    account: &Account,
    about: About,
) -> Result<app::UnitPage, PageError> {
    Ok(app::UnitPage {
        level: about.subject.level,
        name: about.name,
        path: about.path,
        above: above(senim, account, about.subject.unit).await?,
        below: about.below,
        forms: forms(senim, account, language, &about.subject).await?,
    })
}

pub(super) async fn show(
    senim: &Senim,
    visit: &Visit,
    account: &Account,
    about: About,
) -> Result<Rendered, PageError> {
    Ok(visit.render(page(senim, visit.language(), account, about).await?))
}

pub(super) async fn file(
    senim: &Senim,
    visit: &Visit,
    account: &Account,
    about: About,
) -> Result<Download, PageError> {
    let name = format!("senim-{}", about.subject.level.code());
    let page = page(senim, visit.language(), account, about).await?;
    tables(&name, &page.tables(visit.language()))
}

/// Tables as a file to download.
pub(super) fn tables(name: &str, tables: &[app::Table]) -> Result<Download, PageError> {
    let file = sheets::workbook(tables).map_err(|error| {
        tracing::error!(%error, "a file of results could not be written");
        PageError::Internal
    })?;
    Ok(Download::xlsx(name, file))
}

/// The nearest unit above whose page the reader may see.
async fn above(
    senim: &Senim,
    account: &Account,
    unit: Unit,
) -> Result<Option<(String, String)>, PageError> {
    let units = units::units_above(&senim.storage, unit).await?;
    for (at, above) in units.iter().enumerate().skip(1) {
        let Some((action, path)) = page_of(*above) else { continue };
        if may(account, action, units.get(at..).unwrap_or_default()) {
            let named = unit_names::named(&senim.storage, *above).await?;
            return Ok(Some((named.map(|named| named.name).unwrap_or_default(), path)));
        }
    }
    Ok(None)
}

/// Names and paths of the pages of the account's own units; the nation's name is empty.
pub(super) async fn pages_of(
    senim: &Senim,
    account: &Account,
) -> Result<Vec<(String, String)>, PageError> {
    let mut pages: Vec<(String, String)> = Vec::new();
    for grant in &account.grants {
        let Some((action, path)) = page_of(grant.unit) else { continue };
        if may(account, action, &[grant.unit]) && pages.iter().all(|(_, known)| *known != path) {
            let named = unit_names::named(&senim.storage, grant.unit).await?;
            pages.push((named.map(|named| named.name).unwrap_or_default(), path));
        }
    }
    Ok(pages)
}

/// What it takes to see the page of a unit above a class, and its path.
pub(super) fn page_of(unit: Unit) -> Option<(Action, String)> {
    match unit {
        Unit::School(id) => Some((Action::SeeSchool, format!("/schools/{id}"))),
        Unit::District(id) => Some((Action::SeeDistrict, format!("/districts/{id}"))),
        Unit::Region(id) => Some((Action::SeeRegion, format!("/regions/{id}"))),
        Unit::Nation => Some((Action::SeeNation, "/nation".to_owned())),
        Unit::Class(_) => None,
    }
}

/// The name and path of a region or a district.
pub(super) fn link(kind: &str, named: Named) -> (String, String) {
    (named.name, format!("/{kind}/{}", named.id))
}
