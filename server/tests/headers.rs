//! What every reply carries, whoever asks for whatever, and what a page may load.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod target;

use reqwest::{Method, StatusCode};
use server::routes::{self, Route, Who};
use std::collections::{BTreeMap, BTreeSet};
use target::{Target, named, two_schools};
use tests::{ClassPlan, Database, OpenWave, Reply, Server, Staff, Visitor};

const KEPT_FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// On every reply, whatever it is about.
const ALWAYS: [(&str, &str); 5] = [
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ("cross-origin-opener-policy", "same-origin"),
];

/// What may stand beside `'none'` and `'self'` in a page's policy, by directive.
const ALLOWED: [(&str, &[&str]); 3] = [
    ("script-src", &["'nonce-", "'strict-dynamic'", "'wasm-unsafe-eval'"]),
    ("img-src", &["data:"]),
    ("media-src", &["blob:"]),
];

fn header<'a>(reply: &'a Reply, name: &str) -> &'a str {
    reply.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

fn is_page(reply: &Reply) -> bool {
    header(reply, "content-type").starts_with("text/html")
}

/// Directives and their sources.
fn policy(reply: &Reply) -> BTreeMap<&str, Vec<&str>> {
    let directives = header(reply, "content-security-policy").split(';');
    let words = directives.map(|directive| directive.split_whitespace().collect::<Vec<_>>());
    words.map(|words| (words[0], words[1..].to_vec())).collect()
}

/// Panics unless nothing keeps the reply (but `kept`), nobody is told of it and nobody frames it.
fn check(reply: &Reply, kept: &str, what: &str) {
    assert_eq!(header(reply, "cache-control"), kept, "{what}: {reply:?}");
    for (name, value) in ALWAYS {
        assert_eq!(header(reply, name), value, "{what}: {name}");
    }
    let policy = policy(reply);
    assert_eq!(policy["default-src"], ["'none'"], "{what}");
    assert_eq!(policy["frame-ancestors"], ["'none'"], "{what}");
    for (directive, sources) in &policy {
        let own =
            ALLOWED.iter().find(|(name, _)| name == directive).map_or(&[][..], |(_, own)| own);
        let known = |source: &&&str| {
            ["'none'", "'self'"].contains(*source)
                || own.iter().any(|allowed| source.starts_with(allowed))
        };
        let strange: Vec<_> = sources.iter().filter(|source| !known(source)).collect();
        assert!(strange.is_empty(), "{what}: {directive} {strange:?}");
    }
    if is_page(reply) {
        check_page(reply, &policy, what);
    }
}

/// Everything that runs bears the reply's own nonce, and nothing needs what the policy forbids.
fn check_page(reply: &Reply, policy: &BTreeMap<&str, Vec<&str>>, what: &str) {
    for (directive, source) in [("base-uri", "'none'"), ("form-action", "'self'")] {
        assert_eq!(policy[directive], [source], "{what}");
    }
    let attribute = format!(" nonce=\"{}\"", nonce(reply));
    for script in reply.text.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap();
        assert!(tag.contains(&attribute) && !tag.contains("src="), "{what}: <script{tag}>");
    }
    let tags = reply.text.split('<').filter_map(|after| after.split('>').next());
    for tag in tags {
        let inline =
            tag.contains(" style=\"") || tag.contains(" on") && tag.contains("=\"javascript");
        assert!(!inline && !tag.contains("javascript:"), "{what}: <{tag}>");
    }
}

fn nonce(reply: &Reply) -> String {
    let policy = policy(reply);
    let nonces: Vec<_> =
        policy["script-src"].iter().filter_map(|source| source.strip_prefix("'nonce-")).collect();
    assert_eq!(nonces.len(), 1, "{policy:?}");
    let nonce = nonces[0].strip_suffix('\'').unwrap().to_owned();
    assert!(nonce.len() >= 22, "{nonce} is no 128 bits");
    nonce
}

/// A wave and the units of its first class.
async fn start() -> (OpenWave, Target) {
    let wave = two_schools().await;
    let target = Target::of(&wave, 0).await;
    (wave, target)
}

#[tokio::test]
async fn every_reply_forbids_keeping_framing_and_other_sites() {
    let (wave, target) = start().await;
    let server = &wave.server;
    let teacher = format!("class:{}", target.class);
    let school = format!("school:{}", target.school);
    let mut statuses = BTreeSet::new();
    for (who, visitor) in [
        ("nobody", Visitor::of(server)),
        ("teacher", Staff::sign_in(server, "teacher", &teacher).await),
        ("coordinator", Staff::sign_in(server, "coordinator", &school).await),
        ("ministry", Staff::sign_in(server, "ministry", "nation").await),
    ] {
        for route in routes::table() {
            // Whoever signs out is nobody from then on.
            if route.path.ends_with("/sign-out") && who != "nobody" {
                continue;
            }
            let reply = target.ask(&visitor, &route).await;
            check(&reply, "no-store", &format!("{who}, {}", named(&route)));
            let cookie = header(&reply, "set-cookie");
            assert!(route.who != Who::Tablet || cookie.is_empty(), "{}: {cookie}", named(&route));
            statuses.insert(reply.status.as_u16());
        }
    }
    for expected in [200, 201, 303, 400, 401, 404, 409] {
        assert!(statuses.contains(&expected), "{expected} in {statuses:?}");
    }
}

