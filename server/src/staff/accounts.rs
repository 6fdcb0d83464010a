use super::PageError;
use crate::state::Senim;
use crate::storage::accounts::{self, Account};
use crate::storage::{Storage, StorageError};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Argon2, password_hash};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_login::{AuthSession, AuthUser, AuthnBackend};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use uuid::Uuid;
use zeroize::Zeroizing;

const CHECKS_AT_ONCE: usize = 2;
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Looks staff up and checks passwords.
#[derive(Clone)]
pub struct Accounts {
    storage: Storage,
    /// Verified when nobody has the name, so that a reply takes as long as for a wrong password.
    decoy: Arc<str>,
    /// Each check takes 19 MiB: a flood of sign-ins waits here and not in memory.
    checks: Arc<Semaphore>,
}

/// What the sign-in form sends. Debug shows nothing.
#[derive(Clone)]
pub struct Credentials {
    pub name: String,
    pub password: Zeroizing<String>,
}

/// Why nobody could be signed in, apart from a wrong name or password.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("too many sign-ins at once")]
    Busy,
    #[error("the check of a password was interrupted")]
    Interrupted,
    #[error("a password cannot be hashed: {0}")]
    Hash(password_hash::Error),
}

impl Accounts {
    pub fn new(storage: Storage) -> Result<Self, SignInError> {
        let decoy = hash_password("nobody has this password").map_err(SignInError::Hash)?;
        Ok(Self { storage, decoy: decoy.into(), checks: Arc::new(Semaphore::new(CHECKS_AT_ONCE)) })
    }
}

impl Accounts {
    /// Whether this is the account's password.
    pub async fn is_password(
        &self,
        account: &Account,
        password: Zeroizing<String>,
    ) -> Result<bool, SignInError> {
        self.verify(password, account.password_hash.clone()).await
    }

    /// The hash of a new password, in its turn.
    pub async fn hash(&self, password: Zeroizing<String>) -> Result<String, SignInError> {
        let hashed = self.in_turn(move || hash_password(&password)).await?;
        hashed.map_err(SignInError::Hash)
    }

    async fn verify(&self, password: Zeroizing<String>, hash: String) -> Result<bool, SignInError> {
        self.in_turn(move || verify_password(&password, &hash)).await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, SignInError> {
        let place = timeout(LONGEST_WAIT, self.checks.clone().acquire_owned()).await;
        let place = place.map_err(|_| SignInError::Busy)?;
        let done = tokio::task::spawn_blocking(work).await;
        drop(place);
        done.map_err(|_| SignInError::Interrupted)
    }
}

/// Argon2id with the library's parameters, which are OWASP's: 19 MiB, two passes, one lane.
pub fn hash_password(password: &str) -> Result<String, password_hash::Error> {
    let salt = SaltString::generate(&mut rand_core::OsRng);
    Ok(Argon2::default().hash_password(password.as_bytes(), &salt)?.to_string())
}

fn verify_password(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

impl AuthUser for Account {
    type Id = Uuid;

    fn id(&self) -> Uuid {
        self.id
    }

    /// A new password ends every session of the account, and so does signing out everywhere.
    fn session_auth_hash(&self) -> &[u8] {
        &self.mark
    }
}

impl AuthnBackend for Accounts {
    type User = Account;
    type Credentials = Credentials;
    type Error = SignInError;

    async fn authenticate(&self, given: Credentials) -> Result<Option<Account>, SignInError> {
        let account = accounts::by_name(&self.storage, &given.name).await?;
        // Who signs in elsewhere has none either.
        let hash = account.as_ref().map(|account| account.password_hash.as_str());
        let hash = hash.filter(|hash| !hash.is_empty()).unwrap_or(&self.decoy).to_owned();
        let has_one = hash != *self.decoy;
        let fits = self.verify(given.password, hash).await?;
        Ok(account.filter(|_| fits && has_one))
    }

    async fn get_user(&self, id: &Uuid) -> Result<Option<Account>, SignInError> {
        Ok(accounts::by_id(&self.storage, *id).await?)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials")
    }
}

/// Somebody is signed in.
pub struct SignedIn(pub Account);

impl FromRequestParts<Senim> for SignedIn {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, senim: &Senim) -> Result<Self, PageError> {
        AuthSession::<Accounts>::from_request_parts(parts, senim)
            .await
            .ok()
            .and_then(|session| session.user)
            .map(Self)
            .ok_or(PageError::SignInNeeded)
    }
}
