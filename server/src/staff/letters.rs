use super::download::Download;
use super::{PageError, Rendered, Visit};
use crate::clock::day;
use crate::pdf::{Printed, Template};
use crate::pilot::has_unchecked_texts;
use crate::rights::{CloseWave, FoundWave};
use crate::state::Senim;
use crate::storage::waves::Wave;
use app::printed::{LetterSchool, Letters};
use axum::extract::{Path, State};
use std::collections::HashMap;
use survey_definitions::Language;

impl Printed for Letters {
    const TEMPLATE: Template = Template::Letters;
}

/// What stands in a path, by its name in the table of routes.
pub(super) type Named = Path<HashMap<String, String>>;

/// `GET /waves/{wave}/letters/{language}`: the letter to parents and the text for pupils, for any
/// school.
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundWave<CloseWave>,
    Path(path): Named,
) -> Result<Rendered, PageError> {
    let language = language_in(&path)?;
    Ok(visit.render(app::LettersPage {
        address: format!("/waves/{}/letters", found.wave.id),
        language,
        letters: letters(&found.wave, language, any_school(&senim, &found.wave).await?),
    }))
}

/// `GET /waves/{wave}/letters/{language}/file`: the same as a PDF file.
pub async fn file(
    State(senim): State<Senim>,
    found: FoundWave<CloseWave>,
    Path(path): Named,
) -> Result<Download, PageError> {
    let language = language_in(&path)?;
    let school = any_school(&senim, &found.wave).await?;
    print(&senim, &found.wave, language, school).await
}

async fn any_school(senim: &Senim, wave: &Wave) -> Result<LetterSchool, PageError> {
    let unchecked = has_unchecked_texts(&senim.storage, &senim.definitions, wave.id).await?;
    Ok(LetterSchool { pilot: senim.pilot, unchecked, ..LetterSchool::default() })
}

pub(super) fn language_in(path: &HashMap<String, String>) -> Result<Language, PageError> {
    let code = path.get("language").map(String::as_str);
    code.and_then(Language::from_code).ok_or(PageError::NotFound)
}

pub(super) fn letters(wave: &Wave, language: Language, school: LetterSchool) -> Letters {
    let (first, last) = (day(wave.first_day), day(wave.last_day));
    Letters::new(language, &wave.name, [&first, &last], school)
}

pub(super) async fn print(
    senim: &Senim,
    wave: &Wave,
    language: Language,
    school: LetterSchool,
) -> Result<Download, PageError> {
    let pdf = senim.printer.print(letters(wave, language, school)).await?;
    Ok(Download::pdf(&format!("letters {} {}", wave.name, language.code()), pdf))
}
