//! Sign-in at an OpenID Connect provider beside passwords: authorization code flow with PKCE. Only
//! `openid` is asked for: whether it is the same person as before, and no name, address or number.

mod flow;
mod http;
mod settings;

pub use flow::{Attempt, Failure};
pub use settings::{ProviderName, ProviderSettings};

use http::{Http, HttpError, with_causes};
use openidconnect::core::{CoreClient, CoreClientAuthMethod, CoreProviderMetadata as Metadata};
use openidconnect::url::{ParseError, Url};
use openidconnect::{
    AuthType, ClientId, ClientSecret, DiscoveryError, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, IssuerUrl, RedirectUrl,
};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use survey_definitions::Language;
use tokio::sync::Notify;
use tokio::time::timeout;

/// Where the provider sends people back to.
pub const WAY_BACK: &str = "/sign-in/provider/back";

/// While it answers it is asked again so often: its keys change, and the sign-in page says whether
/// it can be reached.
const ASKED_EVERY: Duration = Duration::from_secs(60);
/// The first wait while it does not; each is twice the one before, up to [`ASKED_EVERY`].
const FIRST_WAIT: Duration = Duration::from_secs(1);

/// The library's client, once the provider has told where everything is.
type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The provider that was set, found or not yet.
pub struct Provider {
    issuer: IssuerUrl,
    client: ClientId,
    secret: ClientSecret,
    redirect: RedirectUrl,
    names: Vec<ProviderName>,
    http: Http,
    found: RwLock<Option<Arc<Client>>>,
    /// It did not answer somebody: look now.
    lost: Notify,
}

/// Why the server does not start with these settings.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    #[error("--oidc-issuer {0}: it must begin with https://; http:// only on this machine")]
    Unsafe(String),
    #[error("--oidc-issuer {url}: {error}")]
    Issuer { url: String, error: ParseError },
    #[error("--oidc-client-secret-file {path}: {error}")]
    SecretFile { path: PathBuf, error: io::Error },
    #[error("--oidc-client-secret-file {0}: its first line is empty")]
    SecretEmpty(PathBuf),
    #[error("--public-url {url}: {error}")]
    PublicUrl { url: String, error: ParseError },
    #[error("the sign-in provider cannot be asked: {0}")]
    Http(#[from] HttpError),
}

impl Provider {
    /// What the settings say; `None` when they name no provider. Nobody is asked yet.
    pub fn open(
        settings: &ProviderSettings,
        public_url: &str,
    ) -> Result<Option<Arc<Self>>, ProviderError> {
        let (Some(issuer), Some(client), Some(secret)) = (
            settings.oidc_issuer.clone(),
            settings.oidc_client_id.clone(),
            settings.oidc_client_secret_file.as_deref(),
        ) else {
            return Ok(None);
        };
        let url = Url::parse(&issuer);
        let url = url.map_err(|error| ProviderError::Issuer { url: issuer.clone(), error })?;
        if !settings::is_safe(&url) {
            return Err(ProviderError::Unsafe(issuer));
        }
        let public = public_url.trim_end_matches('/');
        let redirect = RedirectUrl::new(format!("{public}{WAY_BACK}"));
        let redirect =
            redirect.map_err(|error| ProviderError::PublicUrl { url: public.to_owned(), error })?;
        let unreadable = |error| ProviderError::Issuer { url: issuer.clone(), error };
        Ok(Some(Arc::new(Self {
            issuer: IssuerUrl::new(issuer.clone()).map_err(unreadable)?,
            client: ClientId::new(client),
            secret: ClientSecret::new(first_line(secret)?),
            redirect,
            names: settings.oidc_name.clone(),
            http: Http::new(url.scheme() == "http")?,
            found: RwLock::default(),
            lost: Notify::new(),
        })))
    }

    /// What a reader of this language calls it.
    pub fn name(&self, language: Language) -> &str {
        let host = self.issuer.url().host_str();
        settings::name_in(&self.names, language).or(host).unwrap_or_default()
    }

    /// Under which name accounts are linked with it.
    pub fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    /// Whether it answered when it was asked last.
    pub fn is_reachable(&self) -> bool {
        self.found().is_some()
    }

    /// Looks for the provider for as long as the server runs; it may come and go.
    pub async fn keep_looking(self: Arc<Self>) {
        let (mut wait, mut told) = (FIRST_WAIT, false);
        loop {
            match self.look().await {
                Ok(_) => (wait, told) = (FIRST_WAIT, false),
                Err(error) if told => tracing::debug!(error, "the sign-in provider is still away"),
                Err(error) => {
                    tracing::warn!(error, "the sign-in provider cannot be reached; trying again");
                    told = true;
                }
            }
            let pause = if self.is_reachable() { ASKED_EVERY } else { wait };
            if !self.is_reachable() {
                wait = ASKED_EVERY.min(wait * 2);
            }
            // Either way it is looked for again.
            let _ = timeout(pause, self.lost.notified()).await;
        }
    }

    fn found(&self) -> Option<Arc<Client>> {
        self.found.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Asks where everything is and which keys are in use; why not, in words.
    async fn look(&self) -> Result<Arc<Client>, String> {
        let asked = Metadata::discover_async(self.issuer.clone(), &self.http).await;
        let client = asked.map(|metadata| Arc::new(self.client(metadata)));
        let known = client.as_ref().ok().cloned();
        *self.found.write().unwrap_or_else(PoisonError::into_inner) = known;
        client.map_err(|error| match &error {
            DiscoveryError::Request(cause) => cause.to_string(),
            error => with_causes(error),
        })
    }

    fn client(&self, metadata: Metadata) -> Client {
        // By the standard, a provider that names no method takes basic authentication.
        let methods = metadata.token_endpoint_auth_methods_supported();
        let basic = methods.is_none_or(|of| of.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let secret = Some(self.secret.clone());
        CoreClient::from_provider_metadata(metadata, self.client.clone(), secret)
            .set_redirect_uri(self.redirect.clone())
            .set_auth_type(if basic { AuthType::BasicAuth } else { AuthType::RequestBody })
    }
}

fn first_line(path: &Path) -> Result<String, ProviderError> {
    let unreadable = |error| ProviderError::SecretFile { path: path.to_owned(), error };
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    match text.lines().next().map(str::trim).filter(|line| !line.is_empty()) {
        Some(line) => Ok(line.to_owned()),
        None => Err(ProviderError::SecretEmpty(path.to_owned())),
    }
}
