use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Connections at once unless set otherwise: a few hundred MB at worst.
const CONNECTIONS: u32 = 8192;
/// As long as the slowest school network needs for a request, several times.
const PATIENCE_SECONDS: u64 = 30;

/// How the network is served.
#[derive(Debug, Clone, Args)]
pub struct NetworkSettings {
    /// Certificate chain in PEM: the server speaks HTTPS by itself. Read again on SIGHUP and,
    /// within a minute, when the file changes
    #[arg(long, env = "SENIM_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,

    /// Private key of the certificate in PEM, readable by the server's user alone
    #[arg(long, env = "SENIM_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,

    /// A proxy that speaks HTTPS stands before the server: plain HTTP is then served off loopback
    /// too. Needs `--public-url https://…`. Of what the proxy says only `Host`, which it passes on
    /// unchanged, is read; no header about the client is
    #[arg(long, env = "SENIM_BEHIND_PROXY", conflicts_with = "tls_cert")]
    pub behind_proxy: bool,

    /// Connections held at once; when there are more, the one that has kept the server waiting for
    /// longest is closed
    #[arg(long, env = "SENIM_MAX_CONNECTIONS", default_value_t = CONNECTIONS, value_name = "N",
        value_parser = clap::value_parser!(u32).range(8..=100_000))]
    pub max_connections: u32,

    /// Seconds that a client may take to send a request or to take a reply; one second more for
    /// each 2 kB of it
    #[arg(long, env = "SENIM_PATIENCE_SECONDS", default_value_t = PATIENCE_SECONDS,
        value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=600))]
    pub patience_seconds: u64,

    /// Seconds between SIGTERM, from which on `/ready` says no, and the end of new connections: as
    /// long as a load balancer needs to notice
    #[arg(long, env = "SENIM_DRAIN_SECONDS", default_value_t = 0, value_name = "SECONDS",
        value_parser = clap::value_parser!(u64).range(0..=600))]
    pub drain_seconds: u64,

    /// Loopback address and port of `/metrics`, in Prometheus's text format; none unless given
    #[arg(long, env = "SENIM_METRICS_ADDRESS", value_name = "ADDRESS")]
    pub metrics_address: Option<SocketAddr>,
}

impl Default for NetworkSettings {
    fn default() -> Self {
        Self {
            tls_cert: None,
            tls_key: None,
            behind_proxy: false,
            max_connections: CONNECTIONS,
            patience_seconds: PATIENCE_SECONDS,
            drain_seconds: 0,
            metrics_address: None,
        }
    }
}

/// Why the network cannot be served as it is set.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NetworkError {
    #[error(
        "plain HTTP is served on loopback addresses only, not on {0}: whoever is on the network \
         could read slips and passwords and change pages. Give --tls-cert and --tls-key, or, where \
         a proxy that speaks HTTPS stands before this server, --behind-proxy"
    )]
    PlainHttp(SocketAddr),
    #[error(
        "behind a proxy the address that people see must be given: --public-url https://…; it stands \
         on slips and in class links"
    )]
    NoPublicUrl,
    #[error(
        "metrics are served on a loopback address such as 127.0.0.1:9464, not on {0}: they are for \
         this machine's own collector"
    )]
    MetricsOffLoopback(SocketAddr),
}

impl NetworkSettings {
    /// How an address is written in a browser's address line.
    pub fn url(&self, address: SocketAddr) -> String {
        let scheme = if self.tls_cert.is_some() { "https" } else { "http" };
        format!("{scheme}://{address}")
    }

    /// Those of the address of metrics: on loopback, for a few collectors.
    #[must_use]
    pub fn for_metrics(&self) -> Self {
        let (patience_seconds, max_connections) = (self.patience_seconds, 8);
        Self { patience_seconds, max_connections, ..Self::default() }
    }

    /// Whether this address may be served like this.
    ///
    /// # Errors
    /// What is wrong and what to do.
    pub fn check(&self, address: SocketAddr, public_url: Option<&str>) -> Result<(), NetworkError> {
        if let Some(metrics) = self.metrics_address.filter(|metrics| !metrics.ip().is_loopback()) {
            return Err(NetworkError::MetricsOffLoopback(metrics));
        }
        if self.behind_proxy && !public_url.is_some_and(|url| url.starts_with("https://")) {
            return Err(NetworkError::NoPublicUrl);
        }
        match address.ip().is_loopback() || self.behind_proxy || self.tls_cert.is_some() {
            true => Ok(()),
            false => Err(NetworkError::PlainHttp(address)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_is_served_in_the_clear() {
        let of = |change: fn(&mut NetworkSettings)| {
            let mut settings = NetworkSettings::default();
            change(&mut settings);
            settings
        };
        let (clear, proxy) = (of(|_| ()), of(|settings| settings.behind_proxy = true));
        let tls = of(|settings| settings.tls_cert = Some("cert".into()));
        let (here, there) = ("[::1]:1".parse().unwrap(), "10.0.0.7:1".parse().unwrap());
        let url = Some("https://senim.example");
        assert_eq!(clear.check(here, None), Ok(()));
        assert_eq!(clear.check(there, url), Err(NetworkError::PlainHttp(there)));
        assert_eq!(proxy.check(there, url), Ok(()));
        assert_eq!(proxy.check(there, None), Err(NetworkError::NoPublicUrl));
        assert_eq!(tls.check(there, None), Ok(()));
        assert_eq!(
            (clear.url(there), tls.url(there)),
            ("http://10.0.0.7:1".into(), "https://10.0.0.7:1".into())
        );
        let metrics = of(|settings| settings.metrics_address = "10.0.0.7:2".parse().ok());
        let refused = NetworkError::MetricsOffLoopback("10.0.0.7:2".parse().unwrap());
        assert_eq!(metrics.check(here, None), Err(refused));
    }
}
