//! The table of routes: method, path, who may, handler. The router is built from it.

use crate::staff::structure::LARGEST_UPLOAD;
use crate::staff::{self, Accounts, StaffSessions, errors};
use crate::state::Senim;
use crate::{api, assets, protection, pupil, visitors};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{self, MethodRouter};
use axum_login::AuthManagerLayerBuilder;
use axum_login::tower_sessions::cookie::SameSite;
use axum_login::tower_sessions::{Expiry, SessionManagerLayer};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;

/// Hours after which staff sign in again.
const SESSION_HOURS: i64 = 8;

/// Bytes from which a reply is compressed: pages are, what a tablet is told after a slip never.
const COMPRESSED_FROM: u16 = 1024;

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

/// One line of the table; the rights test reads it too.
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub who: Who,
    handler: MethodRouter<Senim>,
}

fn get<H: Handler<T, Senim>, T: 'static>(path: &'static str, who: Who, handler: H) -> Route {
    Route { method: Method::GET, path, who, handler: routing::get(handler) }
}

fn post<H: Handler<T, Senim>, T: 'static>(path: &'static str, who: Who, handler: H) -> Route {
    Route { method: Method::POST, path, who, handler: routing::post(handler) }
}

/// A form with a file, which may be as large as `largest` bytes.
fn upload<H: Handler<T, Senim>, T: 'static>(
    path: &'static str,
    who: Who,
    largest: usize,
    handler: H,
) -> Route {
    let handler = routing::post(handler).layer(DefaultBodyLimit::max(largest));
    Route { method: Method::POST, path, who, handler }
}

fn put<H: Handler<T, Senim>, T: 'static>(path: &'static str, who: Who, handler: H) -> Route {
    Route { method: Method::PUT, path, who, handler: routing::put(handler) }
}

/// Every route.
pub fn table() -> Vec<Route> {
    use Who::{Anyone, Program, Staff, Tablet};
    let class_in_wave = "/api/waves/{wave}/classes/{class}/session";
    let slips_in_wave = "/api/waves/{wave}/classes/{class}/slips";
    vec![
        get("/", Anyone, visitors::home),
        get("/help", Anyone, visitors::help),
        get("/stored", Anyone, visitors::stored),
        get("/key-ceremony", Anyone, visitors::key_ceremony),
        get("/language/{code}", Anyone, visitors::language),
        get("/sign-in", Anyone, staff::sign_in::show),
        post("/sign-in", Anyone, staff::sign_in::create),
        get("/c", Anyone, visitors::class_link),
        get("/c/{part}", Anyone, visitors::survey),
        get("/c/{part}/kiosk", Anyone, visitors::kiosk),
        get("/c/{part}/help", Tablet, pupil::help::show),
        get("/c/{part}/help/print", Anyone, visitors::help_print),
        post("/c/token", Tablet, pupil::token::create),
        post("/c/response", Tablet, pupil::response::create),
        get("/assets/{hash}/{name}", Tablet, assets::show),
        get("/recordings/{name}", Tablet, assets::show_recording),
        get("/service-worker.js", Tablet, assets::show_service_worker),
        get("/health", Tablet, health),
        post("/sign-out", Staff, staff::sign_in::delete),
        get("/classes", Staff, staff::classes::index),
        get("/classes/{class}", Staff, staff::class::show),
        get("/classes/{class}/done", Program, staff::class::done),
        post("/classes/{class}/session/open", Staff, staff::class::open_session),
        post("/classes/{class}/session/close", Staff, staff::class::close_session),
        post("/classes/{class}/slips", Staff, staff::slips::create),
        get("/classes/{class}/edit", Staff, staff::set_up_class::show),
        post("/classes/{class}/edit", Staff, staff::set_up_class::update),
        post("/classes/{class}/state", Staff, staff::set_up_class::close),
        get("/schools/{school}/classes", Staff, staff::set_up::index),
        post("/schools/{school}/classes", Staff, staff::set_up::create),
        get("/schools/{school}/new-year", Staff, staff::new_year::show),
        post("/schools/{school}/new-year", Staff, staff::new_year::update),
        get("/schools/{school}/help", Staff, staff::school_help::show),
        post("/schools/{school}/help", Staff, staff::school_help::update),
        get("/structure", Staff, staff::structure::index),
        upload("/structure", Staff, LARGEST_UPLOAD, staff::structure::create),
        get("/structure/{import}", Staff, staff::structure::show),
        post("/structure/{import}", Staff, staff::structure::update),
        get("/structure/files/template.csv", Staff, staff::structure_files::show),
        get("/structure/files/template.xlsx", Staff, staff::structure_files::show),
        get("/structure/files/current.csv", Staff, staff::structure_files::show),
        get("/structure/files/current.xlsx", Staff, staff::structure_files::show),
        get("/waves/{wave}", Staff, staff::wave::show),
        post("/waves/{wave}/close", Staff, staff::wave::close),
        put("/api/regions/{unit}", Program, api::units::put_region),
        put("/api/districts/{unit}", Program, api::units::put_district),
        put("/api/schools/{unit}", Program, api::units::put_school),
        put("/api/classes/{unit}", Program, api::units::put_class),
        get("/api/waves/{wave}", Program, api::waves::show),
        put("/api/waves/{wave}", Program, api::waves::put),
        post("/api/waves/{wave}/open", Program, api::waves::open),
        post("/api/waves/{wave}/close", Program, api::waves::close),
        post(class_in_wave, Program, api::lessons::open_session),
        post(slips_in_wave, Program, api::lessons::make_slips),
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
    let programs =
        of(&[Who::Program]).layer(from_fn(protection::same_origin)).layer(from_fn(errors::as_json));
    let with_sessions =
        pages.merge(programs).layer(AuthManagerLayerBuilder::new(accounts, sessions).build());
    let routes = with_sessions.merge(of(&[Who::Tablet]));
    #[cfg(feature = "planted")]
    let routes = routes.layer(from_fn(crate::planted::remember_language));
    routes
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(COMPRESSED_FROM)))
        .layer(DefaultBodyLimit::max(protection::LARGEST_BODY))
        .layer(from_fn(protection::to_the_end))
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
