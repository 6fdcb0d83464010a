//! The log of the lessons that a class had.

use super::{PageError, Visit, class};
use crate::clock::day;
use crate::rights::{Found, NoteLesson};
use crate::state::Senim;
use crate::storage::StorageError;
use crate::storage::lessons_held::{self, LessonHeld};
use crate::storage::units::Class;
use app::{LessonField, LessonForm, LessonMistake};
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::{Span, civil::Date};
use serde::Deserialize;
use std::collections::HashMap;
use survey_definitions::{Language, Theme};
use uuid::Uuid;

/// How long ago a lesson may be noted.
const LATEST_MONTHS: i64 = 12;

#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    theme: String,
    #[serde(default)]
    held_on: String,
    #[serde(default)]
    note: String,
}

/// The log of a class, with an empty form.
pub(super) async fn log(
    senim: &Senim,
    language: Language,
    class: &Class,
) -> Result<app::LessonsHeld, StorageError> {
    let title = |theme: &Theme| theme.title.get(language).to_owned();
    let themes = themes(senim);
    let held = lessons_held::of_class(&senim.storage, class.id).await?.into_iter();
    let held = held.map(|lesson| app::LessonHeld {
        theme: themes.iter().find(|one| one.id == lesson.theme).map_or(lesson.theme, title),
        day: lesson.held_on.parse().map_or(lesson.held_on, day),
        id: lesson.id,
        note: lesson.note,
    });
    Ok(app::LessonsHeld {
        held: held.collect(),
        themes: themes.iter().map(|theme| (theme.id.clone(), title(theme))).collect(),
        typed: LessonForm::default(),
        mistakes: Vec::new(),
        today: senim.clock.today().to_string(),
    })
}

/// The themes beside all definitions, each id once.
fn themes(senim: &Senim) -> Vec<Theme> {
    let mut themes: Vec<Theme> = Vec::new();
    for definition in senim.definitions.all() {
        for theme in definition.next_steps.iter().flat_map(|steps| &steps.themes) {
            if themes.iter().all(|known| known.id != theme.id) {
                themes.push(theme.clone());
            }
        }
    }
    themes
}

/// `POST /classes/{class}/lessons`: what cannot be taken comes back as it was typed.
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    found: Found<NoteLesson>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let typed = LessonForm {
        theme: typed.theme,
        held_on: typed.held_on.trim().to_owned(),
        note: typed.note.trim().to_owned(),
    };
    match taken(&senim, &typed) {
        Ok(held_on) => {
            let LessonForm { theme, note, .. } = typed;
            let id = senim.random.id().to_string();
            let lesson = LessonHeld { id, theme, held_on: held_on.to_string(), note };
            lessons_held::create(&senim.storage, found.class.id, &lesson).await?;
            Ok(back(&found.class).into_response())
        }
        Err(mistakes) => {
            let log = log(&senim, visit.language(), &found.class).await?;
            let log = app::LessonsHeld { typed, mistakes, ..log };
            let page = class::page(&senim, visit.language(), found.class, log).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.render(page)).into_response())
        }
    }
}

/// The day of a lesson that can be noted, or everything that is wrong with it.
fn taken(senim: &Senim, typed: &LessonForm) -> Result<Date, Vec<(LessonField, LessonMistake)>> {
    let mut mistakes = Vec::new();
    if themes(senim).iter().all(|theme| theme.id != typed.theme) {
        mistakes.push((LessonField::Theme, LessonMistake::NoTheme));
    }
    let today = senim.clock.today();
    let earliest = today.saturating_sub(Span::new().months(LATEST_MONTHS));
    let day = typed.held_on.parse::<Date>();
    match day {
        Err(_) => mistakes.push((LessonField::Day, LessonMistake::NoDay)),
        Ok(day) if day > today || day < earliest => {
            mistakes.push((LessonField::Day, LessonMistake::FarDay));
        }
        Ok(_) => {}
    }
    mistakes.extend(typed.note_mistake().map(|mistake| (LessonField::Note, mistake)));
    match day {
        Ok(day) if mistakes.is_empty() => Ok(day),
        _ => Err(mistakes),
    }
}

/// `POST /classes/{class}/lessons/{lesson}/delete`
pub async fn delete(
    State(senim): State<Senim>,
    found: Found<NoteLesson>,
    Path(path): Path<HashMap<String, String>>,
) -> Result<Redirect, PageError> {
    let lesson = path.get("lesson").and_then(|id| id.parse::<Uuid>().ok());
    let lesson = lesson.ok_or(PageError::NotFound)?;
    lessons_held::delete(&senim.storage, found.class.id, lesson).await?;
    Ok(back(&found.class))
}

fn back(class: &Class) -> Redirect {
    Redirect::to(&format!("/classes/{}#lessons", class.id))
}
