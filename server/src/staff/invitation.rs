//! What the link of an invitation leads to.

use super::sign_in::enter;
use super::{Accounts, PageError, Rendered, SignedIn, Visit, roles};
use crate::audit::{self, About};
use crate::clock::day_of;
use crate::state::Senim;
use crate::storage::StorageError;
use crate::storage::accounts::Account;
use crate::storage::invitations::{self, Invitation};
use crate::typed_codes;
use app::{NameMistake, PasswordMistakes};
use axum::Extension;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_login::AuthSession;
use serde::Deserialize;
use zeroize::Zeroizing;

/// 100 bits, typed from paper if need be.
pub const TOKEN_CHARACTERS: usize = 20;

#[derive(Deserialize)]
pub struct NewAccount {
    name: String,
    new: String,
    repeat: String,
}

/// `GET /invitation/{token}`
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    let Some((_, invitation)) = found(&senim, &token).await? else { return Ok(gone(visit)) };
    let page = page(&senim, &token, &invitation).await?;
    Ok(visit.render(page).into_response())
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
    let name = form.name.trim().to_owned();
    let refused = app::InvitationPage {
        name_mistake: NameMistake::of(&name),
        mistakes: PasswordMistakes::of(&form.new, &form.repeat),
        name: name.clone(),
        ..page(&senim, &token, &invitation).await?
    };
    if refused.name_mistake.is_some() || !refused.mistakes.is_empty() {
        return Ok(again(visit, refused));
    }
    let password_hash = session.backend.hash(Zeroizing::new(form.new)).await?;
    let grants = vec![invitation.grant];
    let account = Account::new(senim.random.id(), &name, password_hash, grants);
    let account = Account { person: invitation.person.clone(), ..account };
    let (storage, now) = (&senim.storage, senim.clock.seconds());
    match invitations::use_for_new(storage, &hash, now, &account).await {
        Ok(true) => {}
        Ok(false) => return Ok(gone(visit)),
        Err(StorageError::Exists { .. }) => {
            let name_mistake = Some(NameMistake::Taken);
            return Ok(again(visit, app::InvitationPage { name_mistake, ..refused }));
        }
        Err(error) => return Err(error.into()),
    }
    let (clock, random) = (&senim.clock, &senim.random);
    let about = About::unit(invitation.grant.unit);
    let what = audit::INVITATION_TAKEN;
    audit::record(storage, clock, random, Some(&account), what, about).await?;
    enter(&senim, session, &account, "").await
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
async fn found(senim: &Senim, token: &str) -> Result<Option<(String, Invitation)>, StorageError> {
    let Some(token) = typed_codes::read(token, TOKEN_CHARACTERS) else { return Ok(None) };
    let hash = senim.secrets.invitation_hash(&token);
    let now = senim.clock.seconds();
    let invitation = invitations::by_token(&senim.storage, &hash, now).await?;
    Ok(invitation.map(|invitation| (hash, invitation)))
}

async fn page(
    senim: &Senim,
    token: &str,
    invitation: &Invitation,
) -> Result<app::InvitationPage, StorageError> {
    Ok(app::InvitationPage {
        token: typed_codes::read(token, TOKEN_CHARACTERS).unwrap_or_default(),
        invited: invited(senim, invitation).await?,
        name: String::new(),
        name_mistake: None,
        mistakes: PasswordMistakes::default(),
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
fn gone(visit: Visit) -> Response {
    let page: Rendered = visit.render(app::InvitationGonePage {});
    (StatusCode::GONE, page).into_response()
}
