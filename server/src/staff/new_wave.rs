mod typed;

use super::{PageError, Rendered, SignedIn, Visit};
use crate::audit::{About, NothingDone};
use crate::clock::day;
use crate::fields::Fields;
use crate::state::Senim;
use crate::storage::accounts::Account;
use crate::storage::class_lists::ClassLine;
use crate::storage::unit_names;
use crate::wave_setup::{self, DefinitionForGrades, NewWave, WaveError};
use app::{NewWavePage, PreviewedSurvey, TypedWave, WaveMistake, WavePreviewPage};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use survey_definitions::Language;

/// `GET /waves/new`
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    SignedIn(account): SignedIn,
) -> Result<Rendered, PageError> {
    let typed = typed::empty(&senim);
    Ok(visit.render(form(&senim, &visit, &account, typed, Vec::new()).await?))
}

/// `POST /waves/new`: what was typed comes back as a preview, as the form with what is wrong, or
/// as a wave in draft.
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    SignedIn(account): SignedIn,
    fields: Fields,
) -> Result<Response, PageError> {
    let mut typed = typed::of_fields(&fields);
    if fields.text("step") == "change" {
        let page = visit.render(form(&senim, &visit, &account, typed, vec![]).await?);
        return Ok((Extension(NothingDone), page).into_response());
    }
    let (new, classes) = match typed::checked(&senim, &account, &mut typed).await? {
        Ok(checked) => checked,
        Err(mistakes) => return wrong(&senim, &visit, &account, typed, mistakes).await,
    };
    let mut page = preview(&senim, &visit, typed.clone(), &new, &classes).await?;
    if fields.text("step") != "create" {
        return Ok((Extension(NothingDone), visit.render(page)).into_response());
    }
    if !page.unchecked.is_empty() && fields.text("pilot").is_empty() {
        page.not_confirmed = true;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.render(page)).into_response());
    }
    let made =
        wave_setup::create(&senim.storage, &senim.secrets, &senim.definitions, &senim.random, new);
    match made.await {
        Ok(wave) => {
            let page = Redirect::to(&format!("/waves/{}", wave.id));
            Ok((Extension(About::wave(wave.id)), page).into_response())
        }
        Err(WaveError::ReleaseKey) => {
            wrong(&senim, &visit, &account, typed, vec![WaveMistake::KeyUnusable]).await
        }
        Err(WaveError::Obstacle(obstacle)) => {
            wrong(&senim, &visit, &account, typed, vec![obstacle.into()]).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn wrong(
    senim: &Senim,
    visit: &Visit,
    account: &Account,
    typed: TypedWave,
    mistakes: Vec<WaveMistake>,
) -> Result<Response, PageError> {
    let page = form(senim, visit, account, typed, mistakes).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.render(page)).into_response())
}

async fn form(
    senim: &Senim,
    visit: &Visit,
    account: &Account,
    typed: TypedWave,
    mistakes: Vec<WaveMistake>,
) -> Result<NewWavePage, PageError> {
    Ok(NewWavePage {
        typed,
        scopes: typed::scopes(senim, visit.language(), account).await?,
        definitions: typed::choices(senim, visit.language()),
        mistakes,
    })
}

async fn preview(
    senim: &Senim,
    visit: &Visit,
    typed: TypedWave,
    new: &NewWave,
    classes: &[ClassLine],
) -> Result<WavePreviewPage, PageError> {
    let language = visit.language();
    let named = unit_names::named(&senim.storage, new.scope).await?;
    let until = wave_setup::intake_ends(new.last_day);
    let used = new.definitions.iter().map(|one| &one.definition);
    let unchecked = senim.definitions.unchecked(used);
    let holiday = senim.school_calendar.long_holiday_before(new.first_day);
    Ok(WavePreviewPage {
        typed,
        scope: named.map(|named| named.name).unwrap_or_default(),
        days: (day(new.first_day), day(new.last_day), day(until)),
        surveys: surveys(senim, language, &new.definitions, classes),
        calendar: senim.school_calendar.title().get(language).to_owned(),
        calendar_ended: holiday.is_none() && senim.school_calendar.ends_before(new.first_day),
        after_holiday: holiday.map(|one| (one.name.get(language).to_owned(), day(one.last_day))),
        unchecked: unchecked.into_iter().map(app::texts::language_name).collect(),
        not_confirmed: false,
    })
}

fn surveys(
    senim: &Senim,
    language: Language,
    definitions: &[DefinitionForGrades],
    classes: &[ClassLine],
) -> Vec<PreviewedSurvey> {
    let survey = |DefinitionForGrades { definition, grades }: &DefinitionForGrades| {
        let of_grades = || classes.iter().filter(|class| grades.contains(&class.grade));
        let survey = &senim.definitions.get(definition)?.survey;
        Some(PreviewedSurvey {
            title: survey.title.get(language).to_owned(),
            version: definition.version,
            grades: grades.iter().filter_map(|grade| grade.parse().ok()).collect(),
            classes: of_grades().count(),
            pupils: of_grades().map(|class| class.enrolment).sum(),
        })
    };
    definitions.iter().filter_map(survey).collect()
}
