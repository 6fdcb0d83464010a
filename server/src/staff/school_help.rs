use super::{PageError, Rendered, Visit};
use crate::rights::{Action, ChangeHelp, FoundSchool, SeeHelp};
use crate::state::Senim;
use crate::storage::school_help::{self, SchoolHelp};
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Saved {
    #[serde(default)]
    saved: String,
}

#[derive(Deserialize)]
pub struct HelpForm {
    psychologist: String,
    room: String,
    times: String,
}

/// `GET /schools/{school}/help`
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundSchool<SeeHelp>,
    Query(query): Query<Saved>,
) -> Result<Rendered, PageError> {
    let named = school_help::of_school(&senim.storage, found.id).await?;
    let named = named.ok_or(PageError::NotFound)?;
    Ok(visit.render(app::SchoolHelpPage {
        school_id: found.id.to_string(),
        may_change: found.may(Action::ChangeHelp),
        school: found.name,
        help: named.help.into(),
        mistakes: Vec::new(),
        saved: !query.saved.is_empty(),
    }))
}

/// `POST /schools/{school}/help`: what cannot be taken comes back as it was typed.
pub async fn update(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundSchool<ChangeHelp>,
    Form(form): Form<HelpForm>,
) -> Result<Response, PageError> {
    let typed = SchoolHelp {
        psychologist: form.psychologist.trim().to_owned(),
        room: form.room.trim().to_owned(),
        times: form.times.trim().to_owned(),
    };
    let help = app::SchoolHelp::from(typed.clone());
    let mistakes = help.mistakes();
    if mistakes.is_empty() {
        school_help::save(&senim.storage, found.id, &typed).await?;
        return Ok(Redirect::to(&format!("/schools/{}/help?saved=yes", found.id)).into_response());
    }
    let page = app::SchoolHelpPage {
        school_id: found.id.to_string(),
        school: found.name,
        help,
        mistakes,
        saved: false,
        may_change: true,
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.render(page)).into_response())
}
