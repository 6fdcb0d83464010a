//! Every change by staff leaves exactly one line in the record, and every look at results.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod record_waves;
mod target;

use reqwest::{Method, StatusCode};
use serde_json::json;
use server::rights::Action;
use server::routes::{self, Route, Who};
use std::collections::BTreeSet;
use target::{Country, Target, named, yesterday};
use tests::{PASSWORD, Reply, Staff, Visitor};

/// What needs something made first: each is carried out, with its line, in `tests/tests/accounts`.
const ELSEWHERE: [&str; 4] = [
    "POST /invitation/{token}/add",
    "POST /account/second-factor",
    "POST /people/revoke",
    "POST /people/remove",
];

/// A table of classes for whoever sets up one school.
const TABLE: &str = "Class,Language,Pupils\n8А,kk,24\n";

/// What is asked for, and what a form repeats of the page that it was on.
struct Asked {
    path: String,
    checked: String,
    /// What somebody asked for that another decides.
    change: String,
}

impl Asked {
    /// A table is checked before it is brought in; a new year was looked at before it begins.
    async fn prepare(country: &Country, role: &str, visitor: &Visitor, route: &Route) -> Self {
        let path = country.own.path(route);
        let mut asked = Self { path, checked: String::new(), change: String::new() };
        match route.path {
            "/structure/{import}" => {
                let reply = visitor.upload("/structure", "table.csv", TABLE.as_bytes()).await;
                if reply.location.starts_with("/structure/") {
                    asked.path = reply.location;
                }
            }
            "/schools/{school}/new-year" => {
                asked.checked = hidden(&visitor.get(&asked.path).await.text, "checked");
            }
            // Of what the coordinator asked for.
            "/classes/{class}/enrolment" if role == "ministry" => {
                asked.change = hidden(&visitor.get(&asked.path).await.text, "change");
            }
            "/waves/{wave}/open" => {
                let made = record_waves::make(country, role, visitor).await;
                // For who may not make one.
                let nowhere = || Target::nowhere(&country.own).path(route);
                let is_made = made.location.starts_with("/waves/");
                asked.path = if is_made { format!("{}/open", made.location) } else { nowhere() };
            }
            _ => (),
        }
        asked
    }
}

/// What a page's form repeats.
fn hidden(page: &str, name: &str) -> String {
    let after = page.split_once(&format!("name=\"{name}\" value=\"")).map(|(_, after)| after);
    after.and_then(|after| after.split('"').next()).unwrap_or_default().to_owned()
}

/// A form that has every field which some route reads.
fn form(own: &Target, role: &str, route: &Route, asked: &Asked) -> Vec<(&'static str, String)> {
    let place = match role {
        "coordinator" => format!("teacher class:{}", own.class),
        "district" => format!("coordinator school:{}", own.school),
        "region" => format!("district district:{}", own.district),
        _ => "operator nation:".to_owned(),
    };
    let mut fields = vec![("person", "x".to_owned()), ("place", place)];
    fields.extend(["current", "new", "repeat", "password"].map(|name| (name, PASSWORD.to_owned())));
    fields.extend(["psychologist", "room", "times"].map(|name| (name, String::new())));
    let label = if route.path.ends_with("/edit") { "7 «А»" } else { "7 «Б»" };
    // Named for a class and then invited; no two units of one level have one name.
    fields.push(("name", format!("{} {role}", route.path)));
    let class = [("class", label), ("language", "kk"), ("enrolment", "20"), ("teacher", "x")];
    fields.extend(class.map(|(name, value)| (name, value.to_owned())));
    let year = [("checked", asked.checked.as_str()), ("last_grade", "11"), ("closed", "no")];
    fields.extend(year.map(|(name, value)| (name, value.to_owned())));
    let lesson =
        [("theme", "respect".to_owned()), ("held_on", yesterday()), ("note", String::new())];
    fields.extend(lesson);
    // Slips that were made before stop working.
    fields.push(("again", "yes".to_owned()));
    fields.push(("number", "2".to_owned()));
    if !asked.change.is_empty() {
        fields.extend([("change", asked.change.clone()), ("answer", "approve".to_owned())]);
    }
    fields
}

