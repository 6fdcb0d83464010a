//! One sign-in at the provider: there with a state, a nonce and a challenge, back with a code, which
//! is exchanged for an ID token.

use super::http::{HttpError, with_causes};
use super::{Client, Provider};
use crate::clock::Clock;
use crate::random::Random;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use openidconnect::core::{
    CoreAuthPrompt, CoreAuthenticationFlow, CoreIdToken, CoreJwsSigningAlgorithm as Algorithm,
};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, CsrfToken, LanguageTag, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, RequestTokenError, SignatureVerificationError, TokenResponse,
};
use rand_core::RngCore;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::{Duration, UNIX_EPOCH};
use survey_definitions::Language;

/// Bytes of a state, a nonce and a verifier: RFC 7636 recommends 32 for the last.
const SECRET: usize = 32;

/// Signatures that need the provider's private key. One under the client's secret would let whoever
/// reads that sign in as anybody.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RsaSsaPkcs1V15Sha256,
    Algorithm::RsaSsaPkcs1V15Sha384,
    Algorithm::RsaSsaPkcs1V15Sha512,
    Algorithm::RsaSsaPssSha256,
    Algorithm::RsaSsaPssSha384,
    Algorithm::RsaSsaPssSha512,
    Algorithm::EcdsaP256Sha256,
    Algorithm::EcdsaP384Sha384,
    Algorithm::EdDsa,
];

/// What the browser's session keeps while somebody is at the provider. Debug shows nothing.
#[derive(Serialize, Deserialize)]
pub struct Attempt {
    state: String,
    nonce: String,
    verifier: String,
}

/// Why nobody came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    Unreachable,
    /// The code or the ID token is not what it should be; the log says why.
    Refused,
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Attempt")
    }
}

impl Attempt {
    fn draw(random: &Random) -> Self {
        let draw = || {
            let mut bytes = [0; SECRET];
            random.draw(|rng| rng.fill_bytes(&mut bytes));
            URL_SAFE_NO_PAD.encode(bytes)
        };
        Self { state: draw(), nonce: draw(), verifier: draw() }
    }

    /// Whether this is the answer to it.
    pub fn is_answered_by(&self, state: &str) -> bool {
        self.state == state
    }
}

impl Provider {
    /// Where to send somebody, and what to keep until they are back; `None` while the provider
    /// cannot be reached.
    pub fn begin(&self, random: &Random, language: Language) -> Option<(String, Attempt)> {
        let client = self.found()?;
        let attempt = Attempt::draw(random);
        let (state, nonce) = (attempt.state.clone(), attempt.nonce.clone());
        let verifier = PkceCodeVerifier::new(attempt.verifier.clone());
        let (url, ..) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                || CsrfToken::new(state),
                || Nonce::new(nonce),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            // Teachers share computers: whoever signed in at the provider an hour ago is not asked
            // to have signed out there.
            .add_prompt(CoreAuthPrompt::Login)
            .add_ui_locale(LanguageTag::new(language.code().to_owned()))
            .url();
        Some((url.into(), attempt))
    }

    /// Who came back with this code: the provider's own name for the person, which it gives to
    /// nobody else.
    pub async fn finish(
        &self,
        clock: &Clock,
        attempt: Attempt,
        code: String,
    ) -> Result<String, Failure> {
        let client = self.found().ok_or(Failure::Unreachable)?;
        let nonce = Nonce::new(attempt.nonce);
        let token = self.exchange(&client, attempt.verifier, code).await?;
        match subject(&client, clock, &token, &nonce) {
            // Signed with a key that is newer than what was asked last.
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                let client = self.look().await.map_err(|_| Failure::Unreachable)?;
                subject(&client, clock, &token, &nonce).map_err(|error| refused(&error))
            }
            other => other.map_err(|error| refused(&error)),
        }
    }

    async fn exchange(
        &self,
        client: &Client,
        verifier: String,
        code: String,
    ) -> Result<CoreIdToken, Failure> {
        let request = client.exchange_code(AuthorizationCode::new(code));
        let request = request.map_err(|error| refused(&error))?;
        let request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier));
        let answer = request.request_async(&self.http).await.map_err(|error| match error {
            RequestTokenError::Request(error) => self.unreachable(&error),
            // Its words quote the code or a token where they cannot be read.
            RequestTokenError::Parse(..) => {
                tracing::warn!("the sign-in provider's answer to a code cannot be read");
                Failure::Refused
            }
            error => refused(&error),
        })?;
        answer.id_token().cloned().ok_or_else(|| {
            tracing::warn!("the sign-in provider sent no ID token");
            Failure::Refused
        })
    }

    fn unreachable(&self, error: &HttpError) -> Failure {
        tracing::warn!(%error, "the sign-in provider did not answer");
        self.lost.notify_one();
        Failure::Unreachable
    }
}

/// Whom an ID token is about, after every check: signature, issuer, audience, expiry, nonce.
fn subject(
    client: &Client,
    clock: &Clock,
    token: &CoreIdToken,
    nonce: &Nonce,
) -> Result<String, ClaimsVerificationError> {
    let now = UNIX_EPOCH + Duration::from_secs(u64::try_from(clock.seconds()).unwrap_or(0));
    let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS);
    let verifier = verifier.set_time_fn(move || now.into());
    Ok(token.claims(&verifier, nonce)?.subject().to_string())
}

fn refused(error: &dyn std::error::Error) -> Failure {
    tracing::warn!(error = with_causes(error), "a sign-in at the provider was refused");
    Failure::Refused
}
