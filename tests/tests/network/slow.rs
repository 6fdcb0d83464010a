//! Clients that send or take bytes so slowly that they would hold the server.

use super::DEFINITION;
use std::net::SocketAddr;
use tests::{ClassPlan, Database, OpenWave, Reply, Server, Visitor, answers, wait_until};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Duration, sleep, timeout};

/// More than a test's patience; a server without limits holds a connection for good.
const LONG: Duration = Duration::from_secs(40);
/// Between two bytes of who sends slowly.
const DRIP: Duration = Duration::from_millis(200);

fn address(server: &Server) -> SocketAddr {
    server.url()["http://".len()..].parse().unwrap()
}

/// Connections that the server takes at once.
const PLACES: usize = 24;

/// The listener, a connection that waits for its place, and what the runtime keeps for signals.
const OTHERS: usize = 5;

/// What each slow client sends at once, before it only drips.
const BEGINNINGS: [&str; 5] = [
    "",
    "GET / HTTP/1.1\r\nhost: x\r\nx: ",
    "POST /c/token HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 60000\r\n\r\n{",
    "POST /sign-in HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\n",
    "POST /structure HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n",
];

/// Sends a byte now and then until the server closes.
async fn drip(server: SocketAddr, beginning: &str) {
    let Ok(mut connection) = TcpStream::connect(server).await else { return };
    let (mut from, mut to) = connection.split();
    let listen = async {
        let mut said = Vec::new();
        let _ = from.read_to_end(&mut said).await;
    };
    let speak = async {
        if to.write_all(beginning.as_bytes()).await.is_ok() {
            while to.write_all(b"x").await.is_ok() {
                sleep(DRIP).await;
            }
        }
    };
    tokio::select! { () = listen => {}, () = speak => {} }
}

#[tokio::test]
async fn who_drips_is_cut_off() {
    let server = Server::start_with(Database::Sqlite, &[("SENIM_PATIENCE_SECONDS", "1")]).await;
    let server_address = address(&server);
    for beginning in &BEGINNINGS[1..] {
        let cut_off = timeout(LONG, drip(server_address, beginning)).await;
        assert!(cut_off.is_ok(), "held for {LONG:?}: {beginning}");
    }
    // Who asks for much and takes nothing.
    let mut connection = TcpStream::connect(server_address).await.unwrap();
    let ask = "GET /key-ceremony HTTP/1.1\r\nhost: x\r\n\r\n".repeat(400);
    let _ = timeout(Duration::from_secs(2), connection.write_all(ask.as_bytes())).await;
    let gone = async {
        while connection.write_all(b"GET").await.is_ok() {
            sleep(DRIP).await;
        }
    };
    assert!(timeout(LONG, gone).await.is_ok(), "a reply that nobody takes is held for {LONG:?}");
    assert_eq!(Visitor::of(&server).get("/health").await.text, "ok\n");
}

#[tokio::test]
async fn a_pupil_is_served_while_slow_clients_hold_every_place() {
    let places = PLACES.to_string();
    // Their time alone would not end within the test: it is the places that must be made free.
    let settings = [("SENIM_MAX_CONNECTIONS", places.as_str()), ("SENIM_PATIENCE_SECONDS", "600")];
    let server = Server::start_with(Database::Sqlite, &settings).await;
    let wave = OpenWave::start_on(server, DEFINITION, &[ClassPlan::of(10)]).await;
    let server_address = address(&wave.server);
    let mut slow = JoinSet::new();
    for client in 0..5 * PLACES {
        slow.spawn(drip(server_address, BEGINNINGS[client % BEGINNINGS.len()]));
    }
    // As many as there are places are left of them; the others were cut off for those.
    let all_held = async || {
        while slow.try_join_next().is_some() {}
        (slow.len() <= PLACES).then_some(())
    };
    wait_until("every place to be held", 60, all_held).await;
    let nobody = Visitor::of(&wave.server);
    let pupils = async {
        for number in 0..5 {
            nobody.get(&format!("/c/{}", wave.classes[0].part())).await.expect_success();
            let pupil = tests::Pupil::new(&wave.server, &wave.classes[0].lesson);
            let answers = answers(&wave.survey, number);
            pupil.answer(&wave.slip(0, number), &wave.survey, &answers).await;
        }
    };
    timeout(LONG, pupils).await.expect("slow clients hold every place");
    assert_eq!(wave.stored().await, 5);
    assert!(open_sockets(&wave.server) <= PLACES + OTHERS, "{}", open_sockets(&wave.server));
    slow.shutdown().await;
}

/// Sockets of the process: connections and the listener.
fn open_sockets(server: &Server) -> usize {
    let open = std::fs::read_dir(format!("/proc/{}/fd", server.process_id())).unwrap();
    let targets = open.filter_map(|entry| std::fs::read_link(entry.unwrap().path()).ok());
    targets.filter(|target| target.to_string_lossy().starts_with("socket:")).count()
}

#[tokio::test]
async fn who_is_slow_and_honest_is_served() {
    let server = Server::start_with(Database::Sqlite, &[("SENIM_PATIENCE_SECONDS", "8")]).await;
    let mut connection = TcpStream::connect(address(&server)).await.unwrap();
    for part in ["GET /hea", "lth HTTP/1.1\r\nho", "st: x\r\nconnection: close\r\n", "\r\n"] {
        sleep(Duration::from_millis(700)).await;
        connection.write_all(part.as_bytes()).await.unwrap();
    }
    let mut said = String::new();
    connection.read_to_string(&mut said).await.unwrap();
    assert!(said.starts_with("HTTP/1.1 200 OK") && said.ends_with("ok\n"), "{said}");
    // A connection that rests between two requests is kept.
    let kept = Visitor::keeping(1, &server.url());
    for _ in 0..2 {
        assert_eq!(Reply::to(kept.request(reqwest::Method::GET, "/health")).await.text, "ok\n");
        sleep(Duration::from_secs(1)).await;
    }
}
