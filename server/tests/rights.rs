//! Who may do what where, for every route of the table. What is expected stands here by itself: a
//! new route without a line here fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod expected;
mod target;

use expected::{Expected, OTHERS, Person, expected};
use reqwest::{Method, StatusCode};
use serde_json::Value;
use server::routes::{self, Route, Who};
use target::{Country, Target, named, two_schools};
use tests::{OpenWave, Reply, Staff, Visitor};

fn of_staff() -> impl Iterator<Item = Route> {
    routes::table().into_iter().filter(|route| route.who.action().is_some())
}

/// Whoever signs out everywhere is nobody from then on.
fn signing_out_last() -> Vec<Route> {
    let mut routes: Vec<_> = of_staff().collect();
    routes.sort_by_key(|route| route.path == "/account/sign-out");
    routes
}

/// Everything but who is signed in.
async fn content(wave: &OpenWave) -> impl PartialEq + std::fmt::Debug {
    let mut content = wave.server.database.content().await;
    content.remove("staff_sessions");
    content
}

#[test]
fn the_table_of_expectations_names_every_route_of_staff_and_no_other() {
    let there: Vec<String> = of_staff().map(|route| named(&route)).collect();
    for line in &there {
        assert!(expected(line).is_some(), "who may do this is not written down: {line}");
    }
    for (line, _) in expected::ROWS {
        assert!(there.iter().any(|one| one == line), "there is no such route: {line}");
    }
}

#[tokio::test]
async fn who_is_not_signed_in_gets_nothing_of_staff() {
    let wave = two_schools().await;
    let (target, nobody) = (Target::of(&wave, 0).await, Visitor::of(&wave.server));
    let before = content(&wave).await;
    for route in of_staff() {
        let reply = target.ask(&nobody, &route).await;
        match route.who {
            Who::Staff(_) => assert!(
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
async fn every_role_may_do_what_is_written_down_to_its_own_unit_and_nothing_else() {
    let country = Country::make().await;
    for person in Person::ALL {
        let unit = person.unit(&country.own);
        let visitor = Staff::sign_in(&country.wave.server, person.role, &unit).await;
        for route in signing_out_last() {
            let line = named(&route);
            let Expected { allowed, .. } = expected(&line).unwrap();
            let reply = country.own.ask(&visitor, &route).await;
            let may = allowed.contains(&person.role);
            assert_eq!(was_let_in(&reply), may, "{} of {unit}, {line}: {reply:?}", person.role);
        }
    }
}

#[tokio::test]
async fn the_unit_of_somebody_else_is_not_found() {
    let country = Country::make().await;
    let mut strangers = Vec::new();
    for person in OTHERS {
        let unit = person.unit(&country.other);
        strangers.push((person, Staff::sign_in(&country.wave.server, person.role, &unit).await));
    }
    let before = content(&country.wave).await;
    for (person, stranger) in &strangers {
        for route in of_staff().filter(|route| expected(&named(route)).unwrap().about_a_unit) {
            let reply = country.own.ask(stranger, &route).await;
            let line = named(&route);
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{}, {line}: {reply:?}", person.role);
        }
    }
    assert_eq!(content(&country.wave).await, before);
}

#[tokio::test]
async fn the_class_next_door_is_not_found_either() {
    let country = Country::make().await;
    let unit = format!("class:{}", country.neighbour);
    let neighbour = Staff::sign_in(&country.wave.server, "teacher", &unit).await;
    for route in of_staff().filter(|route| route.path.contains("{class}")) {
        let reply = country.own.ask(&neighbour, &route).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{}", named(&route));
    }
}

#[tokio::test]
async fn what_is_no_unit_at_all_is_not_found() {
    let country = Country::make().await;
    let nowhere = Target::nowhere(&country.own);
    for person in Person::ALL {
        let unit = person.unit(&country.own);
        let visitor = Staff::sign_in(&country.wave.server, person.role, &unit).await;
        let with_a_unit = |route: &Route| {
            expected(&named(route)).unwrap().about_a_unit && route.method != Method::PUT
        };
        for route in of_staff().filter(with_a_unit) {
            let reply = nowhere.ask(&visitor, &route).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{}, {}", person.role, named(&route));
        }
    }
}

/// A coordinator of more than a school is made by hand for replays and trials.
#[tokio::test]
async fn a_coordinator_above_a_school_sets_up_and_reads_no_results() {
    let wave = two_schools().await;
    let own = Target::of(&wave, 0).await;
    for unit in [format!("district:{}", own.district), "nation".to_owned()] {
        let person = Staff::sign_in(&wave.server, "coordinator", &unit).await;
        for path in [format!("/classes/{}", own.class), format!("/schools/{}/help", own.school)] {
            assert_eq!(person.get(&path).await.status, StatusCode::NOT_FOUND, "{unit}, {path}");
        }
        let done = person.get(&format!("/classes/{}/done", own.class)).await;
        assert_eq!(done.status, StatusCode::OK, "{unit}");
    }
}

#[tokio::test]
async fn what_another_site_sends_is_refused() {
    let wave = two_schools().await;
    let own = Target::of(&wave, 0).await;
    let school = format!("school:{}", own.school);
    let coordinator = Staff::sign_in(&wave.server, "coordinator", &school).await;
    let before = content(&wave).await;
    let changing = |route: &Route| route.method != Method::GET && route.who != Who::Tablet;
    for route in routes::table().into_iter().filter(changing) {
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

/// Whether the request came past the question who may: what is done may still be refused for
/// another reason, as opening what is open.
fn was_let_in(reply: &Reply) -> bool {
    let turned_away = [StatusCode::NOT_FOUND, StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
    let led_away = reply.location.starts_with("/sign-in?back=");
    assert!(!reply.status.is_server_error(), "{reply:?}");
    !turned_away.contains(&reply.status) && !led_away
}
