//! The link between the account of who is signed in and the provider.

use super::provider::{confirmed, noticed, waiting};
use super::sign_in::internal;
use super::{Accounts, PageError, SignedIn, Visit, account as own};
use crate::state::Senim;
use crate::storage::accounts::{self, Account};
use crate::storage::{StorageError, provider_links};
use app::ProviderNotice as Notice;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_login::AuthSession;
use serde::Deserialize;
use zeroize::Zeroizing;

#[derive(Deserialize)]
pub struct Confirmation {
    #[serde(default)]
    password: String,
}

/// `GET /account/provider`: asks who came back from the provider to confirm the link.
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    session: AuthSession<Accounts>,
    SignedIn(account): SignedIn,
) -> Result<Response, PageError> {
    let waits = waiting(&senim, &session.session, account.id).await?.is_some();
    match &senim.provider {
        Some(provider) if waits => {
            let page = page(&account, provider.name(visit.language()), false);
            Ok(visit.render(page).into_response())
        }
        _ => Ok(Redirect::to("/account").into_response()),
    }
}

/// `POST /account/provider`: with the password, as it is another way in for good.
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    session: AuthSession<Accounts>,
    SignedIn(account): SignedIn,
    Form(form): Form<Confirmation>,
) -> Result<Response, PageError> {
    let waits = waiting(&senim, &session.session, account.id).await?;
    let (Some(link), Some(provider)) = (waits, &senim.provider) else {
        return unchanged(&senim, visit, &account, Some(Notice::Expired)).await;
    };
    if !is_own(&session, &account, form).await? {
        let page = page(&account, provider.name(visit.language()), true);
        let page = visit.led_back_to("/account/provider").render(page);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    confirmed(&session.session).await?;
    match provider_links::add(&senim.storage, account.id, &link).await {
        Ok(()) => Ok(noticed("/account", Notice::Linked)),
        Err(StorageError::Exists { .. }) => {
            unchanged(&senim, visit, &account, Some(Notice::Taken)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /account/provider/off`: every other session of the account ends.
pub async fn delete(
    State(senim): State<Senim>,
    visit: Visit,
    mut session: AuthSession<Accounts>,
    SignedIn(account): SignedIn,
    Form(form): Form<Confirmation>,
) -> Result<Response, PageError> {
    let provider = own::provider(&senim, visit.language(), &account).await?;
    // Who has no password would have no way in any more.
    if account.password_hash.is_empty() || !provider.is_some_and(|of| of.linked) {
        return unchanged(&senim, visit, &account, None).await;
    }
    if !is_own(&session, &account, form).await? {
        let page = own::page(&senim, visit.language(), &account).await?;
        let page = app::AccountPage { not_unlinked: true, ..page };
        let page = visit.led_back_to("/account").render(page);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    provider_links::remove(&senim.storage, account.id).await?;
    let changed = accounts::by_id(&senim.storage, account.id).await?;
    session.login(&changed.ok_or(PageError::SignInNeeded)?).await.map_err(internal)?;
    Ok(noticed("/account", Notice::Unlinked))
}

/// Whether the password is right, for who has one.
async fn is_own(
    session: &AuthSession<Accounts>,
    account: &Account,
    form: Confirmation,
) -> Result<bool, PageError> {
    let password = Zeroizing::new(form.password);
    Ok(account.password_hash.is_empty() || session.backend.is_password(account, password).await?)
}

/// The account as it stands: nothing was done.
async fn unchanged(
    senim: &Senim,
    visit: Visit,
    account: &Account,
    notice: Option<Notice>,
) -> Result<Response, PageError> {
    let page = own::page(senim, visit.language(), account).await?;
    let page = visit.led_back_to("/account").render(app::AccountPage { notice, ..page });
    Ok((StatusCode::CONFLICT, page).into_response())
}

fn page(account: &Account, provider: &str, wrong: bool) -> app::ProviderLinkPage {
    let has_password = !account.password_hash.is_empty();
    let (provider, account) = (provider.to_owned(), account.name.clone());
    app::ProviderLinkPage { provider, account, has_password, wrong }
}