#[tokio::test]
async fn so_does_every_reply_to_what_no_route_expects() {
    let (wave, target) = start().await;
    let nobody = Visitor::of(&wave.server);
    for path in
        ["/nothing", "/c/token/x", "/api/nothing", "/assets/0/x", "/recordings/x.ogg", "/c//"]
    {
        let reply = nobody.get(path).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
        check(&reply, "no-store", path);
    }
    for route in routes::table() {
        let reply = Reply::to(nobody.request(Method::PATCH, &target.path(&route))).await;
        assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED, "{}", named(&route));
        check(&reply, "no-store", &named(&route));
    }
}

#[tokio::test]
async fn so_does_every_reply_to_a_body_that_is_not_taken() {
    let (wave, target) = start().await;
    let school = format!("school:{}", target.school);
    let coordinator = Staff::sign_in(&wave.server, "coordinator", &school).await;
    let read = |route: &Route| {
        let path = route.path;
        route.method == Method::PUT
            || path.ends_with("/help")
            || ["/sign-in", "/c/token", "/c/response"].contains(&path)
    };
    let mut refused = 0;
    for route in routes::table().into_iter().filter(|r| r.method != Method::GET && read(r)) {
        let form = matches!(route.who, Who::Anyone | Who::Staff(_));
        let kind = if form { "application/x-www-form-urlencoded" } else { "application/json" };
        for (length, status) in [(1, None), (100_000, Some(StatusCode::PAYLOAD_TOO_LARGE))] {
            let request = coordinator.request(route.method.clone(), &target.path(&route));
            let request = request.header("content-type", kind).body(vec![b'{'; length]);
            let (reply, what) = (Reply::to(request).await, format!("{}, {length}", named(&route)));
            check(&reply, "no-store", &what);
            assert!(reply.status.is_client_error(), "{what}: {reply:?}");
            refused += u32::from(Some(reply.status) == status);
        }
    }
    assert!(refused >= 3, "{refused}");
}

#[tokio::test]
async fn so_does_every_reply_without_a_database() {
    let (wave, target) = start().await;
    let staff = Staff::sign_in(&wave.server, "ministry", "nation").await;
    for table in [
        "alter table staff_sessions rename to a",
        "alter table wave_classes rename to b",
        "alter table waves rename to c",
    ] {
        wave.server.database.execute(table).await;
    }
    let mut statuses = BTreeSet::new();
    for route in routes::table() {
        let reply = target.ask(&staff, &route).await;
        check(&reply, "no-store", &named(&route));
        statuses.insert(reply.status.as_u16());
    }
    assert!(statuses.contains(&500) && statuses.contains(&503), "{statuses:?}");
}

/// A sound file's name: the SHA-256 of the four bytes "ogg\n".
const RECORDING: &str = "3501e7c1800f55d63934b6ff3180aecba3b5d312667841f83314228534983656.ogg";

#[tokio::test]
async fn only_what_lies_under_the_hash_of_its_content_is_kept() {
    let sounds = tempfile::tempdir().unwrap();
    std::fs::write(sounds.path().join(RECORDING), "ogg\n").unwrap();
    let folder = sounds.path().display().to_string();
    let server = Server::start_with(Database::Sqlite, &[("SENIM_RECORDINGS", &folder)]).await;
    let wave = OpenWave::start_on(server, "senim_pupil_senior", &[ClassPlan::of(10)]).await;
    let nobody = Visitor::of(&wave.server);
    let pages =
        [nobody.get("/").await, nobody.get(&wave.class_link(0)[wave.server.url().len()..]).await];
    let mut files = BTreeSet::from([format!("/recordings/{RECORDING}")]);
    for page in &pages {
        let links = page.text.split("/assets/").skip(1);
        let end = |c: char| !(c.is_ascii_alphanumeric() || "/._".contains(c));
        files.extend(links.map(|link| format!("/assets/{}", link.split(end).next().unwrap())));
    }
    assert!(files.len() > 6, "{files:?}");
    for path in &files {
        let reply = nobody.get(path).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        check(&reply, KEPT_FOR_GOOD, path);
        let changed = path.replacen(|c: char| c.is_ascii_digit(), "x", 1);
        check(&nobody.get(&changed).await, "no-store", &changed);
    }
    check(&nobody.get("/service-worker.js").await, "no-store", "the service worker");
}

#[tokio::test]
async fn every_page_has_a_nonce_of_its_own() {
    let (wave, target) = start().await;
    let nobody = Visitor::of(&wave.server);
    let mut nonces = BTreeSet::new();
    let mut pages = 0;
    for _ in 0..3 {
        for route in routes::table() {
            let reply = target.ask(&nobody, &route).await;
            if is_page(&reply) {
                pages += 1;
                nonces.insert(nonce(&reply));
            }
        }
    }
    assert!(pages >= 18, "{pages} pages");
    assert_eq!(nonces.len(), pages, "a nonce came twice");
}
