//! Requests that no honest client sends, to every line of the table of routes, as nobody and as
//! staff: each is refused shortly, nothing changes, and the server stays as it was.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../target/mod.rs"]
mod target;

mod bodies;
mod heads;
mod wire;

use reqwest::Method;
use server::routes::{self, Route, Who};
use std::collections::{BTreeMap, BTreeSet};
use target::{Target, named, two_schools};
use tests::{OpenWave, PASSWORD, Reply, Staff, Visitor};
use tokio::task::JoinSet;
use wire::{Sent, Wire};

/// A page that says an error, with its texts for reading aloud and its style's names, is far below
/// this; a JSON refusal is a hundredth.
const SHORT: usize = 16_000;
/// Bytes by which the server's memory may grow when thousands of such requests come again.
const GROWN: u64 = 48 << 20;
/// How often they come again at most.
const ROUNDS: usize = 3;

/// What must come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// A refusal (4xx), short.
    Refused,
    /// No fault of the server: what is strange is of no matter for this route, or it is refused.
    NoFault,
}

/// One strange request.
struct Case {
    name: String,
    bytes: Vec<u8>,
    expected: Expected,
}

impl Case {
    fn new(name: impl Into<String>, bytes: Vec<u8>, expected: Expected) -> Self {
        Self { name: name.into(), bytes, expected }
    }

    /// What is wrong with the reply, if anything.
    fn wrong(&self, sent: &Sent) -> Option<String> {
        let Sent { status, to_sign_in, body } = sent;
        let refused = (400..500).contains(status) || *to_sign_in;
        let fine = match self.expected {
            Expected::Refused => refused,
            Expected::NoFault => (200..500).contains(status),
        };
        let short = !refused || body.len() <= SHORT;
        (!fine || !short).then(|| format!("{}: {status}, {} bytes", self.name, body.len()))
    }
}

/// Routes whose body is nothing: whatever stands there, it is not read.
fn reads_no_body(route: &Route) -> bool {
    [
        "/sign-out",
        "/account/sign-out",
        "/classes/{class}/lessons/{lesson}/delete",
        "/classes/{class}/session/open",
        "/classes/{class}/session/close",
        "/waves/{wave}/close",
        "/api/waves/{wave}/open",
        "/api/waves/{wave}/close",
        "/api/waves/{wave}/classes/{class}/session",
        "/api/waves/{wave}/classes/{class}/slips",
    ]
    .contains(&route.path)
}

/// Who asks: the value of the cookie with which they do.
struct Asking {
    name: &'static str,
    cookie: String,
    wire: Wire,
}

impl Asking {
    async fn staff(wave: &OpenWave, wire: Wire, role: &'static str, unit: &str) -> Self {
        let name = Staff::account(&wave.server, role, unit);
        let form = [("name", name.as_str()), ("password", PASSWORD)];
        let visitor = Visitor::of(&wave.server);
        let reply = Reply::to(visitor.request(Method::POST, "/sign-in").form(&form)).await;
        let cookie = reply.headers["set-cookie"].to_str().unwrap();
        Self { name: role, cookie: cookie.split(';').next().unwrap().to_owned(), wire }
    }

    /// Sends all of them; what was wrong.
    async fn send(&self, route: &Route, cases: Vec<Case>) -> Vec<String> {
        let mut sending = JoinSet::new();
        for case in cases {
            let wire = self.wire;
            sending.spawn(async move { case.wrong(&wire.send(&case.bytes).await) });
        }
        let wrong = sending.join_all().await.into_iter().flatten();
        wrong.map(|wrong| format!("{} {}, {wrong}", self.name, named(route))).collect()
    }
}

/// All cases for a route.
fn cases(route: &Route, target: &Target, cookie: &str, taken: &BTreeSet<Method>) -> Vec<Case> {
    let mut cases = heads::of(route, target, cookie, taken);
    if route.method != Method::GET {
        cases.extend(bodies::of(route, &target.path(route), cookie));
    }
    cases
}

/// Memory of the server in bytes.
fn memory(wave: &OpenWave) -> u64 {
    let status = format!("/proc/{}/status", wave.server.process_id());
    let status = std::fs::read_to_string(status).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.split_whitespace().next().unwrap().parse::<u64>().unwrap() * 1024
}

/// What must not change: everything but the sessions and tries that signing in itself leaves, and
/// what the record says of looking at pages.
async fn content(wave: &OpenWave) -> BTreeMap<String, Vec<String>> {
    let mut content = wave.server.database.content().await;
    content.retain(|table, _| !["staff_sessions", "sign_in_tries"].contains(&table.as_str()));
    content.get_mut("audit_lines").unwrap().retain(|line| !line.contains(" GET "));
    content
}

/// Everything to every route; what was wrong, and how much was sent.
async fn send_all(wave: &OpenWave, target: &Target, askings: &[Asking]) -> (Vec<String>, usize) {
    let mut taken = BTreeMap::<&str, BTreeSet<Method>>::new();
    for route in routes::table() {
        taken.entry(route.path).or_default().insert(route.method);
    }
    let visitor = Visitor::of(&wave.server);
    let (mut wrong, mut sent) = (Vec::new(), 0);
    for route in routes::table() {
        let is_staff = matches!(route.who, Who::Staff(_) | Who::Program(_));
        for asking in askings.iter().filter(|asking| is_staff || asking.name == "nobody") {
            let cases = cases(&route, target, &asking.cookie, &taken[route.path]);
            sent += cases.len();
            wrong.extend(asking.send(&route, cases).await);
        }
        assert_eq!(visitor.get("/health").await.text, "ok\n", "after {}", named(&route));
    }
    (wrong, sent)
}

#[tokio::test]
async fn no_route_fails_or_changes_anything_at_what_no_honest_client_sends() {
    let wave = two_schools().await;
    let target = Target::of(&wave, 0).await;
    let wire = Wire::to(&wave.server);
    let nobody = Asking { name: "nobody", cookie: "senim_language=ru".to_owned(), wire };
    let school = format!("school:{}", target.school);
    let askings = [nobody, Asking::staff(&wave, wire, "coordinator", &school).await];
    let before = content(&wave).await;
    let (wrong, sent) = send_all(&wave, &target, &askings).await;
    assert!(wrong.is_empty(), "{} of {sent}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(sent > 5_000, "{sent}");
    let after = content(&wave).await;
    for (table, rows) in &before {
        assert_eq!(rows, &after[table], "{table}");
    }
    // Memory that was taken once is used again; what leaks is lost each time.
    let mut taken = vec![memory(&wave)];
    while taken.len() <= ROUNDS && taken.array_windows().all(|[one, next]| next > &(one + GROWN)) {
        assert_eq!(send_all(&wave, &target, &askings).await, (wrong.clone(), sent));
        taken.push(memory(&wave));
    }
    let settled = taken.array_windows().any(|[one, next]| next < &(one + GROWN));
    assert!(settled, "memory after each round: {taken:?}");
    assert!(!wave.server.log().contains("a mistake in this program"), "{}", wave.server.log());
}
