use super::download::Download;
use super::letters::{Named, language_in, letters, print};
use super::{PageError, Rendered, Visit};
use crate::pilot::has_unchecked_texts;
use crate::rights::{FoundSchool, ReadLetters};
use crate::state::Senim;
use crate::storage::school_help;
use crate::storage::units::{self, Unit};
use crate::storage::waves::{self, Wave};
use app::printed::LetterSchool;
use axum::extract::{Path, State};
use std::collections::HashMap;

/// `GET /schools/{school}/letters/{wave}/{language}`: with the name of the school and of its
/// psychologist, who answers questions.
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundSchool<ReadLetters>,
    Path(path): Named,
) -> Result<Rendered, PageError> {
    let language = language_in(&path)?;
    let (wave, school) = load(&senim, &found, &path).await?;
    Ok(visit.render(app::LettersPage {
        address: format!("/schools/{}/letters/{}", found.id, wave.id),
        language,
        letters: letters(&wave, language, school),
    }))
}

/// `GET /schools/{school}/letters/{wave}/{language}/file`: the same as a PDF file.
pub async fn file(
    State(senim): State<Senim>,
    found: FoundSchool<ReadLetters>,
    Path(path): Named,
) -> Result<Download, PageError> {
    let language = language_in(&path)?;
    let (wave, school) = load(&senim, &found, &path).await?;
    print(&senim, &wave, language, school).await
}

/// A wave that covers the school, and what is known of the school.
async fn load(
    senim: &Senim,
    found: &FoundSchool<ReadLetters>,
    path: &HashMap<String, String>,
) -> Result<(Wave, LetterSchool), PageError> {
    let id = path.get("wave").and_then(|text| text.parse().ok()).ok_or(PageError::NotFound)?;
    let wave = waves::by_id(&senim.storage, id).await?.ok_or(PageError::NotFound)?;
    let above = units::units_above(&senim.storage, Unit::School(found.id)).await?;
    if !above.contains(&wave.scope) {
        return Err(PageError::NotFound);
    }
    let help = school_help::of_school(&senim.storage, found.id).await?;
    let person = help.map(|named| named.help.psychologist).unwrap_or_default();
    let unchecked = has_unchecked_texts(&senim.storage, &senim.definitions, wave.id).await?;
    let (name, pilot) = (found.name.clone(), senim.pilot);
    Ok((wave, LetterSchool { name, person, pilot, unchecked }))
}
