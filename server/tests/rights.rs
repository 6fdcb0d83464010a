//! Who may do what where, for every route of the table.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use protocol::{Base64, ReleasePublicKey};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::keys::PrintedKey;
use server::routes::{self, Route, Who};
use tests::{ClassPlan, Database, OpenWave, Reply, Staff, Visitor};
use uuid::Uuid;

/// The units that a path of the table is filled with.
struct Target {
    wave: Uuid,
    class: Uuid,
    school: String,
    district: String,
    region: String,
}

impl Target {
    /// A class of the wave with all that lies above it.
    async fn of(wave: &OpenWave, class: usize) -> Self {
        let class = wave.classes[class].id;
        let ids = async |table: &str, id: &str, above: usize| {
            let columns = wave.server.database.tables().await[table].clone();
            let rows = wave.server.database.rows(table, &columns).await;
            let row = rows.iter().find(|row| row.starts_with(id)).unwrap();
            row.split(' ').nth(above).unwrap().to_owned()
        };
        let school = ids("classes", &class.to_string(), 1).await;
        let district = ids("schools", &school, 1).await;
        let region = ids("districts", &district, 1).await;
        Self { wave: wave.id, class, school, district, region }
    }

    fn path(&self, route: &Route) -> String {
        route
            .path
            .replace("{wave}", &self.wave.to_string())
            .replace("{class}", &self.class.to_string())
            .replace("{school}", &self.school)
            .replace("{unit}", &Uuid::new_v4().to_string())
    }

    /// A body that would be carried out if the caller may.
    fn body(&self, route: &Route) -> Value {
        let code = Uuid::new_v4().to_string();
        match route.path {
            "/api/regions/{unit}" => json!({ "code": code, "name": "x" }),
            "/api/districts/{unit}" => json!({ "region": self.region, "code": code, "name": "x" }),
            "/api/schools/{unit}" => {
                json!({ "district": self.district, "code": code, "name": "x" })
            }
            "/api/classes/{unit}" => json!({
                "school": self.school, "code": code, "label": "x", "grade": "6",
                "language": "kk", "enrolment": 20,
            }),
            "/api/waves/{wave}" if route.method == Method::PUT => json!({
                "name": "x", "region": self.region, "first_day": "2026-01-01",
                "last_day": "2026-01-02", "release_public_key": PrintedKey(ReleasePublicKey(Base64([0; 32]))),
                "definitions": [],
            }),
            _ => json!({}),
        }
    }

    async fn ask(&self, visitor: &Visitor, route: &Route) -> Reply {
        visitor.send(route.method.clone(), &self.path(route), &self.body(route)).await
    }
}

fn of(wanted: &[Who]) -> impl Iterator<Item = Route> {
    routes::table().into_iter().filter(|route| wanted.contains(&route.who))
}

/// Routes about one class or wave, or that make a unit below one.
fn about_a_unit() -> impl Iterator<Item = Route> {
    of(&[Who::Staff, Who::Program]).filter(|route| route.path.contains('{'))
}