async fn ask(
    country: &Country,
    role: &str,
    visitor: &Visitor,
    route: &Route,
    asked: &Asked,
) -> Reply {
    let own = &country.own;
    match route.who {
        Who::Staff(_) if route.method == Method::POST && route.path == "/waves/new" => {
            record_waves::make(country, role, visitor).await
        }
        Who::Staff(_) if route.method == Method::POST && route.path == "/waves/{wave}/release" => {
            record_waves::release(country, visitor, &asked.path).await
        }
        Who::Staff(_) if route.method == Method::POST && route.path == "/structure" => {
            visitor.upload("/structure", "table.csv", TABLE.as_bytes()).await
        }
        Who::Staff(_) => {
            let request = visitor.request(route.method.clone(), &asked.path);
            Reply::to(request.form(&form(own, role, route, asked))).await
        }
        _ => own.ask(visitor, route).await,
    }
}

/// What ends something comes last: an open wave first, then whoever asks.
fn of_staff() -> Vec<Route> {
    let of_staff = routes::table().into_iter().filter(|route| route.who.action().is_some());
    let mut routes: Vec<_> = of_staff.collect();
    routes.sort_by_key(|route| match route.path {
        "/account/sign-out" => 4,
        "/account/second-factor/off" => 3,
        "/waves/{wave}/release" => 2,
        path if path.ends_with("/close") => 1,
        _ => 0,
    });
    routes
}

/// Of one class or one school.
fn reads_results(route: &Route) -> bool {
    matches!(route.who.action(), Some(Action::SeeClass | Action::SeeSchool))
}

#[tokio::test]
async fn every_change_leaves_exactly_one_line() {
    let country = Country::make().await;
    let (own, server) = (&country.own, &country.wave.server);
    let mut carried_out = BTreeSet::new();
    for (role, unit) in [
        ("teacher", format!("class:{}", own.class)),
        ("coordinator", format!("school:{}", own.school)),
        ("district", format!("district:{}", own.district)),
        ("region", format!("region:{}", own.region)),
        ("ministry", "nation".to_owned()),
        ("operator", "nation".to_owned()),
    ] {
        let visitor = Staff::sign_in(server, role, &unit).await;
        for route in of_staff() {
            if route.path == "/account/sign-out" {
                visitor.sign_in(&format!("{role}-{}", unit.replace(':', "-")), PASSWORD).await;
            }
            let asked = Asked::prepare(&country, role, &visitor, &route).await;
            let before = server.database.count("audit_lines").await;
            let reply = ask(&country, role, &visitor, &route, &asked).await;
            let lines = server.database.count("audit_lines").await - before;
            let done = reply.status.is_success() || reply.status.is_redirection();
            let done = done && !reply.location.starts_with("/sign-in?back=");
            let kept = done && (route.method != Method::GET || reads_results(&route));
            assert_eq!(lines, i64::from(kept), "{role}, {}: {reply:?}", named(&route));
            assert_ne!(reply.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", named(&route));
            if done {
                carried_out.insert(named(&route));
            }
            // No new year begins for classes that are in an open wave.
            if done && route.path == "/waves/{wave}/open" {
                visitor.send(Method::POST, &format!("{}/close", reply.location), &json!({})).await;
            }
        }
    }
    // A wave needs definitions, which the body of the table has none of; `POST /waves/new` has.
    for route in of_staff().iter().filter(|route| route.method != Method::GET) {
        let line = named(route);
        let elsewhere = ELSEWHERE.contains(&line.as_str());
        let draft = ["PUT /api/waves/{wave}"].contains(&line.as_str());
        assert!(elsewhere || draft || carried_out.contains(&line), "never carried out: {line}");
    }
}

#[test]
fn every_line_has_words_in_every_language() {
    for route in of_staff() {
        if route.method == Method::GET && !reads_results(&route) {
            continue;
        }
        for language in app::Language::ALL {
            assert!(app::audit_words(language, &named(&route)).is_some(), "{}", named(&route));
        }
    }
}
