//! Pages for everybody: the first page, help, the language.

use crate::pupil::{find_lesson, lesson_of};
use crate::staff::sign_in::own_path;
use crate::staff::{PageError, Rendered, Visit};
use crate::state::Senim;
use crate::storage::{schema, school_help};
use crate::wave_setup::takes_responses;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use protocol::ClassPart;
use serde::Deserialize;
use std::collections::BTreeSet;
use survey_definitions::Language;

/// `GET /`
pub async fn home(visit: Visit) -> Rendered {
    visit.render(app::HomePage {})
}

/// `GET /help`
pub async fn help(State(senim): State<Senim>, visit: Visit) -> Rendered {
    visit.render(app::HelpPage { help: senim.help_contacts.alone() })
}

/// `GET /stored`: what the database keeps, read from the database at this moment.
pub async fn stored(State(senim): State<Senim>, visit: Visit) -> Result<Rendered, PageError> {
    let tables = schema::tables(&senim.storage).await?;
    let tables = senim.stored_columns.explain(tables);
    Ok(visit.render(app::StoredPage { tables, pilot: senim.pilot }))
}

/// `GET /key-ceremony`
pub async fn key_ceremony(visit: Visit) -> Rendered {
    visit.render(app::KeyCeremonyPage {})
}

/// `GET /c/{part}/help/print`: the help page of the class's school on one sheet.
pub async fn help_print(
    State(senim): State<Senim>,
    visit: Visit,
    Path(part): Path<String>,
) -> Result<Response, PageError> {
    let Ok(part) = part.parse::<ClassPart>() else { return Ok(lesson_missing(&visit)) };
    let Some(found) = school_help::of_class_part(&senim.storage, part).await? else {
        return Ok(lesson_missing(&visit));
    };
    let help = senim.help_contacts.with(found.help);
    Ok(visit.render(app::HelpPrintPage { school: found.school, help }).into_response())
}

#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    back: String,
}

/// `GET /language/{code}?back=PATH`
pub async fn language(
    Path(code): Path<String>,
    Query(query): Query<Back>,
) -> Result<Response, PageError> {
    let language = Language::from_code(&code).ok_or(PageError::NotFound)?;
    let name = crate::staff::LANGUAGE_COOKIE;
    let year = 365 * 24 * 60 * 60;
    let cookie =
        format!("{name}={}; Path=/; Max-Age={year}; SameSite=Lax; HttpOnly", language.code());
    let mut response = Redirect::to(&own_path(&query.back)).into_response();
    let cookie = HeaderValue::try_from(cookie).map_err(|_| PageError::Internal)?;
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}

#[derive(Deserialize)]
pub struct TypedPart {
    #[serde(default)]
    part: String,
}

/// `GET /c?part=ABCD`, from the first page's form.
pub async fn class_link(visit: Visit, Query(typed): Query<TypedPart>) -> Response {
    match typed.part.parse::<ClassPart>() {
        Ok(part) => Redirect::to(&format!("/c/{part}")).into_response(),
        Err(_) => lesson_missing(&visit),
    }
}

/// `GET /c/{part}`: the survey of a class.
pub async fn survey(
    State(senim): State<Senim>,
    visit: Visit,
    Path(part): Path<String>,
) -> Result<Response, PageError> {
    survey_page(&senim, visit, &part, false).await
}

/// `GET /c/{part}/kiosk`: the same, for tablets that lie in the classroom and return to the slip by
/// themselves.
pub async fn kiosk(
    State(senim): State<Senim>,
    visit: Visit,
    Path(part): Path<String>,
) -> Result<Response, PageError> {
    survey_page(&senim, visit, &part, true).await
}

async fn survey_page(
    senim: &Senim,
    visit: Visit,
    part: &str,
    kiosk: bool,
) -> Result<Response, PageError> {
    let Ok(part) = part.parse::<ClassPart>() else { return Ok(lesson_missing(&visit)) };
    let lesson = find_lesson(senim, part).await?;
    let open = lesson.filter(|(wave, _)| takes_responses(wave, &senim.clock));
    let Some((wave, class)) = open else { return Ok(lesson_missing(&visit)) };
    let Some((lesson, definition)) = lesson_of(senim, &wave, &class).await? else {
        return Ok(lesson_missing(&visit));
    };
    let visit = visit.in_language(Language::from_code(&class.language));
    let in_each = definition.survey.languages.iter();
    // Once each: what is said in several places is recorded in one file.
    let recordings: BTreeSet<String> = in_each
        .flat_map(|&language| {
            senim.assets.recordings.urls(definition.survey.questionnaire(language))
        })
        .collect();
    let setup = app::Setup {
        lesson,
        form: definition.survey.form,
        files: senim.assets.language_files(&definition),
        pictures: senim.assets.pictures(),
        recordings: recordings.into_iter().collect(),
        idle_seconds: senim.idle_seconds,
        kiosk,
    };
    Ok(visit.render(app::PupilPage { setup }).into_response())
}

fn lesson_missing(visit: &Visit) -> Response {
    (StatusCode::NOT_FOUND, visit.render(app::LessonMissingPage {})).into_response()
}
