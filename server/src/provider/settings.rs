use clap::Args;
use openidconnect::url::{Host, Url};
use std::path::PathBuf;
use survey_definitions::Language;

/// Where staff may sign in beside here; nothing of it is set where they may not.
#[derive(Debug, Clone, Default, Args)]
pub struct ProviderSettings {
    /// Let staff sign in at this OpenID Connect provider too: its issuer address, letter for letter
    /// as the provider gives it; register PUBLIC_URL/sign-in/provider/back there as redirect URI
    #[arg(long, env = "SENIM_OIDC_ISSUER", value_name = "URL",
        requires_all = ["oidc_client_id", "oidc_client_secret_file"])]
    pub oidc_issuer: Option<String>,

    /// The name under which the provider knows this server
    #[arg(long, env = "SENIM_OIDC_CLIENT_ID", value_name = "ID", requires = "oidc_issuer")]
    pub oidc_client_id: Option<String>,

    /// A file with the secret that goes with it, on its first line
    #[arg(
        long,
        env = "SENIM_OIDC_CLIENT_SECRET_FILE",
        value_name = "FILE",
        requires = "oidc_issuer"
    )]
    pub oidc_client_secret_file: Option<PathBuf>,

    /// What staff call the provider, in one language or in each: `kk=…;ru=…;en=…`; default: the
    /// issuer's host
    #[arg(long, env = "SENIM_OIDC_NAME", value_name = "NAME", requires = "oidc_issuer",
        value_delimiter = ';', value_parser = parse_name)]
    pub oidc_name: Vec<ProviderName>,
}

/// A name of the provider, for readers of one language or of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderName {
    language: Option<Language>,
    text: String,
}

fn parse_name(given: &str) -> Result<ProviderName, String> {
    let (language, text) = match given.split_once('=') {
        None => (None, given),
        Some((code, text)) => match Language::from_code(code.trim()) {
            Some(language) => (Some(language), text),
            None => return Err("before = stands kk, ru or en".to_owned()),
        },
    };
    match text.trim() {
        "" => Err("the name is empty".to_owned()),
        text => Ok(ProviderName { language, text: text.to_owned() }),
    }
}

/// The name for a reader: in the own language, else the one for all, else any.
pub(super) fn name_in(names: &[ProviderName], language: Language) -> Option<&str> {
    let of = |wanted: Option<Language>| names.iter().find(move |name| name.language == wanted);
    let name = of(Some(language)).or_else(|| of(None)).or_else(|| names.first());
    name.map(|name| name.text.as_str())
}

/// Only over TLS, or on this machine for trials: whoever changes what the provider says signs in as
/// anybody.
pub(super) fn is_safe(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url))
}

pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_sees_the_name_in_the_own_language() {
        let names: Vec<_> =
            ["Schools", "kk=Мектептер"].map(|name| parse_name(name).unwrap()).into();
        assert_eq!(name_in(&names, Language::Kk), Some("Мектептер"));
        assert_eq!(name_in(&names, Language::Ru), Some("Schools"));
        assert_eq!(name_in(&names[1..], Language::En), Some("Мектептер"));
        assert_eq!(name_in(&[], Language::En), None);
        assert!(parse_name("fr=Écoles").is_err() && parse_name("kk= ").is_err());
    }

    #[test]
    fn without_tls_a_provider_is_on_this_machine() {
        for (url, safe) in [
            ("https://id.example.kz", true),
            ("http://127.0.0.1:9000/x", true),
            ("http://[::1]:9000", true),
            ("http://id.example.kz", false),
            ("http://127.0.0.1.example.kz", false),
            ("ftp://localhost", false),
        ] {
            assert_eq!(is_safe(&Url::parse(url).unwrap()), safe, "{url}");
        }
    }
}
