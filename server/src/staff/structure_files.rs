use super::download::Download;
use super::{PageError, Visit};
use crate::rights::{FoundUnits, SetUpClasses};
use crate::sorting::sort_by_name;
use crate::state::Senim;
use crate::storage::structure;
use crate::structure_import::{Known, csv_file, xlsx_file};
use axum::extract::State;
use axum::http::Uri;
use survey_definitions::Language;

/// `GET /structure/files/template.csv` and `.xlsx`: the template; `current.csv` and `.xlsx`: the
/// classes as they are now.
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    sets_up: FoundUnits<SetUpClasses>,
    address: Uri,
) -> Result<Download, PageError> {
    let name = address.path().rsplit('/').next().unwrap_or_default();
    let (what, kind) = name.split_once('.').ok_or(PageError::NotFound)?;
    let known = match what {
        "template" => Known::default(),
        "current" => in_order(structure::known(&senim.storage, &sets_up.units).await?),
        _ => return Err(PageError::NotFound),
    };
    let (one_school, language) = (sets_up.one_school(), visit.language());
    match kind {
        "csv" => Ok(Download::csv(what, csv_file(&known, one_school, language))),
        "xlsx" => {
            let made = move || xlsx_file(&known, one_school, language);
            let made = tokio::task::spawn_blocking(made).await.map_err(|_| PageError::Internal)?;
            Ok(Download::xlsx(what, made.map_err(|_| PageError::Internal)?))
        }
        _ => Err(PageError::NotFound),
    }
}

fn in_order(mut known: Known) -> Known {
    sort_by_name(&mut known.classes, Language::Kk, |class| &class.label);
    known.classes.sort_by_key(|class| class.school);
    known
}
