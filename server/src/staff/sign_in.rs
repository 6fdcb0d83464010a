use super::{Accounts, Credentials, PageError, Rendered, Visit, provider, roles};
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
    /// What came of signing in at the provider: the code of an [`app::ProviderNotice`].
    #[serde(default)]
    pub(super) provider: String,
}

#[derive(Deserialize)]
pub struct SignInForm {
    name: String,
    password: String,
    #[serde(default)]
    back: String,
}

/// What somebody showed first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum How {
    Password,
    Provider,
}

/// Whose code is waited for.
#[derive(Serialize, Deserialize)]
pub(super) struct Waiting {
    pub(super) account: Uuid,
    pub(super) how: How,
    pub(super) until: i64,
}

/// `GET /sign-in`
pub async fn show(State(senim): State<Senim>, visit: Visit, Query(query): Query<Back>) -> Rendered {
    let notice = app::ProviderNotice::from_code(&query.provider);
    page(&senim, visit, app::SignInPage { notice, back: back_in(&query.back), ..empty() })
}

/// `POST /sign-in`
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    session: AuthSession<Accounts>,
    Form(form): Form<SignInForm>,
) -> Result<Response, PageError> {
    let back = back_in(&form.back);
    if let Some(seconds) = sign_in_tries::begin(&senim, &form.name).await? {
        return Ok(locked_page(&senim, visit, form.name, seconds, &back));
    }
    let credentials =
        Credentials { name: form.name.clone(), password: Zeroizing::new(form.password) };
    let Some(account) = session.authenticate(credentials).await.map_err(internal)? else {
        let failure = Some(app::SignInFailure::Wrong);
        let page = app::SignInPage { name: form.name, failure, back, ..empty() };
        let page = self::page(&senim, visit, page);
        return Ok((StatusCode::UNAUTHORIZED, page).into_response());
    };
    go_on(&senim, session, &account, How::Password, &back).await
}

/// After the first step: to the code where the account has one, else in.
pub(super) async fn go_on(
    senim: &Senim,
    mut session: AuthSession<Accounts>,
    account: &Account,
    how: How,
    back: &str,
) -> Result<Response, PageError> {
    if account.second_factor.is_empty() {
        return enter(senim, session, account, how, back).await;
    }
    session.logout().await.map_err(internal)?;
    let waiting = Waiting { account: account.id, how, until: senim.clock.seconds() + LONGEST };
    session.session.insert(WAITING, waiting).await?;
    let back = super::errors::query_escaped(back);
    Ok(Redirect::to(&format!("/sign-in/code?back={back}")).into_response())
}

/// Signs in who has shown everything that is asked for.
pub(super) async fn enter(
    senim: &Senim,
    mut session: AuthSession<Accounts>,
    account: &Account,
    how: How,
    back: &str,
) -> Result<Response, PageError> {
    sign_in_tries::succeeded(senim, &account.name).await?;
    // Whatever the session was before, it goes on under another id.
    session.logout().await.map_err(internal)?;
    session.login(account).await.map_err(internal)?;
    let (clock, random) = (&senim.clock, &senim.random);
    let what = match how {
        How::Password => audit::SIGNED_IN,
        How::Provider => audit::SIGNED_IN_AT_PROVIDER,
    };
    let about = About::default();
    audit::record(&senim.storage, clock, random, Some(account), what, about).await?;
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

fn empty() -> app::SignInPage {
    let (name, back) = (String::new(), String::new());
    app::SignInPage { name, failure: None, back, provider: None, notice: None }
}

/// With the provider as it is now.
fn page(senim: &Senim, visit: Visit, page: app::SignInPage) -> Rendered {
    let visit = visit.led_back_to(&with_back("/sign-in", &page.back));
    let provider = provider::button(senim, visit.language(), with_back(provider::PATH, &page.back));
    visit.render(app::SignInPage { provider, ..page })
}

/// Says that the name is locked for so many seconds.
pub(super) fn locked_page(
    senim: &Senim,
    visit: Visit,
    name: String,
    seconds: i64,
    back: &str,
) -> Response {
    let (failure, back) = (Some(locked(seconds)), back.to_owned());
    let page = page(senim, visit, app::SignInPage { name, failure, back, ..empty() });
    (StatusCode::TOO_MANY_REQUESTS, page).into_response()
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
