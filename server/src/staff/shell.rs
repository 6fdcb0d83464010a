use super::Accounts;
use super::invitation::TOKEN_CHARACTERS;
use crate::rights::{Action, may_somewhere};
use crate::state::Senim;
use crate::storage::accounts::{Account, Role};
use crate::typed_codes;
use axum::extract::{FromRequestParts, MatchedPath};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use axum_login::AuthSession;
use protocol::{Base64, ClassPart};
use rand_core::RngCore;
use std::convert::Infallible;
use survey_definitions::Language;
use uuid::Uuid;

/// The cookie that keeps the language somebody chose.
pub const LANGUAGE_COOKIE: &str = "language";

/// One request for a page: in which language, by whom, where.
#[derive(Clone)]
pub struct Visit {
    shell: app::Shell,
}

/// A page with the nonce that its one script runs under.
pub struct Rendered {
    html: String,
    nonce: String,
}

impl Visit {
    pub fn language(&self) -> Language {
        self.shell.language
    }

    /// In a language that the page brings with it, whatever the tablet was set to before.
    pub fn in_language(mut self, language: Option<Language>) -> Self {
        self.shell.language = language.unwrap_or(Language::Kk);
        self
    }

    /// With another address for the language links: that of a page with a query, or the one that a
    /// form was on.
    pub fn led_back_to(mut self, path: &str) -> Self {
        self.shell.path = path.to_owned();
        self
    }

    pub fn path(&self) -> &str {
        &self.shell.path
    }

    /// The page as a full document.
    pub fn render<P: app::Page>(&self, page: P) -> Rendered {
        Rendered { html: app::render(&self.shell, page), nonce: self.shell.nonce.clone() }
    }
}

impl FromRequestParts<Senim> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, senim: &Senim) -> Result<Self, Infallible> {
        let account = AuthSession::<Accounts>::from_request_parts(parts, senim)
            .await
            .ok()
            .and_then(|session| session.user);
        let mut nonce = [0; 16];
        senim.random.draw(|rng| rng.fill_bytes(&mut nonce));
        Ok(Self {
            shell: app::Shell {
                language: chosen_language(parts),
                nonce: Base64(nonce).encode(),
                assets: senim.assets.for_pages(),
                pilot: senim.pilot && account.is_some(),
                ways: account.as_ref().map(ways).unwrap_or_default(),
                staff: account.map(|account| account.name),
                path: way_back(parts).to_owned(),
            },
        })
    }
}

fn ways(account: &Account) -> app::StaffWays {
    let at_school = [Role::Teacher, Role::Coordinator];
    app::StaffWays {
        classes: account.grants.iter().any(|grant| at_school.contains(&grant.role)),
        people: may_somewhere(account, Action::Invite),
        audit: may_somewhere(account, Action::SeeAudit),
    }
}

/// Where a page's links lead back to: what was asked for, without its query, if nothing but ids
/// stands in it; else the first page. A code that was typed into the address is repeated nowhere.
fn way_back(parts: &Parts) -> &str {
    let Some(matched) = parts.extensions.get::<MatchedPath>() else { return "/" };
    let path = parts.uri.path();
    let mut segments = matched.as_str().split('/').zip(path.split('/'));
    let is_known = |(of_route, asked): (&str, &str)| match of_route {
        "{part}" => asked.parse::<ClassPart>().is_ok(),
        "{token}" => typed_codes::read(asked, TOKEN_CHARACTERS).is_some(),
        _ if of_route.starts_with('{') => asked.parse::<Uuid>().is_ok(),
        _ => true,
    };
    if segments.all(is_known) { path } else { "/" }
}

/// The cookie's language, else Kazakh.
fn chosen_language(parts: &Parts) -> Language {
    parts
        .headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == LANGUAGE_COOKIE)
        .and_then(|(_, code)| Language::from_code(code))
        .unwrap_or(Language::Kk)
}

impl IntoResponse for Rendered {
    fn into_response(self) -> Response {
        // Scripts by nonce, and what these import. A browser that knows 'strict-dynamic' ignores
        // 'self', which is for those that do not.
        let policy = format!(
            "default-src 'none'; script-src 'nonce-{}' 'strict-dynamic' 'wasm-unsafe-eval' 'self'; \
             style-src 'self'; img-src 'self' data:; connect-src 'self'; \
             worker-src 'self'; media-src blob:; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'",
            self.nonce
        );
        let mut response = Html(self.html).into_response();
        if let Ok(policy) = HeaderValue::try_from(policy) {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        response
    }
}
