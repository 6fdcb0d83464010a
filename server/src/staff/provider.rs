//! Sign-in at the provider: there and back. Nobody gets an account by it: it signs in whose account
//! is linked, and tells the other pages who came back.

mod kept;

pub(super) use kept::{confirmed, waiting};

use super::sign_in::{How, go_on, locked_page};
use super::{Accounts, PageError, Visit, invitation};
use crate::provider::{Attempt, Failure, Provider};
use crate::sign_in_tries;
use crate::state::Senim;
use crate::storage::accounts::{self, Account};
use crate::storage::provider_links::{self, Link};
use app::ProviderNotice as Notice;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum_login::AuthSession;
use kept::Purpose;
use serde::Deserialize;
use survey_definitions::Language;

/// The way to the provider.
pub const PATH: &str = "/sign-in/provider";

/// What a page asks for in its address.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    back: String,
    /// Not empty to link the account of who is signed in.
    #[serde(default)]
    link: String,
    /// The token of an invitation that is to be taken.
    #[serde(default)]
    invitation: String,
}

/// What the provider sends back in the address.
#[derive(Deserialize)]
pub struct Answer {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    error: String,
    /// RFC 9207.
    #[serde(default)]
    iss: String,
}

/// `GET /sign-in/provider`: leads there.
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    session: AuthSession<Accounts>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    let provider = senim.provider.as_ref().ok_or(PageError::NotFound)?;
    let Wanted { back, link, invitation } = wanted;
    let account = session.user.as_ref();
    let Some(purpose) = Purpose::of(&senim, account, &back, &link, &invitation).await? else {
        return Ok(invitation::gone(visit));
    };
    let Some((url, attempt)) = provider.begin(&senim.random, visit.language()) else {
        return Ok(noticed(&purpose.page(&senim), Notice::Unreachable));
    };
    kept::leave(&senim, &session.session, account.is_some(), attempt, purpose).await?;
    Ok(Redirect::to(&url).into_response())
}

/// `GET /sign-in/provider/back`: where the provider sends people, with a code or an error.
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    session: AuthSession<Accounts>,
    Query(answer): Query<Answer>,
) -> Result<Response, PageError> {
    let provider = senim.provider.as_ref().ok_or(PageError::NotFound)?;
    let answered = kept::answered(&senim, &session.session, &answer.state).await?;
    let Some((attempt, purpose)) = answered else {
        let page = if session.user.is_some() { "/account" } else { "/sign-in" };
        return Ok(noticed(page, Notice::Expired));
    };
    let end = |notice| Ok(noticed(&purpose.page(&senim), notice));
    let link = match came_back(&senim, provider, attempt, answer).await {
        Ok(link) => link,
        Err(notice) => return end(notice),
    };
    let linked = match provider_links::account(&senim.storage, &link).await? {
        Some(id) => accounts::by_id(&senim.storage, id).await?,
        None => None,
    };
    match (&purpose, linked, purpose.link_of()) {
        (Purpose::SignIn { back }, Some(account), _) => {
            sign_in(&senim, visit, session, &account, back).await
        }
        (_, None, Some(of)) => {
            kept::arrive(&senim, &session.session, of, link).await?;
            Ok(Redirect::to(&purpose.next(&senim)).into_response())
        }
        (_, None, None) => end(Notice::NotLinked),
        (_, Some(_), _) => end(Notice::Taken),
    }
}

/// Whom the provider says it is, under the hash that would be stored.
async fn came_back(
    senim: &Senim,
    provider: &Provider,
    attempt: Attempt,
    answer: Answer,
) -> Result<Link, Notice> {
    let issuer = provider.issuer();
    match answer.error.as_str() {
        "" if answer.iss.is_empty() || answer.iss == issuer => {}
        "access_denied" => return Err(Notice::Cancelled),
        _ => return Err(Notice::Failed),
    }
    let subject = provider.finish(&senim.clock, attempt, answer.code).await;
    let subject = subject.map_err(|failure| match failure {
        Failure::Unreachable => Notice::Unreachable,
        Failure::Refused => Notice::Failed,
    })?;
    let subject_hash = senim.secrets.provider_hash(issuer, &subject);
    Ok(Link { issuer: issuer.to_owned(), subject_hash })
}

/// Like a right password: a locked name stays locked, and the code is still asked for.
async fn sign_in(
    senim: &Senim,
    visit: Visit,
    session: AuthSession<Accounts>,
    account: &Account,
    back: &str,
) -> Result<Response, PageError> {
    if let Some(seconds) = sign_in_tries::begin(senim, &account.name).await? {
        return Ok(locked_page(senim, visit, String::new(), seconds, back));
    }
    go_on(senim, session, account, How::Provider, back).await
}

/// What pages say of the provider, with the way there; `None` when none is set.
pub(super) fn button(
    senim: &Senim,
    language: Language,
    address: String,
) -> Option<app::ProviderButton> {
    senim.provider.as_ref().map(|provider| app::ProviderButton {
        name: provider.name(language).to_owned(),
        reachable: provider.is_reachable(),
        address,
    })
}

/// Back to a page that says so.
pub(super) fn noticed(page: &str, notice: Notice) -> Response {
    let and = if page.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{page}{and}provider={}", notice.code())).into_response()
}
