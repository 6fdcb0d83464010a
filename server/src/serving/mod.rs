//! Connections: TLS, how many there may be, how long each may keep the server waiting, and how they
//! end when the server is told to stop.

mod certificate;
mod connections;
mod settings;
mod watched;

pub use certificate::CertificateError;
pub use settings::{NetworkError, NetworkSettings};

use axum::Router;
use axum::http::Request;
use certificate::Certificate;
use connections::{Connections, Place};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use rustix::process::{Resource, getrlimit, setrlimit};
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use watched::{Watched, WatchedBody};

/// How long requests may take to end after the server was told to stop.
const LONGEST_END: Duration = Duration::from_secs(20);
/// The longest head of a request, and what is kept of a body before it is asked for.
const LARGEST_HEAD: usize = 32 * 1024;
/// Files that are no connections: the database's, the listener, what jobs write.
const OTHER_FILES: u32 = 256;
/// After the system could give no connection, for want of files most likely.
const ACCEPT_AGAIN: Duration = Duration::from_millis(100);

/// A listening server.
pub struct Serving {
    listener: TcpListener,
    certificate: Option<Certificate>,
    connections: Connections,
}

/// What `/metrics` says of connections.
#[derive(Clone)]
pub struct ConnectionCounts(Connections);

impl ConnectionCounts {
    /// Open now.
    pub fn open(&self) -> usize {
        self.0.count()
    }

    /// Closed so far because they kept the server waiting or had to make room.
    pub fn closed(&self) -> u64 {
        self.0.closed_count()
    }

    /// Replies so far that told of a fault of the server.
    pub fn failures(&self) -> u64 {
        self.0.failures.load(Relaxed)
    }
}

impl Serving {
    /// # Errors
    /// When the certificate cannot be used.
    pub fn new(
        listener: TcpListener,
        settings: &NetworkSettings,
    ) -> Result<Self, CertificateError> {
        let certificate = settings.tls_cert.as_deref().zip(settings.tls_key.as_deref());
        let certificate = certificate.map(|(cert, key)| Certificate::load(cert, key));
        let most = settings.max_connections.min(files_allowed().saturating_sub(OTHER_FILES)).max(1);
        let connections = Connections::new(most, settings.patience_seconds);
        Ok(Self { listener, certificate: certificate.transpose()?, connections })
    }

    pub fn counts(&self) -> ConnectionCounts {
        ConnectionCounts(self.connections.clone())
    }

    /// Takes connections until `stop`, then lets requests that were begun end.
    ///
    /// # Errors
    /// When TLS cannot be prepared.
    pub async fn until(
        self,
        router: Router,
        stop: impl Future<Output = ()>,
    ) -> Result<(), CertificateError> {
        let Self { listener, certificate, connections } = self;
        let tls = certificate.as_ref().map(Certificate::acceptor).transpose()?;
        let mut helpers = tokio::task::JoinSet::new();
        helpers.spawn(connections.clone().watch());
        if let Some(certificate) = certificate {
            helpers.spawn(certificate.follow());
        }
        let (ending, end) = watch::channel(());
        // Made once: a router with state to be filled in is assembled for each request.
        let router = router.with_state(());
        let mut stop = pin!(stop);
        loop {
            let stream = tokio::select! {
                () = &mut stop => break,
                stream = accept(&listener) => stream,
            };
            let Some(place) = connections.place().await else { break };
            let connection = Connection { place, router: router.clone(), end: end.clone() };
            tokio::spawn(connection.serve(stream, tls.clone()));
        }
        drop((listener, end));
        let _ = ending.send(());
        connections.close_idle();
        // A request that never ends must not keep the server from ending.
        let _ = timeout(LONGEST_END, connections.gone()).await;
        Ok(())
    }
}

/// How many files this process may have open, after as many as it may ask for were asked for.
fn files_allowed() -> u32 {
    let mut limit = getrlimit(Resource::Nofile);
    if limit.current != limit.maximum {
        limit.current = limit.maximum;
        // Where it is refused the limit stays as it is.
        let _ = setrlimit(Resource::Nofile, limit);
        limit = getrlimit(Resource::Nofile);
    }
    limit.current.map_or(u32::MAX, |files| u32::try_from(files).unwrap_or(u32::MAX))
}

async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "no connection could be taken");
                sleep(ACCEPT_AGAIN).await;
            }
        }
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// One connection. What goes wrong on it is nobody's business but the client's: nothing is logged.
struct Connection {
    place: Place,
    router: Router,
    end: watch::Receiver<()>,
}

impl Connection {
    async fn serve(self, stream: TcpStream, tls: Option<TlsAcceptor>) {
        let watch = self.place.watch.clone();
        // Replies are written whole: nothing would follow that they could wait for.
        let _ = stream.set_nodelay(true);
        tokio::select! {
            () = watch.ended() => {}
            () = async {
                match tls {
                    None => self.speak(stream).await,
                    Some(tls) => {
                        if let Ok(stream) = tls.accept(stream).await {
                            self.speak(stream).await;
                        }
                    }
                }
            } => {}
        }
    }

    async fn speak(&self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) {
        let watch = self.place.watch.clone();
        let stream = TokioIo::new(Watched { stream, watch: watch.clone() });
        let failures = self.place.connections.failures.clone();
        let router = TowerToHyperService::new(self.router.clone());
        let service = service_fn(move |request: Request<Incoming>| {
            let watch = watch.clone();
            let request = request.map(|body| WatchedBody::request(body, watch.clone()));
            let reply = router.call(request);
            let failures = failures.clone();
            async move {
                let reply = reply.await?;
                if reply.status().is_server_error() {
                    failures.fetch_add(1, Relaxed);
                }
                Ok::<_, Infallible>(reply.map(|body| WatchedBody::reply(body, watch)))
            }
        });
        let mut builder = http1::Builder::new();
        // The time that a head may take is watched with everything else.
        builder.max_buf_size(LARGEST_HEAD).header_read_timeout(None);
        let mut spoken = pin!(builder.serve_connection(stream, service));
        let mut end = self.end.clone();
        tokio::select! {
            _ = &mut spoken => return,
            _ = end.changed() => {}
        }
        spoken.as_mut().graceful_shutdown();
        let _ = spoken.await;
    }
}
