use super::sign_in::internal;
use super::{Accounts, PageError, Rendered, SignedIn, Visit, roles};
use crate::state::Senim;
use crate::storage::accounts::{self, Account};
use crate::storage::{provider_links, second_factors};
use app::{PasswordField, PasswordMistake, PasswordMistakes};
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_login::AuthSession;
use serde::Deserialize;
use survey_definitions::Language;
use zeroize::Zeroizing;

#[derive(Deserialize)]
pub struct Changed {
    #[serde(default)]
    changed: String,
    /// What came of the provider: the code of an [`app::ProviderNotice`].
    #[serde(default)]
    provider: String,
}

#[derive(Deserialize)]
pub struct PasswordForm {
    current: String,
    new: String,
    repeat: String,
}

/// `GET /account`
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    SignedIn(account): SignedIn,
    Query(query): Query<Changed>,
) -> Result<Rendered, PageError> {
    let page = page(&senim, visit.language(), &account).await?;
    let notice = app::ProviderNotice::from_code(&query.provider);
    Ok(visit.render(app::AccountPage { changed: !query.changed.is_empty(), notice, ..page }))
}

/// `POST /account/password`: every other session of the account ends.
pub async fn update(
    State(senim): State<Senim>,
    visit: Visit,
    mut session: AuthSession<Accounts>,
    SignedIn(account): SignedIn,
    Form(form): Form<PasswordForm>,
) -> Result<Response, PageError> {
    let mut mistakes = PasswordMistakes::of(&form.new, &form.repeat);
    let current = Zeroizing::new(form.current);
    if mistakes.is_empty() && !session.backend.is_password(&account, current).await? {
        mistakes.0.push((PasswordField::Current, PasswordMistake::Wrong));
    }
    if !mistakes.is_empty() {
        let page = page(&senim, visit.language(), &account).await?;
        let page = app::AccountPage { mistakes, ..page };
        let page = visit.led_back_to("/account").render(page);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let hash = session.backend.hash(Zeroizing::new(form.new)).await?;
    accounts::change_password(&senim.storage, account.id, &hash).await?;
    let changed = accounts::by_id(&senim.storage, account.id).await?;
    let changed = changed.ok_or(PageError::SignInNeeded)?;
    session.login(&changed).await.map_err(internal)?;
    Ok(Redirect::to("/account?changed=yes").into_response())
}

/// `POST /account/sign-out`: everywhere.
pub async fn delete(
    State(senim): State<Senim>,
    mut session: AuthSession<Accounts>,
    SignedIn(account): SignedIn,
) -> Result<Redirect, PageError> {
    accounts::sign_out_everywhere(&senim.storage, account.id).await?;
    session.logout().await.map_err(internal)?;
    Ok(Redirect::to("/sign-in"))
}

/// The account as it stands.
pub(super) async fn page(
    senim: &Senim,
    language: Language,
    account: &Account,
) -> Result<app::AccountPage, PageError> {
    let mut roles = Vec::new();
    for grant in &account.grants {
        roles.push(roles::role_at(senim, *grant).await?);
    }
    let second_factor = match account.second_factor.is_empty() {
        true => None,
        false => {
            let left = second_factors::recovery_codes(&senim.storage, account.id).await?;
            Some(u32::try_from(left).unwrap_or(0))
        }
    };
    Ok(app::AccountPage {
        name: account.name.clone(),
        person: account.person.clone(),
        roles,
        second_factor,
        has_password: !account.password_hash.is_empty(),
        mistakes: PasswordMistakes::default(),
        changed: false,
        not_off: false,
        not_renewed: None,
        provider: provider(senim, language, account).await?,
        notice: None,
        not_unlinked: false,
    })
}

/// Whether the account is linked with the provider; `None` when none is set.
pub(super) async fn provider(
    senim: &Senim,
    language: Language,
    account: &Account,
) -> Result<Option<app::ProviderLink>, PageError> {
    let Some(provider) = &senim.provider else { return Ok(None) };
    let linked = provider_links::has(&senim.storage, account.id, provider.issuer()).await?;
    let way = format!("{}?link=yes", super::provider::PATH);
    let button = super::provider::button(senim, language, way);
    Ok(button.map(|button| app::ProviderLink { button, linked }))
}
