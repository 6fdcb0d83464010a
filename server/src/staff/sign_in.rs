use super::{Accounts, Credentials, PageError, Rendered, Visit};
use axum::extract::{Form, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_login::AuthSession;
use serde::Deserialize;
use zeroize::Zeroizing;

#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    back: String,
}

#[derive(Deserialize)]
pub struct SignInForm {
    name: String,
    password: String,
    #[serde(default)]
    back: String,
}

/// `GET /sign-in`
pub async fn show(visit: Visit, Query(query): Query<Back>) -> Rendered {
    let page = app::SignInPage { name: String::new(), failed: false, back: own_path(&query.back) };
    visit.render(page)
}

/// `POST /sign-in`
pub async fn create(
    visit: Visit,
    mut session: AuthSession<Accounts>,
    Form(form): Form<SignInForm>,
) -> Result<Response, PageError> {
    let back = own_path(&form.back);
    let credentials =
        Credentials { name: form.name.clone(), password: Zeroizing::new(form.password) };
    let account = session.authenticate(credentials).await.map_err(internal)?;
    let Some(account) = account else {
        let page = app::SignInPage { name: form.name, failed: true, back };
        return Ok((StatusCode::UNAUTHORIZED, visit.render(page)).into_response());
    };
    // Signing in as somebody else keeps the session's id unless it is ended first.
    if session.user.is_some() {
        session.logout().await.map_err(internal)?;
    }
    session.login(&account).await.map_err(internal)?;
    Ok(Redirect::to(&back).into_response())
}

/// `POST /sign-out`
pub async fn delete(mut session: AuthSession<Accounts>) -> Result<Redirect, PageError> {
    session.logout().await.map_err(internal)?;
    Ok(Redirect::to("/"))
}

fn internal(error: axum_login::Error<Accounts>) -> PageError {
    tracing::error!(%error, "somebody could not be signed in or out");
    PageError::Internal
}

/// Only a path of this server: a link must not send staff elsewhere after signing in.
pub fn own_path(path: &str) -> String {
    let is_own = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    if is_own && path.chars().all(|c| !c.is_control()) {
        path.to_owned()
    } else {
        "/classes".to_owned()
    }
}
