//! Methods, paths, queries and headers.

use crate::target::Target;
use crate::wire::request;
use crate::{Case, Expected, reads_no_body};
use Expected::{NoFault, Refused};
use reqwest::Method;
use server::routes::Route;
use std::collections::BTreeSet;

/// What a path's parts are replaced with; none of it is an id, a code or a word that is known.
const PARTS: [&str; 12] = [
    "%00",
    "%0d%0ax-header:%20x",
    "%ff%fe%fd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e",
    "%D1%81%D0%B5%D0%BD%D1%96%D0%BC",
    "%F0%9F%98%80",
    "00000000-0000-0000-0000-00000000000g",
    "%25%25%25",
    "'%20or%201=1--",
    "-1",
    "{class}",
];

/// Queries; most routes read none.
const QUERIES: [&str; 6] =
    ["%ff=%fe", "&&&===&", "back=%00%01", "back=//elsewhere.example/", "x[]=1&x[]=2", "%"];

/// Headers that a request may well have, with values that it may not.
const ODD_HEADERS: [(&str, &[u8]); 14] = [
    ("cookie", b"senim=\xff\xfe; senim; =; ;;;"),
    ("cookie", b"senim_language=%ff; senim=../../x"),
    ("accept-language", b"\xd2\x9b\xd2\x9b, *;q=9, x-y-z-w;q=-1"),
    ("accept-encoding", b"br;q=nan, \xff, identity;q=0, *;q=0"),
    ("if-none-match", b"\"\", W/\"\xff\""),
    ("range", b"bytes=-9999999999999999999"),
    ("expect", b"200-nothing"),
    ("x-forwarded-for", b"127.0.0.1, ::1, ' or 1=1"),
    ("x-forwarded-proto", b"https"),
    ("forwarded", b"for=\"[::1]\";proto=https;host=elsewhere.example"),
    ("x-http-method-override", b"DELETE"),
    ("authorization", b"Basic \xff\xff=="),
    ("referer", b"\xff://"),
    ("user-agent", b""),
];

/// All of them for a route.
pub(crate) fn of(
    route: &Route,
    target: &Target,
    cookie: &str,
    taken: &BTreeSet<Method>,
) -> Vec<Case> {
    let path = target.path(route);
    let mut cases = methods(&path, cookie, taken);
    cases.extend(paths(route, cookie));
    cases.extend(broken(route, &path, cookie));
    // What stays a good request carries itself out: only where that changes nothing.
    if route.method == Method::GET {
        cases.extend(odd(&path, cookie));
    }
    cases
}

fn methods(path: &str, cookie: &str, taken: &BTreeSet<Method>) -> Vec<Case> {
    let all = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "A"];
    let others = all.into_iter().filter(|method| !taken.iter().any(|own| own.as_str() == *method));
    let ask = |method: &str| {
        let bytes = request(method, path.as_bytes(), &[(b"cookie", cookie.as_bytes())], b"");
        Case::new(format!("method {method}"), bytes, Refused)
    };
    others.map(ask).collect()
}

/// The route's path with something else in the place of each of its parts.
fn paths(route: &Route, cookie: &str) -> Vec<Case> {
    let Some(start) = route.path.find('{') else { return Vec::new() };
    let end = start + route.path[start..].find('}').unwrap() + 1;
    let long = "a".repeat(4_000);
    let parts = PARTS.into_iter().chain([long.as_str()]);
    let ask = |part: &str| {
        let path = [&route.path[..start], part, &route.path[end..]].concat();
        let path = path.replace(['{', '}'], "");
        let headers = [(&b"cookie"[..], cookie.as_bytes())];
        let bytes = request(route.method.as_str(), path.as_bytes(), &headers, b"");
        // What is put is put under any id, which is looked at after its body.
        Case::new(format!("path with {:.40}", part), bytes, Refused)
    };
    parts.map(ask).collect()
}

/// What is no request of HTTP/1.1, or one that is too large.
fn broken(route: &Route, path: &str, cookie: &str) -> Vec<Case> {
    let method = route.method.as_str();
    let long = vec![b'x'; 60_000];
    let ask = |name: &str, path: &[u8], header: (&[u8], &[u8])| {
        let bytes = request(method, path, &[(b"cookie", cookie.as_bytes()), header], b"");
        Case::new(name, bytes, Refused)
    };
    let fine: (&[u8], &[u8]) = (b"x", b"y");
    let after = |end: &[u8]| [path.as_bytes(), end].concat();
    let mut cases = vec![
        ask("control character in the path", &after(b"\x01"), fine),
        ask("zero in the query", &after(b"?\0"), fine),
        ask("space in the path", &after(b" x"), fine),
        ask("very long query", &after(&[b"?", &long[..]].concat()), fine),
        ask("very long header", path.as_bytes(), (b"x", &long)),
        ask("zero in a header", path.as_bytes(), (b"x", b"a\0b")),
        ask("header name with a space", path.as_bytes(), (b"x y", b"z")),
        ask("header name of another alphabet", path.as_bytes(), ("сенім".as_bytes(), b"z")),
        ask("length that is no number", path.as_bytes(), (b"content-length", b"-1")),
        ask("length beyond numbers", path.as_bytes(), (b"content-length", &[b'9'; 30])),
        ask("two encodings", path.as_bytes(), (b"transfer-encoding", b"chunked, gzip")),
    ];
    let start = format!("{method} {path} HTTP/1.1\r\nhost: x\r\n");
    let many = "x: y\r\n".repeat(300);
    for (name, text) in [
        ("three hundred headers", format!("{start}{many}\r\n")),
        ("other version", format!("{method} {path} HTTP/7.0\r\n\r\n")),
        ("no colon", format!("{start}nothing\r\n\r\n")),
        ("two lengths", format!("{start}content-length: 1\r\ncontent-length: 2\r\n\r\nxx")),
    ] {
        cases.push(Case::new(name, text.into_bytes(), Refused));
    }
    if route.method != Method::GET && !reads_no_body(route) {
        let chunk = format!("{start}transfer-encoding: chunked\r\n\r\nZZ\r\nxx");
        cases.push(Case::new("chunk without a length", chunk.into_bytes(), Refused));
    }
    cases
}

/// Strange, but about nothing that must be refused.
fn odd(path: &str, cookie: &str) -> Vec<Case> {
    let headers = ODD_HEADERS.into_iter().map(|(name, value)| {
        let bytes = request("GET", path.as_bytes(), &[(name.as_bytes(), value)], b"");
        Case::new(format!("header {name}"), bytes, NoFault)
    });
    let queries = QUERIES.into_iter().map(|query| {
        let path = format!("{path}?{query}");
        let bytes = request("GET", path.as_bytes(), &[(b"cookie", cookie.as_bytes())], b"");
        Case::new(format!("query {query}"), bytes, NoFault)
    });
    let body = request("GET", path.as_bytes(), &[(b"cookie", cookie.as_bytes())], b"{\"a\":1}");
    headers.chain(queries).chain([Case::new("GET with a body", body, NoFault)]).collect()
}
