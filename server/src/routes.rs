//! The table of routes: method, path, who may, handler. The router is built from it.

use crate::staff::{self, Accounts, StaffSessions, errors};
use crate::state::Senim;
use crate::{api, assets, protection, pupil, visitors};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post, put};
use axum_login::AuthManagerLayerBuilder;
use axum_login::tower_sessions::cookie::SameSite;
use axum_login::tower_sessions::{Expiry, SessionManagerLayer};

/// Hours without a click after which staff sign in again.
const SESSION_HOURS: i64 = 8;

/// Who may call a route. Units are checked by the handler's extractor on top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody; pages say errors as pages.
    Anyone,
    /// A tablet: no cookie is read or set, nothing is logged.
    Tablet,
    /// Staff who are signed in, in the browser.
    Staff,
    /// Staff who are signed in, as JSON.
    Program,
}

/// One line of the table.
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub who: Who,
    handler: MethodRouter<Senim>,
}

fn route(
    method: Method,
    path: &'static str,
    who: Who,
    handler: MethodRouter<Senim>,
) -> Route {
    Route { method, path, who, handler }
}

/// Every route.
pub fn table() -> Vec<Route> {
    const GET: Method = Method::GET;
    const POST: Method = Method::POST;
    const PUT: Method = Method::PUT;
    use Who::{Anyone, Program, Staff, Tablet};
    let class_in_wave = "/api/waves/{wave}/classes/{class}/session";
    let slips_in_wave = "/api/waves/{wave}/classes/{class}/slips";
    vec![
        route(GET, "/", Anyone, get(visitors::home)),
        route(GET, "/help", Anyone, get(visitors::help)),
        route(GET, "/language/{code}", Anyone, get(visitors::language)),
        route(GET, "/sign-in", Anyone, get(staff::sign_in::show)),
        route(POST, "/sign-in", Anyone, post(staff::sign_in::create)),
        route(GET, "/c", Anyone, get(visitors::class_link)),
        route(GET, "/c/{part}", Anyone, get(visitors::survey)),
        route(POST, "/c/token", Tablet, post(pupil::token::create)),
        route(POST, "/c/response", Tablet, post(pupil::response::create)),
        route(GET, "/assets/{hash}/{name}", Tablet, get(assets::show)),
        route(GET, "/health", Tablet, get(health)),
        route(POST, "/sign-out", Staff, post(staff::sign_in::delete)),
        route(GET, "/classes", Staff, get(staff::classes::index)),
        route(GET, "/classes/{class}", Staff, get(staff::class::show)),
        route(GET, "/classes/{class}/done", Program, get(staff::class::done)),
        route(POST, "/classes/{class}/session/open", Staff, post(staff::class::open_session)),
        route(POST, "/classes/{class}/session/close", Staff, post(staff::class::close_session)),
        route(POST, "/classes/{class}/slips", Staff, post(staff::slips::create)),
        route(GET, "/waves/{wave}", Staff, get(staff::wave::show)),
        route(POST, "/waves/{wave}/close", Staff, post(staff::wave::close)),
        route(PUT, "/api/regions/{unit}", Program, put(api::units::put_region)),
        route(PUT, "/api/districts/{unit}", Program, put(api::units::put_district)),
        route(PUT, "/api/schools/{unit}", Program, put(api::units::put_school)),
        route(PUT, "/api/classes/{unit}", Program, put(api::units::put_class)),
        route(GET, "/api/waves/{wave}", Program, get(api::waves::show)),
        route(PUT, "/api/waves/{wave}", Program, put(api::waves::put)),
        route(POST, "/api/waves/{wave}/open", Program, post(api::waves::open)),
        route(POST, "/api/waves/{wave}/close", Program, post(api::waves::close)),
        route(POST, class_in_wave, Program, post(api::lessons::open_session)),
        route(POST, slips_in_wave, Program, post(api::lessons::make_slips)),
    ]
}

/// The router of the table. The session layer lies around staff's routes alone.
pub fn router(senim: Senim, accounts: Accounts, sessions: StaffSessions, secure: bool) -> Router {
    let of = |wanted: &[Who]| {
        let lines = table().into_iter().filter(|line| wanted.contains(&line.who));
        lines.fold(Router::new(), |router, line| router.route(line.path, line.handler))
    };
    let expiry = Expiry::OnInactivity(time::Duration::hours(SESSION_HOURS));
    let sessions = SessionManagerLayer::new(sessions)
        .with_name("senim")
        .with_secure(secure)
        .with_same_site(SameSite::Lax)
        .with_expiry(expiry);
    let pages = of(&[Who::Anyone, Who::Staff])
        .fallback(not_found)
        .layer(from_fn(protection::same_origin))
        .layer(from_fn_with_state(senim.clone(), errors::as_page));
    let programs = of(&[Who::Program])
        .layer(from_fn(protection::same_origin))
        .layer(from_fn(errors::as_json));
    let with_sessions =
        pages.merge(programs).layer(AuthManagerLayerBuilder::new(accounts, sessions).build());
    with_sessions
        .merge(of(&[Who::Tablet]))
        .layer(DefaultBodyLimit::max(protection::LARGEST_BODY))
        .layer(from_fn(protection::headers))
        .with_state(senim)
}

async fn not_found() -> staff::PageError {
    staff::PageError::NotFound
}

/// `GET /health`: 200 when the database answers.
async fn health(
    axum::extract::State(senim): axum::extract::State<Senim>,
) -> (axum::http::StatusCode, &'static str) {
    if senim.storage.is_reachable().await {
        (axum::http::StatusCode::OK, "ok\n")
    } else {
        (axum::http::StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
    }
}
