//! Who has which role directly below, and invitations.

mod below;

use super::invitation::{TOKEN_CHARACTERS, invited};
use super::{PageError, Rendered, SignedIn, Visit, roles};
use crate::audit::About;
use crate::rights::manages;
use crate::state::Senim;
use crate::storage::accounts::{Account, Grant};
use crate::storage::grants;
use crate::storage::invitations::{self, Invitation};
use crate::storage::units::{self, Unit};
use crate::typed_codes;
use app::InviteMistake;
use axum::Extension;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use uuid::Uuid;

/// Seconds that an invitation may wait.
const VALID: i64 = 14 * 24 * 60 * 60;

#[derive(Deserialize)]
pub struct NewInvitation {
    person: String,
    #[serde(default)]
    place: String,
}

#[derive(Deserialize)]
pub struct Revoked {
    invitation: Uuid,
}

#[derive(Deserialize)]
pub struct Removed {
    account: Uuid,
    place: String,
}

/// `GET /people`
pub async fn index(
    State(senim): State<Senim>,
    visit: Visit,
    SignedIn(account): SignedIn,
) -> Result<Rendered, PageError> {
    let form = app::InviteForm::default();
    Ok(visit.render(below::page(&senim, &account, visit.language(), form).await?))
}

/// `POST /people/invite`: the sheet with the link, shown this once.
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    SignedIn(account): SignedIn,
    Form(form): Form<NewInvitation>,
) -> Result<Response, PageError> {
    let visit = visit.led_back_to("/people");
    let person = form.person.trim().to_owned();
    let mut mistakes: Vec<_> = InviteMistake::of_person(&person).into_iter().collect();
    let grant = roles::grant_in(&form.place);
    if grant.is_none() {
        mistakes.push(InviteMistake::PlaceMissing);
    }
    let Some(grant) = grant.filter(|_| mistakes.is_empty()) else {
        let form =
            app::InviteForm { person, place: form.place, mistakes, ..app::InviteForm::default() };
        let page = below::page(&senim, &account, visit.language(), form).await?;
        let page = visit.render(page);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    expect_responsible(&senim, &account, grant).await?;
    let (token, invitation) = invitation(&senim, &person, grant, &account);
    let hash = senim.secrets.invitation_hash(&token);
    invitations::create(&senim.storage, &invitation, &hash).await?;
    let address = address(&senim, &token);
    let sheet = app::InvitationSheet { invited: invited(&senim, &invitation).await?, address };
    Ok((Extension(About::unit(grant.unit)), visit.render(sheet)).into_response())
}

/// A new invitation and the token of its link, neither stored yet.
pub(super) fn invitation(
    senim: &Senim,
    person: &str,
    grant: Grant,
    invited_by: &Account,
) -> (String, Invitation) {
    let invitation = Invitation {
        id: senim.random.id(),
        person: person.to_owned(),
        grant,
        invited_by: invited_by.id,
        expires: senim.clock.seconds() + VALID,
    };
    (typed_codes::draw(&senim.random, TOKEN_CHARACTERS), invitation)
}

/// Where the link of a token leads.
pub(super) fn address(senim: &Senim, token: &str) -> String {
    format!("{}/invitation/{}", senim.public_url, typed_codes::printed(token))
}

/// `POST /people/revoke`
pub async fn revoke(
    State(senim): State<Senim>,
    SignedIn(account): SignedIn,
    Form(form): Form<Revoked>,
) -> Result<Response, PageError> {
    let invitation = invitations::by_id(&senim.storage, form.invitation).await?;
    let grant = invitation.ok_or(PageError::NotFound)?.grant;
    expect_responsible(&senim, &account, grant).await?;
    invitations::revoke(&senim.storage, form.invitation).await?;
    Ok((Extension(About::unit(grant.unit)), Redirect::to("/people")).into_response())
}

/// `POST /people/remove`: takes a role away. Not the own one: somebody must be left.
pub async fn delete(
    State(senim): State<Senim>,
    SignedIn(account): SignedIn,
    Form(form): Form<Removed>,
) -> Result<Response, PageError> {
    let grant = roles::grant_in(&form.place).ok_or(PageError::NotFound)?;
    expect_responsible(&senim, &account, grant).await?;
    if form.account == account.id {
        return Err(PageError::Refused(app::texts::StaffRefusal::OwnRole));
    }
    if !grants::remove(&senim.storage, form.account, grant).await? {
        return Err(PageError::NotFound);
    }
    let about = About::unit(grant.unit).to(form.account);
    Ok((Extension(about), Redirect::to("/people")).into_response())
}

/// A role that is not the account's to give is not found, nor is a unit that is not there.
async fn expect_responsible(
    senim: &Senim,
    account: &Account,
    grant: Grant,
) -> Result<(), PageError> {
    let units: Vec<Unit> = units::units_above(&senim.storage, grant.unit).await?;
    if manages(account, grant.role, &units) { Ok(()) } else { Err(PageError::NotFound) }
}
