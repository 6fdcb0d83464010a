//! The table of routes: method, path, who may, handler. The router is built from it.

use crate::protection::LARGEST_BODY;
use crate::rights::{Action, Gate, gate};
use crate::staff::release::LARGEST_KEY_FORM;
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

/// Hours without a request of one's own after which staff sign in again.
const SESSION_HOURS: i64 = 4;

/// Bytes from which a reply is compressed: pages are, what a tablet is told after a slip never.
const COMPRESSED_FROM: u16 = 1024;

/// Who may call a route. Of staff who is signed in and may do this: to the unit that the path names,
/// else to some unit ([`crate::rights`] has the table of actions and roles).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody; pages say errors as pages.
    Anyone,
    /// A tablet: no cookie is read or set, nothing is logged.
    Tablet,
    /// Staff in the browser.
    Staff(Action),
    /// Staff, as JSON.
    Program(Action),
}

impl Who {
    /// What is done, for staff's lines.
    pub fn action(self) -> Option<Action> {
        match self {
            Self::Anyone | Self::Tablet => None,
            Self::Staff(action) | Self::Program(action) => Some(action),
        }
    }
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
    use Action::*;
    use Who::{Anyone, Program, Staff, Tablet};
    use staff::set_up_units::{districts, regions, schools};
    let class_in_wave = "/api/waves/{wave}/classes/{class}/session";
    let lesson_held = "/classes/{class}/lessons/{lesson}/delete";
    let letters = "/schools/{school}/letters/{wave}/{language}";
    let letters_file = "/schools/{school}/letters/{wave}/{language}/file";
    let slips_in_wave = "/api/waves/{wave}/classes/{class}/slips";
    vec![
        get("/", Anyone, visitors::home),
        get("/help", Anyone, visitors::help),
        get("/stored", Anyone, visitors::stored),
        get("/key-ceremony", Anyone, visitors::key_ceremony),
        get("/language/{code}", Anyone, visitors::language),
        get("/sign-in", Anyone, staff::sign_in::show),
        post("/sign-in", Anyone, staff::sign_in::create),
        get("/sign-in/code", Anyone, staff::sign_in_code::show),
        post("/sign-in/code", Anyone, staff::sign_in_code::create),
        get("/invitation/{token}", Anyone, staff::invitation::show),
        post("/invitation/{token}", Anyone, staff::invitation::create),
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
        get("/health", Tablet, visitors::health),
        post("/sign-out", Anyone, staff::sign_in::delete),
        post("/invitation/{token}/add", Staff(OwnAccount), staff::invitation::update),
        get("/account", Staff(OwnAccount), staff::account::show),
        post("/account/password", Staff(OwnAccount), staff::account::update),
        post("/account/sign-out", Staff(OwnAccount), staff::account::delete),
        get("/account/second-factor", Staff(OwnAccount), staff::second_factor::show),
        post("/account/second-factor", Staff(OwnAccount), staff::second_factor::create),
        post("/account/second-factor/off", Staff(OwnAccount), staff::second_factor::delete),
        get("/people", Staff(Invite), staff::people::index),
        post("/people/invite", Staff(Invite), staff::people::create),
        post("/people/revoke", Staff(Invite), staff::people::revoke),
        post("/people/remove", Staff(Invite), staff::people::delete),
        get("/audit", Staff(SeeAudit), staff::audit::index),
        get("/audit.csv", Staff(SeeAudit), staff::audit::csv),
        get("/classes", Staff(OwnLists), staff::classes::index),
        get("/classes/{class}", Staff(SeeClass), staff::class::show),
        get("/classes/{class}/done", Program(RunLesson), staff::done::show),
        get("/classes/{class}/session", Staff(RunLesson), staff::session::show),
        get("/classes/{class}/session/screen", Staff(RunLesson), staff::session_screen::show),
        post("/classes/{class}/session/open", Staff(RunLesson), staff::session::create),
        post("/classes/{class}/session/close", Staff(RunLesson), staff::session::delete),
        get("/classes/{class}/slips", Staff(RunLesson), staff::slips::show),
        post("/classes/{class}/slips", Staff(RunLesson), staff::slips::create),
        get("/classes/{class}/enrolment", Staff(ChangeEnrolment), staff::enrolment::show),
        post("/classes/{class}/enrolment", Staff(ChangeEnrolment), staff::enrolment::update),
        post("/classes/{class}/refusals", Staff(ChangeEnrolment), staff::enrolment::create),
        get("/classes/{class}/results.xlsx", Staff(SeeClass), staff::class::file),
        get("/classes/{class}/report.pdf", Staff(SeeClass), staff::reports::of_class),
        post("/classes/{class}/lessons", Staff(NoteLesson), staff::lessons_held::create),
        post(lesson_held, Staff(NoteLesson), staff::lessons_held::delete),
        get("/classes/{class}/edit", Staff(SetUpClasses), staff::set_up_class::show),
        post("/classes/{class}/edit", Staff(SetUpClasses), staff::set_up_class::update),
        post("/classes/{class}/state", Staff(SetUpClasses), staff::set_up_class::close),
        get("/schools/{school}/classes", Staff(SetUpClasses), staff::set_up::index),
        post("/schools/{school}/classes", Staff(SetUpClasses), staff::set_up::create),
        get("/schools/{school}/teachers", Staff(InviteTeachers), staff::teachers::show),
        post("/schools/{school}/teachers", Staff(InviteTeachers), staff::teachers::create),
        get("/schools/{school}/new-year", Staff(SetUpClasses), staff::new_year::show),
        post("/schools/{school}/new-year", Staff(SetUpClasses), staff::new_year::update),
        get("/regions", Staff(SetUpRegions), regions::index),
        post("/regions", Staff(SetUpRegions), regions::create),
        post("/regions/{region}", Staff(SetUpRegions), regions::update),
        get("/regions/{region}/districts", Staff(SetUpDistricts), districts::index),
        post("/regions/{region}/districts", Staff(SetUpDistricts), districts::create),
        post("/districts/{district}", Staff(SetUpDistricts), districts::update),
        get("/districts/{district}/schools", Staff(SetUpSchools), schools::index),
        post("/districts/{district}/schools", Staff(SetUpSchools), schools::create),
        post("/schools/{school}", Staff(SetUpSchools), schools::update),
        get("/structure", Staff(SetUpClasses), staff::structure::index),
        upload("/structure", Staff(SetUpClasses), LARGEST_UPLOAD, staff::structure::create),
        get("/structure/{import}", Staff(SetUpClasses), staff::structure::show),
        post("/structure/{import}", Staff(SetUpClasses), staff::structure::update),
        get("/structure/files/template.csv", Staff(SetUpClasses), staff::structure_files::show),
        get("/structure/files/template.xlsx", Staff(SetUpClasses), staff::structure_files::show),
        get("/structure/files/current.csv", Staff(SetUpClasses), staff::structure_files::show),
        get("/structure/files/current.xlsx", Staff(SetUpClasses), staff::structure_files::show),
        get("/schools/{school}", Staff(SeeSchool), staff::school::show),
        get("/schools/{school}/results.xlsx", Staff(SeeSchool), staff::school::file),
        get("/schools/{school}/report.pdf", Staff(SeeSchool), staff::reports::of_school),
        get("/schools/{school}/help", Staff(SeeHelp), staff::school_help::show),
        post("/schools/{school}/help", Staff(ChangeHelp), staff::school_help::update),
        get("/schools/{school}/slips", Staff(PrintSlips), staff::school_slips::show),
        post("/schools/{school}/slips", Staff(PrintSlips), staff::school_slips::create),
        get(letters, Staff(ReadLetters), staff::school_letters::show),
        get(letters_file, Staff(ReadLetters), staff::school_letters::file),
        get("/districts/{district}", Staff(SeeDistrict), staff::district::show),
        get("/districts/{district}/results.xlsx", Staff(SeeDistrict), staff::district::file),
        get("/regions/{region}", Staff(SeeRegion), staff::region::show),
        get("/regions/{region}/results.xlsx", Staff(SeeRegion), staff::region::file),
        get("/nation", Staff(SeeNation), staff::nation::show),
        get("/nation/results.xlsx", Staff(SeeNation), staff::nation::file),
        get("/waves", Staff(SetUpWave), staff::waves::index),
        get("/waves/new", Staff(SetUpWave), staff::new_wave::show),
        upload("/waves/new", Staff(SetUpWave), LARGEST_BODY, staff::new_wave::create),
        post("/waves/{wave}/open", Staff(SetUpWave), staff::wave::open),
        get("/waves/{wave}/release", Staff(Release), staff::release::show),
        upload("/waves/{wave}/release", Staff(Release), LARGEST_KEY_FORM, staff::release::create),
        get("/waves/{wave}", Staff(CloseWave), staff::wave::show),
        post("/waves/{wave}/close", Staff(CloseWave), staff::wave::close),
        get("/waves/{wave}/letters/{language}", Staff(CloseWave), staff::letters::show),
        get("/waves/{wave}/letters/{language}/file", Staff(CloseWave), staff::letters::file),
        put("/api/regions/{unit}", Program(SetUpRegions), api::units::put_region),
        put("/api/districts/{unit}", Program(SetUpDistricts), api::units::put_district),
        put("/api/schools/{unit}", Program(SetUpSchools), api::units::put_school),
        put("/api/classes/{unit}", Program(SetUpClasses), api::units::put_class),
        get("/api/waves/{wave}", Program(SetUpWave), api::waves::show),
        put("/api/waves/{wave}", Program(SetUpWave), api::waves::put),
        post("/api/waves/{wave}/open", Program(SetUpWave), api::waves::open),
        post("/api/waves/{wave}/close", Program(CloseWave), api::waves::close),
        post(class_in_wave, Program(RunLesson), api::lessons::open_session),
        post(slips_in_wave, Program(RunLesson), api::lessons::make_slips),
    ]
}

