//! What every reply carries and every request must pass.

use crate::staff::PageError;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The largest body taken anywhere; a response is well under 4 KB.
pub const LARGEST_BODY: usize = 64 * 1024;

const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Nothing is kept by caches (but for files under a hash), nothing is told to other sites,
/// nothing is framed, nothing runs that a page did not name.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    for (name, value) in [
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (PERMISSIONS, "camera=(), microphone=(), geolocation=()"),
        (OPENER, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Where the server speaks HTTPS by itself: a browser that was here once does not come without it.
pub async fn encrypted_from_now_on(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let year = HeaderValue::from_static("max-age=31536000");
    response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, year);
    response
}

/// A browser sends staff's changes only from our own pages. Programs, which send neither header,
/// bring no cookie that somebody else's page could use.
pub async fn same_origin(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || comes_from_here(request.headers()) {
        next.run(request).await
    } else {
        PageError::Refused(app::texts::StaffRefusal::OtherSite).into_response()
    }
}

/// Carries a request out to its end when the tablet has gone meanwhile. A handler that is dropped
/// between `begin` and its reply gives a connection back to the pool inside a transaction, and what
/// the next request writes on it may be acknowledged and lost (promise 3).
pub async fn to_the_end(request: Request, next: Next) -> Response {
    // Why is logged by `log_panics`: a panic's own words, which the error repeats, are not.
    let carried_out = tokio::spawn(next.run(request)).await;
    carried_out.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Logs where a panic happened and never what it says: that may quote a code, a token or an answer
/// (promise 1), as a text cut in the middle of a letter does.
pub fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a mistake in this program; please report the place");
    }));
}

fn comes_from_here(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(&FETCH_SITE) {
        return matches!(site, "same-origin" | "none");
    }
    match (text(&header::ORIGIN), text(&header::HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) => {
            origin.split_once("://").is_some_and(|(_, of_origin)| of_origin == host)
        }
        (Some(_), None) => false,
    }
}
