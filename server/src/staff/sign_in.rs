use super::{Accounts, Credentials, PageError, Rendered, Visit, roles};
use crate::audit::{self, About};
use crate::sign_in_tries;
use crate::state::Senim;
use crate::storage::accounts::Account;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_login::AuthSession;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

/// Where a session keeps who has typed the right password and not yet the code.
pub(super) const WAITING: &str = "waiting";
/// Seconds to type the code in.
const LONGEST: i64 = 5 * 60;

#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    pub(super) back: String,
}

#[derive(Deserialize)]
pub struct SignInForm {
    name: String,
    password: String,
    #[serde(default)]
    back: String,
}

/// Whose code is waited for.
#[derive(Serialize, Deserialize)]
pub(super) struct Waiting {
    pub(super) account: Uuid,
    pub(super) until: i64,
}

/// `GET /sign-in`
pub async fn show(visit: Visit, Query(query): Query<Back>) -> Rendered {
    page(visit, String::new(), None, back_in(&query.back))
}

/// `POST /sign-in`
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    mut session: AuthSession<Accounts>,
    Form(form): Form<SignInForm>,
) -> Result<Response, PageError> {
    let back = back_in(&form.back);
    if let Some(seconds) = sign_in_tries::begin(&senim, &form.name).await? {
        let page = page(visit, form.name, Some(locked(seconds)), back);
        return Ok((StatusCode::TOO_MANY_REQUESTS, page).into_response());
    }
    let credentials =
        Credentials { name: form.name.clone(), password: Zeroizing::new(form.password) };
    let Some(account) = session.authenticate(credentials).await.map_err(internal)? else {
        let page = page(visit, form.name, Some(app::SignInFailure::Wrong), back);
        return Ok((StatusCode::UNAUTHORIZED, page).into_response());
    };
    if account.second_factor.is_empty() {
        return enter(&senim, session, &account, &back).await;
    }
    session.logout().await.map_err(internal)?;
    let waiting = Waiting { account: account.id, until: senim.clock.seconds() + LONGEST };
    session.session.insert(WAITING, waiting).await?;
    let back = super::errors::query_escaped(&back);
    Ok(Redirect::to(&format!("/sign-in/code?back={back}")).into_response())
}

/// Signs in who has shown everything that is asked for.
pub(super) async fn enter(
    senim: &Senim,
    mut session: AuthSession<Accounts>,
    account: &Account,
    back: &str,
) -> Result<Response, PageError> {
    sign_in_tries::succeeded(senim, &account.name).await?;
    // Whatever the session was before, it goes on under another id.
    session.logout().await.map_err(internal)?;
    session.login(account).await.map_err(internal)?;
    let (clock, random) = (&senim.clock, &senim.random);
    let about = About::default();
    audit::record(&senim.storage, clock, random, Some(account), audit::SIGNED_IN, about).await?;
    let to = if back.is_empty() { roles::first_page(account) } else { back };
    Ok(Redirect::to(to).into_response())
}

/// `POST /sign-out`
pub async fn delete(
    State(senim): State<Senim>,
    mut session: AuthSession<Accounts>,
) -> Result<Redirect, PageError> {
    if let Some(account) = session.logout().await.map_err(internal)? {
        let (clock, random) = (&senim.clock, &senim.random);
        let (who, about) = (Some(&account), About::default());
        audit::record(&senim.storage, clock, random, who, audit::SIGNED_OUT, about).await?;
    }
    Ok(Redirect::to("/"))
}

fn page(visit: Visit, name: String, failure: Option<app::SignInFailure>, back: String) -> Rendered {
    let visit = visit.led_back_to(&with_back("/sign-in", &back));
    visit.render(app::SignInPage { name, failure, back })
}

/// An address with where to go afterwards.
pub(super) fn with_back(path: &str, back: &str) -> String {
    match back.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?back={}", super::errors::query_escaped(back)),
    }
}

pub(super) fn locked(seconds: i64) -> app::SignInFailure {
    app::SignInFailure::Locked { minutes: (seconds + 59) / 60 }
}

pub(super) fn internal(error: axum_login::Error<Accounts>) -> PageError {
    tracing::error!(%error, "somebody could not be signed in or out");
    PageError::Internal
}

/// Empty when nothing was asked for before.
pub(super) fn back_in(back: &str) -> String {
    if back.is_empty() { String::new() } else { own_path(back) }
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