/// The router of the table. The session layer lies around staff's routes alone.
pub fn router(senim: Senim, accounts: Accounts, sessions: StaffSessions, secure: bool) -> Router {
    let of = |wanted: fn(Who) -> bool| {
        let lines = table().into_iter().filter(|line| wanted(line.who));
        lines.fold(Router::new(), |router, line| {
            let handler = match line.who.action() {
                None => line.handler,
                Some(action) => {
                    let program = matches!(line.who, Who::Program(_));
                    let state = Gate { senim: senim.clone(), action, program, path: line.path };
                    line.handler.route_layer(from_fn_with_state(state, gate))
                }
            };
            router.route(line.path, handler)
        })
    };
    let expiry = Expiry::OnInactivity(time::Duration::hours(SESSION_HOURS));
    let sessions = SessionManagerLayer::new(sessions)
        .with_name("senim")
        .with_secure(secure)
        .with_same_site(SameSite::Lax)
        .with_expiry(expiry);
    let pages = of(|who| matches!(who, Who::Anyone | Who::Staff(_)))
        .fallback(not_found)
        .layer(from_fn(protection::same_origin))
        .layer(from_fn_with_state(senim.clone(), errors::as_page));
    let programs = of(|who| matches!(who, Who::Program(_)))
        .layer(from_fn(protection::same_origin))
        .layer(from_fn(errors::as_json));
    let with_sessions =
        pages.merge(programs).layer(AuthManagerLayerBuilder::new(accounts, sessions).build());
    let routes = with_sessions.merge(of(|who| who == Who::Tablet));
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
