use crate::permissions::{PermissionsError, expect_private};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, NoServerSessionStorage, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{self, ServerConfig};
use zeroize::Zeroizing;

/// Between two looks at the files.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    #[error("{path}: {error}")]
    File { path: PathBuf, error: io::Error },
    #[error("{path} holds no {expected} in PEM (\"-----BEGIN …\"): {error}")]
    Pem { path: PathBuf, expected: &'static str, error: pem::Error },
    #[error("{path} holds no certificate in PEM (\"-----BEGIN CERTIFICATE-----\")")]
    Empty { path: PathBuf },
    #[error("{cert} and {key} cannot be used together: {error}")]
    Pair { cert: PathBuf, key: PathBuf, error: rustls::Error },
    #[error("TLS cannot be prepared: {0}")]
    Tls(rustls::Error),
    #[error("SIGHUP cannot be listened for: {0}")]
    Signal(io::Error),
    #[error(transparent)]
    Permissions(#[from] PermissionsError),
}

/// A certificate and its key, followed when their files change.
pub(super) struct Certificate {
    cert: PathBuf,
    key: PathBuf,
    provider: Arc<CryptoProvider>,
    current: Arc<Current>,
    /// Asked for before the server says that it serves: until then SIGHUP would end it.
    told: Signal,
}

/// What new connections are given.
#[derive(Debug)]
struct Current(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Current {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

impl Certificate {
    pub(super) fn load(cert: &Path, key: &Path) -> Result<Self, CertificateError> {
        let provider = Arc::new(ring::default_provider());
        let pair = read(cert, key, &provider)?;
        let current = Arc::new(Current(RwLock::new(Arc::new(pair))));
        let told = signal(SignalKind::hangup()).map_err(CertificateError::Signal)?;
        Ok(Self { cert: cert.to_owned(), key: key.to_owned(), provider, current, told })
    }

    /// TLS 1.2 and 1.3, and nothing by which a tablet that comes again is known again: no session
    /// is kept and no ticket given.
    pub(super) fn acceptor(&self) -> Result<TlsAcceptor, CertificateError> {
        let config = ServerConfig::builder_with_provider(self.provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(CertificateError::Tls)?;
        let mut config = config.with_no_client_auth().with_cert_resolver(self.current.clone());
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    /// Reads the files again on SIGHUP and every minute, until the task is dropped. One that cannot
    /// be used changes nothing: the one before goes on.
    pub(super) async fn follow(mut self) {
        let mut minutes = tokio::time::interval(LOOK_EVERY);
        minutes.tick().await;
        loop {
            tokio::select! { _ = minutes.tick() => {}, _ = self.told.recv() => {} }
            match read(&self.cert, &self.key, &self.provider) {
                Ok(pair) => self.use_from_now_on(pair),
                Err(error) => {
                    tracing::warn!(%error, "the certificate could not be read again; the one before is used on");
                }
            }
        }
    }

    fn use_from_now_on(&self, pair: CertifiedKey) {
        let mut current = self.current.0.write().unwrap_or_else(PoisonError::into_inner);
        if current.cert != pair.cert {
            *current = Arc::new(pair);
            tracing::info!("the certificate was read again; new connections are given it");
        }
    }
}

fn read(
    cert: &Path,
    key: &Path,
    provider: &CryptoProvider,
) -> Result<CertifiedKey, CertificateError> {
    let file = |path: &Path| {
        let path = path.to_owned();
        move |error| CertificateError::File { path, error }
    };
    let pem = |path: &Path, expected| {
        let path = path.to_owned();
        move |error| CertificateError::Pem { path, expected, error }
    };
    let text = fs::read(cert).map_err(file(cert))?;
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    let chain = chain.map_err(pem(cert, "certificate"))?;
    if chain.is_empty() {
        return Err(CertificateError::Empty { path: cert.to_owned() });
    }
    expect_private(key)?;
    let text = Zeroizing::new(fs::read(key).map_err(file(key))?);
    let private = PrivateKeyDer::from_pem_slice(&text).map_err(pem(key, "private key"))?;
    CertifiedKey::from_der(chain, private, provider).map_err(|error| CertificateError::Pair {
        cert: cert.to_owned(),
        key: key.to_owned(),
        error,
    })
}
