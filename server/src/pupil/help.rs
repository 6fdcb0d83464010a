use super::Refused;
use crate::state::Senim;
use crate::storage::school_help;
use axum::Json;
use axum::extract::{Path, State};
use protocol::{ClassPart, Refusal};
use std::collections::BTreeMap;
use survey_definitions::Language;

/// `GET /c/{part}/help`: `{"kk": HTML, "ru": HTML, "en": HTML}`, where to find help, the same for
/// every pupil of the class and also when its wave is over.
pub async fn show(
    State(senim): State<Senim>,
    Path(part): Path<String>,
) -> Result<Json<BTreeMap<&'static str, String>>, Refused> {
    let part: ClassPart = part.parse().map_err(|_| Refusal::UnknownSlip)?;
    let found = school_help::of_class_part(&senim.storage, part).await?;
    let help = senim.help_contacts.with(found.ok_or(Refusal::UnknownSlip)?.help);
    let fragment = |language: Language| (language.code(), app::help_fragment(language, &help));
    Ok(Json(Language::ALL.map(fragment).into()))
}
