use super::sign_in::{internal, locked};
use super::{Accounts, PageError, SignedIn, Visit, account, roles};
use crate::second_factor::{self, NewSecret};
use crate::sign_in_tries;
use crate::state::Senim;
use crate::storage::accounts::Account;
use crate::storage::second_factors;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_login::AuthSession;
use serde::Deserialize;
use zeroize::Zeroizing;

#[derive(Deserialize)]
pub struct FirstCode {
    sealed: String,
    code: String,
}

#[derive(Deserialize)]
pub struct Renewal {
    #[serde(default)]
    password: String,
    code: String,
}

#[derive(Deserialize)]
pub struct Off {
    #[serde(default)]
    password: String,
}

/// `GET /account/second-factor`: a secret that is kept only once its first code was typed.
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    SignedIn(account): SignedIn,
) -> Result<Response, PageError> {
    if !account.second_factor.is_empty() {
        return Ok(Redirect::to("/account").into_response());
    }
    let drawn = second_factor::draw(&senim.secrets, &senim.random, &account);
    let drawn = drawn.ok_or(PageError::Internal)?;
    Ok(visit.render(page(&account, drawn, false)).into_response())
}

/// `POST /account/second-factor`
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    SignedIn(account): SignedIn,
    Form(form): Form<FirstCode>,
) -> Result<Response, PageError> {
    // What is on is turned off first, with the password.
    if !account.second_factor.is_empty() {
        return Err(PageError::NotFound);
    }
    let (secrets, now) = (&senim.secrets, senim.clock.seconds());
    let step = second_factor::step_of(secrets, account.id, &form.sealed, &form.code, now);
    let Some(step) = step else {
        let again = second_factor::again(secrets, &account, &form.sealed);
        let again = again.ok_or_else(|| PageError::BadRequest("sealed".to_owned()))?;
        let page = visit.render(page(&account, again, true));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let codes = second_factor::begin(&senim, account.id, &form.sealed, step).await?;
    let go_on = roles::first_page(&account);
    Ok(visit.render(app::RecoveryCodesPage { codes, renewed: false, go_on }).into_response())
}

/// `POST /account/second-factor/recovery`: other recovery codes, for who has the password and a code;
/// wrong tries count as at the sign-in.
pub async fn update(
    State(senim): State<Senim>,
    visit: Visit,
    session: AuthSession<Accounts>,
    SignedIn(account): SignedIn,
    Form(form): Form<Renewal>,
) -> Result<Response, PageError> {
    if account.second_factor.is_empty() {
        return not_renewed(&senim, visit, &account, None).await;
    }
    if let Some(seconds) = sign_in_tries::begin(&senim, &account.name).await? {
        return not_renewed(&senim, visit, &account, Some(locked(seconds))).await;
    }
    let password = Zeroizing::new(form.password);
    let has_password = !account.password_hash.is_empty();
    let is_own = !has_password || session.backend.is_password(&account, password).await?;
    // The code is used up only where the password was right.
    if !is_own || !second_factor::take(&senim, &account, &form.code).await? {
        let wrong = Some(app::SignInFailure::Wrong);
        return not_renewed(&senim, visit, &account, wrong).await;
    }
    sign_in_tries::succeeded(&senim, &account.name).await?;
    let codes = second_factor::renew_recovery_codes(&senim, account.id).await?;
    let page = app::RecoveryCodesPage { codes, renewed: true, go_on: "/account" };
    Ok(visit.led_back_to("/account").render(page).into_response())
}

async fn not_renewed(
    senim: &Senim,
    visit: Visit,
    account: &Account,
    not_renewed: Option<app::SignInFailure>,
) -> Result<Response, PageError> {
    let status = match not_renewed {
        None => StatusCode::CONFLICT,
        Some(app::SignInFailure::Wrong) => StatusCode::UNPROCESSABLE_ENTITY,
        Some(app::SignInFailure::Locked { .. }) => StatusCode::TOO_MANY_REQUESTS,
    };
    let page = account::page(senim, visit.language(), account).await?;
    let page = app::AccountPage { not_renewed, ..page };
    Ok((status, visit.led_back_to("/account").render(page)).into_response())
}

/// `POST /account/second-factor/off`: signs out everywhere, so that who has a role that asks for
/// codes sets them up at the next sign-in.
pub async fn delete(
    State(senim): State<Senim>,
    visit: Visit,
    mut session: AuthSession<Accounts>,
    SignedIn(account): SignedIn,
    Form(form): Form<Off>,
) -> Result<Response, PageError> {
    let password = Zeroizing::new(form.password);
    let has_password = !account.password_hash.is_empty();
    if has_password && !session.backend.is_password(&account, password).await? {
        let page = account::page(&senim, visit.language(), &account).await?;
        let page = app::AccountPage { not_off: true, ..page };
        let page = visit.led_back_to("/account").render(page);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    second_factors::remove(&senim.storage, account.id).await?;
    session.logout().await.map_err(internal)?;
    Ok(Redirect::to("/sign-in").into_response())
}

fn page(account: &Account, drawn: NewSecret, wrong: bool) -> app::SecondFactorPage {
    app::SecondFactorPage {
        key: drawn.text,
        address: drawn.address,
        sealed: drawn.sealed,
        wrong,
        must: account.lacks_second_factor(),
    }
}
