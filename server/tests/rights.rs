//! Who may do what where, for every route of the table.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod target;

use reqwest::{Method, StatusCode};
use serde_json::Value;
use server::routes::{self, Route, Who};
use target::{Target, named, two_schools};
use tests::{OpenWave, Reply, Staff, Visitor};

fn of(wanted: &[Who]) -> impl Iterator<Item = Route> {
    routes::table().into_iter().filter(|route| wanted.contains(&route.who))
}

/// Routes about one class or wave, or that make a unit below one.
fn about_a_unit() -> impl Iterator<Item = Route> {
    of(&[Who::Staff, Who::Program]).filter(|route| route.path.contains('{'))
}

/// Where classes are changed: an operator may everywhere, a teacher nowhere.
fn sets_up(route: &Route) -> bool {
    ["/edit", "/state", "/schools/{school}/classes", "/new-year"]
        .iter()
        .any(|end| route.path.ends_with(end))
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
        for route in about_a_unit().filter(|route| *role != "operator" || !sets_up(route)) {
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
        let of_the_class = route.path.contains("{class}") && !sets_up(&route);
        let seen_of_the_school =
            route.method == Method::GET && route.path.contains("{school}") && !sets_up(&route);
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
