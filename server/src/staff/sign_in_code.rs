//! The second step of signing in: a one-time code or a recovery code.

use super::sign_in::{Back, How, WAITING, Waiting, back_in, enter, locked, with_back};
use super::{Accounts, PageError, Rendered, Visit};
use crate::state::Senim;
use crate::storage::accounts;
use crate::{second_factor, sign_in_tries};
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_login::AuthSession;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct CodeForm {
    code: String,
    #[serde(default)]
    back: String,
}

/// `GET /sign-in/code`
pub async fn show(visit: Visit, Query(query): Query<Back>) -> Rendered {
    page(visit, None, back_in(&query.back))
}

/// `POST /sign-in/code`: wrong codes count like wrong passwords.
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    session: AuthSession<Accounts>,
    Form(form): Form<CodeForm>,
) -> Result<Response, PageError> {
    let back = back_in(&form.back);
    let waiting: Option<Waiting> = session.session.get(WAITING).await?;
    let waiting = waiting.filter(|waiting| senim.clock.seconds() < waiting.until);
    let how = waiting.as_ref().map_or(How::Password, |waiting| waiting.how);
    let account = match waiting {
        Some(waiting) => accounts::by_id(&senim.storage, waiting.account).await?,
        None => None,
    };
    // Too late, or nobody typed a password: from the beginning.
    let Some(account) = account else {
        return Ok(Redirect::to(&with_back("/sign-in", &back)).into_response());
    };
    if let Some(seconds) = sign_in_tries::begin(&senim, &account.name).await? {
        let page = page(visit, Some(locked(seconds)), back);
        return Ok((StatusCode::TOO_MANY_REQUESTS, page).into_response());
    }
    if !second_factor::take(&senim, &account, &form.code).await? {
        let page = page(visit, Some(app::SignInFailure::Wrong), back);
        return Ok((StatusCode::UNAUTHORIZED, page).into_response());
    }
    enter(&senim, session, &account, how, &back).await
}

fn page(visit: Visit, failure: Option<app::SignInFailure>, back: String) -> Rendered {
    let visit = visit.led_back_to(&with_back("/sign-in/code", &back));
    visit.render(app::SignInCodePage { failure, back })
}
