//! What the link of an invitation leads to.

use super::sign_in::{How, enter};
use super::{Accounts, PageError, Rendered, SignedIn, Visit, provider, roles};
use crate::audit::{self, About};
use crate::clock::day_of;
use crate::state::Senim;
use crate::storage::StorageError;
use crate::storage::accounts::Account;
use crate::storage::invitations::{self, Invitation};
use crate::typed_codes;
use app::{NameMistake, PasswordMistakes, ProviderNotice};
use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_login::AuthSession;
use serde::Deserialize;
use survey_definitions::Language;
use zeroize::Zeroizing;

/// 100 bits, typed from paper if need be.
pub const TOKEN_CHARACTERS: usize = 20;

#[derive(Deserialize)]
pub struct NewAccount {
    name: String,
    #[serde(default)]
    new: String,
    #[serde(default)]
    repeat: String,
    /// Not empty for who came back from the provider and has no password here.
    #[serde(default)]
    provider: String,
}

#[derive(Deserialize)]
pub struct Noticed {
    /// The code of an [`app::ProviderNotice`].
    #[serde(default)]
    provider: String,
}

/// `GET /invitation/{token}`
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    session: AuthSession<Accounts>,
    Path(token): Path<String>,
    Query(query): Query<Noticed>,
) -> Result<Response, PageError> {
    let Some((_, invitation)) = found(&senim, &token).await? else { return Ok(gone(visit)) };
    let page = page(&senim, visit.language(), &token, &invitation).await?;
    let from_provider = provider::waiting(&senim, &session.session, invitation.id).await?.is_some();
    let notice = ProviderNotice::from_code(&query.provider);
    Ok(visit.render(app::InvitationPage { from_provider, notice, ..page }).into_response())
}

/// `POST /invitation/{token}`: a new account with the invitation's role, signed in.
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    session: AuthSession<Accounts>,
    Path(token): Path<String>,
    Form(form): Form<NewAccount>,
) -> Result<Response, PageError> {
    let Some((hash, invitation)) = found(&senim, &token).await? else { return Ok(gone(visit)) };
    let without_password = !form.provider.is_empty();
    let waits = provider::waiting(&senim, &session.session, invitation.id).await?;
    let link = waits.filter(|_| without_password);
    let page = page(&senim, visit.language(), &token, &invitation).await?;
    let page = typed(page, &form, link.is_some());
    if page.name_mistake.is_some() || !page.mistakes.is_empty() || page.notice.is_some() {
        return Ok(again(visit, page));
    }
    let password_hash = match without_password {
        true => String::new(),
        false => session.backend.hash(Zeroizing::new(form.new)).await?,
    };
    let grants = vec![invitation.grant];
    let account = Account::new(senim.random.id(), &page.name, password_hash, grants);
    let account = Account { person: invitation.person.clone(), ..account };
    let (storage, now) = (&senim.storage, senim.clock.seconds());
    match invitations::use_for_new(storage, &hash, now, &account, link.as_ref()).await {
        Ok(true) => {}
        Ok(false) => return Ok(gone(visit)),
        Err(StorageError::Exists { what: "account", .. }) => {
            let name_mistake = Some(NameMistake::Taken);
            return Ok(again(visit, app::InvitationPage { name_mistake, ..page }));
        }
        Err(StorageError::Exists { .. }) => {
            let notice = Some(ProviderNotice::Taken);
            return Ok(again(visit, app::InvitationPage { notice, from_provider: false, ..page }));
        }
        Err(error) => return Err(error.into()),
    }
    record(&senim, &account, &invitation, link.is_some()).await?;
    let how = if without_password { How::Provider } else { How::Password };
    enter(&senim, session, &account, how, "").await
}

/// The page with what was typed and what is wrong with it; who says to come from the provider and
/// does not, or not any more, goes there again.
fn typed(page: app::InvitationPage, form: &NewAccount, from_provider: bool) -> app::InvitationPage {
    let name = form.name.trim().to_owned();
    let without_password = !form.provider.is_empty();
    let mistakes = match without_password {
        true => PasswordMistakes::default(),
        false => PasswordMistakes::of(&form.new, &form.repeat),
    };
    let notice = (without_password && !from_provider).then_some(ProviderNotice::Expired);
    let name_mistake = NameMistake::of(&name);
    app::InvitationPage { name, name_mistake, mistakes, from_provider, notice, ..page }
}

async fn record(
    senim: &Senim,
    account: &Account,
    invitation: &Invitation,
    linked: bool,
) -> Result<(), StorageError> {
    let (storage, clock, random) = (&senim.storage, &senim.clock, &senim.random);
    let (who, about) = (Some(account), About::unit(invitation.grant.unit));
    audit::record(storage, clock, random, who, audit::INVITATION_TAKEN, about).await?;
    if linked {
        let (what, about) = (audit::PROVIDER_LINKED, About::default());
        audit::record(storage, clock, random, who, what, about).await?;
    }
    Ok(())
}

/// `POST /invitation/{token}/add`: the role for who is signed in.
pub async fn update(
    State(senim): State<Senim>,
    visit: Visit,
    SignedIn(account): SignedIn,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    let Some((hash, invitation)) = found(&senim, &token).await? else { return Ok(gone(visit)) };
    let (storage, now, grant) = (&senim.storage, senim.clock.seconds(), invitation.grant);
    if !invitations::use_for(storage, &hash, now, account.id, grant).await? {
        return Ok(gone(visit));
    }
    Ok((Extension(About::unit(grant.unit)), Redirect::to("/account")).into_response())
}

/// The invitation of a link that works, and the hash it is stored under.
pub(super) async fn found(
    senim: &Senim,
    token: &str,
) -> Result<Option<(String, Invitation)>, StorageError> {
    let Some(token) = typed_codes::read(token, TOKEN_CHARACTERS) else { return Ok(None) };
    let hash = senim.secrets.invitation_hash(&token);
    let now = senim.clock.seconds();
    let invitation = invitations::by_token(&senim.storage, &hash, now).await?;
    Ok(invitation.map(|invitation| (hash, invitation)))
}

async fn page(
    senim: &Senim,
    language: Language,
    token: &str,
    invitation: &Invitation,
) -> Result<app::InvitationPage, StorageError> {
    let token = typed_codes::read(token, TOKEN_CHARACTERS).unwrap_or_default();
    let way = format!("{}?invitation={token}", provider::PATH);
    Ok(app::InvitationPage {
        token,
        invited: invited(senim, invitation).await?,
        name: String::new(),
        name_mistake: None,
        mistakes: PasswordMistakes::default(),
        provider: provider::button(senim, language, way),
        from_provider: false,
        notice: None,
    })
}

pub(super) async fn invited(
    senim: &Senim,
    invitation: &Invitation,
) -> Result<app::Invited, StorageError> {
    Ok(app::Invited {
        person: invitation.person.clone(),
        role: roles::role_at(senim, invitation.grant).await?,
        until: day_of(invitation.expires),
    })
}

fn again(visit: Visit, page: app::InvitationPage) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, visit.render(page)).into_response()
}

/// Used, taken back, run out or never there: it says which to nobody.
pub(super) fn gone(visit: Visit) -> Response {
    let page: Rendered = visit.render(app::InvitationGonePage {});
    (StatusCode::GONE, page).into_response()
}
