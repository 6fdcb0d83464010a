//! What the session keeps of somebody on the way to the provider and of whoever came back.

use crate::provider::Attempt;
use crate::staff::PageError;
use crate::staff::invitation::{self, TOKEN_CHARACTERS};
use crate::staff::sign_in::{back_in, with_back};
use crate::state::Senim;
use crate::storage::accounts::Account;
use crate::storage::provider_links::Link;
use crate::typed_codes;
use serde::{Deserialize, Serialize};
use tower_sessions::{Expiry, Session};
use uuid::Uuid;

/// Where a session keeps who is on the way to the provider.
const ON_THE_WAY: &str = "to the provider";
/// Where it keeps who came back for a link, until they confirm it.
const CAME_BACK: &str = "from the provider";
/// Minutes for each of the two.
const LONGEST: i64 = 10;

/// Why somebody goes there.
#[derive(Serialize, Deserialize)]
pub(super) enum Purpose {
    SignIn {
        back: String,
    },
    Link {
        account: Uuid,
    },
    /// The token of its link is sealed: who reads the session in the database must not take it.
    Invitation {
        invitation: Uuid,
        sealed: String,
    },
}

/// Who is there.
#[derive(Serialize, Deserialize)]
struct OnTheWay {
    attempt: Attempt,
    purpose: Purpose,
    until: i64,
}

/// Who came back for a link.
#[derive(Serialize, Deserialize)]
struct CameBack {
    /// The id of the account or invitation that it is for.
    of: Uuid,
    issuer: String,
    subject_hash: String,
    until: i64,
}

/// Somebody leaves for the provider.
pub(super) async fn leave(
    senim: &Senim,
    session: &Session,
    is_signed_in: bool,
    attempt: Attempt,
    purpose: Purpose,
) -> Result<(), PageError> {
    if !is_signed_in {
        // Whoever does not come back leaves nothing for long.
        let minutes = time::Duration::minutes(LONGEST);
        session.set_expiry(Some(Expiry::OnInactivity(minutes)));
    }
    let until = senim.clock.seconds() + 60 * LONGEST;
    Ok(session.insert(ON_THE_WAY, OnTheWay { attempt, purpose, until }).await?)
}

/// Whoever left and is answered by this state; used up whether it is the right one or not.
pub(super) async fn answered(
    senim: &Senim,
    session: &Session,
    state: &str,
) -> Result<Option<(Attempt, Purpose)>, PageError> {
    let kept: Option<OnTheWay> = session.remove(ON_THE_WAY).await?;
    let now = senim.clock.seconds();
    let kept = kept.filter(|kept| now < kept.until && kept.attempt.is_answered_by(state));
    Ok(kept.map(|OnTheWay { attempt, purpose, .. }| (attempt, purpose)))
}

/// Somebody came back whose link is to be confirmed.
pub(super) async fn arrive(
    senim: &Senim,
    session: &Session,
    of: Uuid,
    link: Link,
) -> Result<(), PageError> {
    let Link { issuer, subject_hash } = link;
    let until = senim.clock.seconds() + 60 * LONGEST;
    Ok(session.insert(CAME_BACK, CameBack { of, issuer, subject_hash, until }).await?)
}

/// Who came back for this account or invitation and has not confirmed it yet.
pub(in crate::staff) async fn waiting(
    senim: &Senim,
    session: &Session,
    of: Uuid,
) -> Result<Option<Link>, PageError> {
    let kept: Option<CameBack> = session.get(CAME_BACK).await?;
    let now = senim.clock.seconds();
    let kept = kept.filter(|kept| kept.of == of && now < kept.until);
    Ok(kept.map(|CameBack { issuer, subject_hash, .. }| Link { issuer, subject_hash }))
}

/// Nobody waits any more.
pub(in crate::staff) async fn confirmed(session: &Session) -> Result<(), PageError> {
    session.remove_value(CAME_BACK).await?;
    Ok(())
}

impl Purpose {
    /// `None` when there is no such invitation.
    pub(super) async fn of(
        senim: &Senim,
        account: Option<&Account>,
        back: &str,
        link: &str,
        token: &str,
    ) -> Result<Option<Self>, PageError> {
        if !token.is_empty() {
            let found = invitation::found(senim, token).await?;
            let Some((_, invitation)) = found else { return Ok(None) };
            // As it was drawn: it goes into an address again.
            let token = typed_codes::read(token, TOKEN_CHARACTERS).unwrap_or_default();
            let (random, token) = (&senim.random, token.as_bytes());
            let sealed = senim.secrets.seal(random, invitation.id, token);
            let sealed = sealed.ok_or(PageError::Internal)?;
            return Ok(Some(Self::Invitation { invitation: invitation.id, sealed }));
        }
        match (link, account) {
            ("", _) => Ok(Some(Self::SignIn { back: back_in(back) })),
            (_, Some(account)) => Ok(Some(Self::Link { account: account.id })),
            (_, None) => Err(PageError::SignInNeeded),
        }
    }

    /// The page that it began on.
    pub(super) fn page(&self, senim: &Senim) -> String {
        match self {
            Self::SignIn { back } => with_back("/sign-in", back),
            Self::Link { .. } => "/account".to_owned(),
            Self::Invitation { invitation, sealed } => {
                let token = senim.secrets.unseal(*invitation, sealed).unwrap_or_default();
                format!("/invitation/{}", String::from_utf8_lossy(&token))
            }
        }
    }

    /// Where it goes on.
    pub(super) fn next(&self, senim: &Senim) -> String {
        match self {
            Self::Link { .. } => "/account/provider".to_owned(),
            _ => self.page(senim),
        }
    }

    /// The id of what a link is asked for; `None` when somebody only signs in.
    pub(super) fn link_of(&self) -> Option<Uuid> {
        match self {
            Self::SignIn { .. } => None,
            Self::Link { account } => Some(*account),
            Self::Invitation { invitation, .. } => Some(*invitation),
        }
    }
}