fn named(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

async fn two_schools() -> OpenWave {
    let classes = [ClassPlan { school: 0, enrolment: 10 }, ClassPlan { school: 1, enrolment: 10 }];
    OpenWave::start(Database::Sqlite, "senim_pupil_senior", &classes).await
}

/// Everything but who is signed in.
async fn content(wave: &OpenWave) -> impl PartialEq + std::fmt::Debug {
    let mut content = wave.server.database.content().await;
    content.remove("staff_sessions");
    content
}

#[tokio::test]
async fn who_is_not_signed_in_gets_nothing_of_staff() {
    let wave = two_schools().await;
    let (target, nobody) = (Target::of(&wave, 0).await, Visitor::of(&wave.server));
    let before = content(&wave).await;
    for route in of(&[Who::Staff, Who::Program]) {
        let reply = target.ask(&nobody, &route).await;
        match route.who {
            Who::Staff if route.path == "/sign-out" => assert_eq!(reply.location, "/"),
            Who::Staff => assert!(
                reply.status == StatusCode::SEE_OTHER
                    && reply.location.starts_with("/sign-in?back="),
                "{}: {reply:?}",
                named(&route)
            ),
            _ => {
                assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{}", named(&route));
                assert_eq!(reply.json::<Value>()["error"], "sign in first");
            }
        }
    }
    assert_eq!(content(&wave).await, before);
}

#[tokio::test]
async fn the_unit_of_somebody_else_is_not_found() {
    let wave = two_schools().await;
    let (own, other) = (Target::of(&wave, 0).await, Target::of(&wave, 1).await);
    let mut strangers = Vec::new();
    for (role, unit) in [
        ("teacher", format!("class:{}", own.class)),
        ("coordinator", format!("school:{}", own.school)),
        ("ministry", format!("school:{}", own.school)),
        ("district", "nation".to_owned()),
        ("region", "nation".to_owned()),
        ("researcher", "nation".to_owned()),
        ("operator", "nation".to_owned()),
    ] {
        strangers.push((role, Staff::sign_in(&wave.server, role, &unit).await));
    }
    let before = content(&wave).await;
    for (role, stranger) in &strangers {
        for route in about_a_unit() {
            let reply = other.ask(stranger, &route).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{role}, {}", named(&route));
        }
    }
    assert_eq!(content(&wave).await, before);
}

#[tokio::test]
async fn nobody_above_a_school_sees_the_page_of_a_class() {
    let wave = two_schools().await;
    let own = Target::of(&wave, 0).await;
    let path = format!("/classes/{}", own.class);
    for (role, unit, expected) in [
        ("teacher", format!("class:{}", own.class), StatusCode::OK),
        ("coordinator", format!("school:{}", own.school), StatusCode::OK),
        ("coordinator", format!("district:{}", own.district), StatusCode::NOT_FOUND),
        ("ministry", "nation".to_owned(), StatusCode::NOT_FOUND),
    ] {
        let person = Staff::sign_in(&wave.server, role, &unit).await;
        assert_eq!(person.get(&path).await.status, expected, "{role} of {unit}");
    }
}

#[tokio::test]
async fn a_school_itself_says_where_its_psychologist_is() {
    let wave = two_schools().await;
    let own = Target::of(&wave, 0).await;
    let path = format!("/schools/{}/help", own.school);
    let form = [("psychologist", ""), ("room", "205"), ("times", "")];
    for (role, unit, seen, changed) in [
        ("coordinator", format!("school:{}", own.school), StatusCode::OK, StatusCode::SEE_OTHER),
        ("teacher", format!("class:{}", own.class), StatusCode::OK, StatusCode::NOT_FOUND),
        (
            "coordinator",
            format!("district:{}", own.district),
            StatusCode::NOT_FOUND,
            StatusCode::NOT_FOUND,
        ),
        ("ministry", "nation".to_owned(), StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
    ] {
        let person = Staff::sign_in(&wave.server, role, &unit).await;
        assert_eq!(person.get(&path).await.status, seen, "{role} of {unit}");
        let reply = Reply::to(person.request(Method::POST, &path).form(&form)).await;
        assert_eq!(reply.status, changed, "{role} of {unit}");
    }
}

#[tokio::test]
async fn a_teacher_runs_the_own_lesson_and_sets_nothing_up() {
    let wave = two_schools().await;
    let own = Target::of(&wave, 0).await;
    let teacher = Staff::sign_in(&wave.server, "teacher", &format!("class:{}", own.class)).await;
    for route in about_a_unit() {
        let reply = own.ask(&teacher, &route).await;
        let allowed = reply.status.is_success() || reply.status.is_redirection();
        let of_the_class = route.path.contains("{class}");
        let seen_of_the_school = route.method == Method::GET && route.path.contains("{school}");
        assert_eq!(allowed, of_the_class || seen_of_the_school, "{}: {reply:?}", named(&route));
    }
}

#[tokio::test]
async fn what_another_site_sends_is_refused() {
    let wave = two_schools().await;
    let own = Target::of(&wave, 0).await;
    let school = format!("school:{}", own.school);
    let coordinator = Staff::sign_in(&wave.server, "coordinator", &school).await;
    let before = content(&wave).await;
    let changing = of(&[Who::Anyone, Who::Staff, Who::Program]).filter(|r| r.method != Method::GET);
    for route in changing {
        for (header, value) in
            [("origin", "http://elsewhere.example"), ("sec-fetch-site", "cross-site")]
        {
            let request = coordinator.request(route.method.clone(), &own.path(&route));
            let reply = Reply::to(request.header(header, value).json(&own.body(&route))).await;
            assert!(reply.status.is_client_error(), "{}, {header}: {reply:?}", named(&route));
        }
    }
    assert_eq!(content(&wave).await, before);
}

#[tokio::test]
async fn every_reply_forbids_keeping_framing_and_other_sites() {
    let wave = two_schools().await;
    let (target, nobody) = (Target::of(&wave, 0).await, Visitor::of(&wave.server));
    for route in routes::table() {
        let reply = target.ask(&nobody, &route).await;
        let header = |name: &str| reply.headers.get(name).map(|value| value.to_str().unwrap());
        let policy = header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("default-src 'none'"), "{}: {policy}", named(&route));
        assert!(policy.contains("frame-ancestors 'none'"), "{}: {policy}", named(&route));
        assert_eq!(header("cache-control"), Some("no-store"), "{}", named(&route));
        assert_eq!(header("referrer-policy"), Some("no-referrer"), "{}", named(&route));
        assert_eq!(header("x-content-type-options"), Some("nosniff"), "{}", named(&route));
        let cookie = header("set-cookie");
        assert!(route.who != Who::Tablet || cookie.is_none(), "{}: {cookie:?}", named(&route));
    }
}
