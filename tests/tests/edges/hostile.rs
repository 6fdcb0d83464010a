//! Requests that no honest tablet sends, each with what must be repeated nowhere.

use protocol::ResponseRequest;
use reqwest::Method;
use serde_json::json;
use std::net::SocketAddr;
use tests::{Reply, Visitor};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;

/// Bodies for either of a pupil's requests in which a code or a sealed response stands where it
/// should not, or does not stand well.
fn bodies(code: &str, request: &ResponseRequest) -> Vec<Vec<u8>> {
    let response = serde_json::to_string(request).unwrap();
    let blinded = request.value;
    let mut bodies: Vec<Vec<u8>> = [
        code.to_owned(),
        format!("{{\"slip\": \"{code}"),
        format!("{{\"slip\": \"{code}\", \"slip\": \"{code}\"}}"),
        format!("{{\"{code}\": 1}}"),
        json!({ "slip": [code], "blinded": blinded }).to_string(),
        json!({ "slip": { code: 1 }, "blinded": blinded }).to_string(),
        json!({ "slip": code, "blinded": code }).to_string(),
        json!({ "slip": code.repeat(9), "blinded": blinded }).to_string(),
        json!({ "slip": code.repeat(9_000), "blinded": blinded }).to_string(),
        json!({ "value": code, "token": code, "place": code, "envelope": code }).to_string(),
        response[..response.len() - 3].to_owned(),
        response.replace("\"envelope\":\"", "\"envelope\":\"*"),
        response.replace("\"token\":\"", "\"token\":[\""),
        format!("[{response}, {response}]"),
    ]
    .map(String::into_bytes)
    .into();
    bodies.push([code.as_bytes(), b"\xff\x00"].concat());
    bodies
}

/// Addresses into which somebody typed a whole code.
fn paths(code: &str) -> Vec<String> {
    [
        "/c/CODE",
        "/c/CODE/help",
        "/c/CODE/help/print",
        "/c/CODE/kiosk",
        "/c/CODE/token",
        "/c?part=CODE",
        "/c?part=CODE&part=CODE",
        "/c?CODE=%ff",
        "/CODE",
        "/?CODE",
        "/help?CODE",
        "/sign-in?CODE=CODE",
        "/language/CODE",
        "/language/CODE?back=/c/CODE",
        "/assets/CODE/CODE",
        "/recordings/CODE.ogg",
        "/service-worker.js?CODE",
        "/health?CODE",
        "/waves/CODE",
        "/api/waves/CODE",
        "/api/waves/CODE/open",
    ]
    .map(|path| path.replace("CODE", code))
    .into()
}

/// Everything that a program can send through an HTTP library.
pub(crate) async fn send_all(
    visitor: &Visitor,
    code: &str,
    request: &ResponseRequest,
) -> Vec<Reply> {
    let mut replies = Vec::new();
    for path in ["/c/token", "/c/response"] {
        for body in bodies(code, request) {
            let sent = visitor.request(Method::POST, path).body(body);
            replies.push(Reply::to(sent.header("content-type", "application/json")).await);
        }
        replies.push(visitor.get(&format!("{path}?{code}")).await);
    }
    for path in paths(code) {
        for method in [Method::GET, Method::PUT, Method::DELETE] {
            replies.push(Reply::to(visitor.request(method, &path)).await);
        }
    }
    for name in ["cookie", "referer", "origin", "sec-fetch-site", "authorization", "x-slip"] {
        for (path, value) in [("/", code.to_owned()), ("/sign-in", format!("senim={code}"))] {
            replies.push(Reply::to(visitor.request(Method::GET, path).header(name, &value)).await);
            replies.push(Reply::to(visitor.request(Method::POST, path).header(name, value)).await);
        }
    }
    let form = [("name", "nobody"), ("password", code), ("back", "/")];
    replies.push(Reply::to(visitor.request(Method::POST, "/sign-in").form(&form)).await);
    replies
}

/// What no HTTP library would send, from an address of its own; what comes back.
pub(crate) async fn send_broken(server: SocketAddr, from: SocketAddr, code: &str) -> Vec<Vec<u8>> {
    let mut replies = Vec::new();
    for broken in [
        format!("{code}\r\n\r\n"),
        format!("GET /c/{code} HTTP/9.9\r\n\r\n"),
        format!("GET /c/{code} HTTP/1.1\r\nno colon {code}\r\n\r\n"),
        format!("GET /c/\u{1}{code} HTTP/1.1\r\nhost: x\r\n\r\n"),
        format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", code.repeat(9_000)),
        format!("GET / HTTP/1.1\r\nhost: x\r\n{}\r\n", format!("{code}: {code}\r\n").repeat(200)),
        format!("POST /c/token HTTP/1.1\r\nhost: x\r\ncontent-length: {code}\r\n\r\n{code}"),
        format!(
            "POST /c/token HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n\r\n{{\"slip\":\"{code}"
        ),
        format!(
            "POST /c/token HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n{code}\r\n"
        ),
    ] {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(from).unwrap();
        let mut connection = socket.connect(server).await.unwrap();
        connection.write_all(broken.as_bytes()).await.unwrap();
        connection.shutdown().await.unwrap();
        let mut reply = Vec::new();
        // A connection that is cut off is a reply too.
        let _ = connection.read_to_end(&mut reply).await;
        replies.push(reply);
    }
    replies
}
