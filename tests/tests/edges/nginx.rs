//! The example for operators, run as it stands: it writes nothing down about pupils, whatever they
//! send and whatever breaks, and changes nothing of what they are told.

use super::DEFINITION;
use super::hostile::{send_all, send_broken};
use super::proxy::{Nginx, Wire, free_address};
use protocol::{Refusal, ResponseRequest};
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::json;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tests::{
    Browser, ClassPlan, Database, OpenWave, PASSWORD, Pupil, Recorder, Refused, Reply, Secrets,
    Server, Staff, Visitor, answers, kazakh,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;

/// Longer than the example waits for the rest of a request.
const PATIENCE: Duration = Duration::from_secs(20);

/// What would tell of a tablet, and no server should ever be sent.
const OF_A_TABLET: [&str; 5] = ["x-forwarded-for", "x-real-ip", "forwarded", "via", "user-agent"];

/// A tablet in the school's network.
struct Tablet {
    address: SocketAddr,
    visitor: Visitor,
    pupil: Pupil,
}

impl Tablet {
    fn new(wave: &OpenWave, nginx: &Nginx, number: usize, secrets: &mut Secrets) -> Self {
        let address: IpAddr = format!("127.0.78.{}", 10 + number).parse().unwrap();
        let name = format!("Planshet/{number}.{number}");
        secrets.text("address", address.to_string());
        secrets.text("browser", &name);
        let visitor = Visitor::coming_from(&nginx.url(), address, &name);
        let pupil = Pupil::with(visitor.clone(), &wave.classes[0].lesson);
        Self { address: (address, 0).into(), visitor, pupil }
    }

    /// The whole way, as a browser would, and then everything that no browser would.
    async fn answer(&self, wave: &OpenWave, slip: usize, secrets: &mut Secrets) -> ResponseRequest {
        let part = wave.classes[0].part();
        for path in [format!("/c/{part}"), format!("/c/{part}/help"), "/help".to_owned()] {
            self.visitor.get(&path).await.expect_success();
        }
        let (slip, pending) = (wave.slip(0, slip), self.pupil.pending());
        secrets.slip(&slip);
        secrets.bytes("blinded value", &pending.blinded().0);
        let evaluation = self.pupil.ask(&slip, &pending).await.unwrap();
        secrets.bytes("evaluation", &evaluation.element.0);
        let token = self.pupil.finish(&pending, &evaluation);
        let request = self.pupil.sealed(token, &wave.survey, &answers(&wave.survey, 1));
        secrets.sent(&request);
        secrets.text("envelope", &request.envelope);
        self.pupil.send(&request).await.unwrap();
        request
    }
}

#[tokio::test]
async fn the_example_writes_nothing_down_about_pupils() {
    let server = Server::start(Database::Sqlite).await;
    let mut wave = OpenWave::start_on(server, DEFINITION, &[ClassPlan::of(20)]).await;
    let recorder = Recorder::before(&wave.server).await;
    let nginx = Nginx::start(Wire::Clear, free_address(), &recorder.url()).await;
    let mut secrets = Secrets::default();
    secrets.text("a pupil's path", "/c/");
    secrets.text("class part", wave.classes[0].part().to_string());
    let tablets: Vec<_> =
        (0..3).map(|number| Tablet::new(&wave, &nginx, number, &mut secrets)).collect();
    let slow = tokio::spawn(hang(nginx.address, tablets[0].address, wave.slip(0, 9).to_string()));
    let mut request = None;
    for (number, tablet) in tablets.iter().enumerate() {
        request = Some(tablet.answer(&wave, number, &mut secrets).await);
    }
    let code = wave.slip(0, 10);
    secrets.slip(&code);
    send_all(&tablets[0].visitor, &code.to_string(), request.as_ref().unwrap()).await;
    send_broken(nginx.address, tablets[1].address, &code.to_string()).await;
    too_large(&tablets[2], &code.to_string()).await;
    let class = wave.classes[0].id;
    staff_work(&nginx, &wave).await;
    slow.await.unwrap();

    let seen = recorder.exchanges();
    for exchange in &seen {
        let told: Vec<_> =
            OF_A_TABLET.iter().filter(|name| exchange.sent.headers.contains(**name)).collect();
        assert!(told.is_empty(), "{exchange:?} tells {told:?}");
    }
    wave.server.kill();
    for path in ["/c/token", "/c/response"] {
        let reply = tablets[1].pupil.post(path, request.as_ref().unwrap()).await;
        assert_eq!(reply.status.as_u16(), 502);
        assert_eq!(reply.headers["cache-control"], "no-store");
    }
    check_written(nginx.stop(), &secrets, &class.to_string());
}

/// 60 kB reach Senim, which refuses them; more does not. Neither needs a file.
async fn too_large(tablet: &Tablet, code: &str) {
    let reply = tablet.pupil.post_bytes("/c/token", code.repeat(60_000 / code.len()).into()).await;
    assert_eq!(Refused::of(&reply), Refused(400, Refusal::Unreadable));
    let reply = tablet.pupil.post_bytes("/c/response", code.repeat(8_000).into()).await;
    assert_eq!(reply.status.as_u16(), 413);
    assert_eq!(reply.headers["cache-control"], "no-store");
}

/// Tablets that stop in the middle of a header or a body, and stay or go away at once.
async fn hang(nginx: SocketAddr, from: SocketAddr, code: String) {
    let head = format!("POST /c/token HTTP/1.1\r\nhost: x\r\ncontent-length: 200\r\n\r\n{code}");
    let mut held = Vec::new();
    for sent in [&head[..30], &head] {
        for stays in [true, false] {
            let socket = TcpSocket::new_v4().unwrap();
            socket.bind(from).unwrap();
            let mut connection = socket.connect(nginx).await.unwrap();
            connection.write_all(sent.as_bytes()).await.unwrap();
            if stays {
                held.push(connection);
            } else {
                // Dropped with something unsent behind it: the connection is reset.
                reset(connection);
            }
        }
    }
    for mut connection in held {
        let mut reply = Vec::new();
        let ended = tokio::time::timeout(PATIENCE, connection.read_to_end(&mut reply)).await;
        assert!(ended.is_ok(), "a tablet that says nothing is waited for");
    }
}

fn reset(connection: tokio::net::TcpStream) {
    connection.set_zero_linger().unwrap();
    drop(connection);
}

/// Sign-in, a form and a refusal of another site's, through the proxy.
async fn staff_work(nginx: &Nginx, wave: &OpenWave) {
    let class = wave.classes[0].id;
    let name = Staff::account(&wave.server, "teacher", &format!("class:{class}"));
    let teacher = Visitor::at(&nginx.url());
    teacher.sign_in(&name, PASSWORD).await;
    assert_eq!(teacher.get("/sign-in?back=/classes").await.status.as_u16(), 200);
    teacher.get(&format!("/classes/{class}")).await.expect_success();
    let path = format!("/classes/{class}/session/open");
    for (origin, status) in [(nginx.url(), 303), ("https://elsewhere.example".to_owned(), 409)] {
        let request = teacher.request(Method::POST, &path).header("origin", origin);
        let reply = Reply::to(request.json(&json!({}))).await;
        assert_eq!(reply.status.as_u16(), status, "{reply:?}");
    }
}

/// Staff's requests are there, without a query; nothing else is.
fn check_written(written: Vec<(String, Vec<u8>)>, secrets: &Secrets, class: &str) {
    for (name, content) in &written {
        let text = String::from_utf8_lossy(content);
        assert_eq!(secrets.found_in(content), [""; 0], "in {name}: {text}");
        assert!(!text.contains("127.0.") && !text.contains('?'), "{name}: {text}");
        match name.as_str() {
            "senim_staff.log" => {
                assert!(
                    text.contains(&format!("POST /classes/{class}/session/open 303")),
                    "{text}"
                );
                let is_of_staff =
                    |line: &str| line.contains("/sign-in ") || line.contains("/classes");
                let strange: Vec<_> = text.lines().filter(|line| !is_of_staff(line)).collect();
                assert!(strange.is_empty(), "{strange:?}");
            }
            _ => assert!(text.is_empty(), "{name}: {text}"),
        }
    }
    assert_eq!(written.len(), 2, "a log that nobody knows of");
}

#[tokio::test]
async fn what_senim_says_passes_the_example_unchanged() {
    let wave = OpenWave::start(Database::Sqlite, DEFINITION, &[ClassPlan::of(10)]).await;
    let nginx = Nginx::start(Wire::Clear, free_address(), &wave.server.url()).await;
    let (direct, through) = (Visitor::of(&wave.server), Visitor::at(&nginx.url()));
    let part = wave.classes[0].part();
    let page = direct.get(&format!("/c/{part}")).await.text;
    let asset = page.split('"').find(|word| word.ends_with("senim.js")).unwrap();
    for path in
        ["/", "/nothing", "/service-worker.js", "/classes", &format!("/c/{part}/help"), asset]
    {
        let (expected, reply) = (direct.get(path).await, through.get(path).await);
        assert_eq!(reply.status, expected.status, "{path}");
        assert_eq!(reply.text.len(), expected.text.len(), "{path}");
        let mut headers = without_the_connection(reply.headers);
        let promise = headers.remove("strict-transport-security");
        assert_eq!(promise.unwrap(), "max-age=31536000");
        assert_eq!(headers, without_the_connection(expected.headers), "{path}");
    }
    drop(nginx);
}

/// Headers that each connection has of its own, and the policy's nonce, which is drawn anew.
fn without_the_connection(mut headers: HeaderMap) -> HeaderMap {
    for own in ["server", "date", "connection", "transfer-encoding", "content-length"] {
        headers.remove(own);
    }
    let policy = headers["content-security-policy"].to_str().unwrap().to_owned();
    let words = policy.split(' ').filter(|word| !word.starts_with("'nonce-"));
    let policy = words.collect::<Vec<_>>().join(" ");
    headers.insert("content-security-policy", policy.parse().unwrap());
    headers
}

#[tokio::test]
async fn a_pupil_answers_through_the_example_as_it_is_shipped() {
    let address = free_address();
    let url = format!("https://{address}");
    let server = Server::start_with(Database::Sqlite, &[("SENIM_PUBLIC_URL", &url)]).await;
    let wave = OpenWave::start_on(server, DEFINITION, &[ClassPlan::of(10)]).await;
    let nginx = Nginx::start(Wire::Encrypted, address, &wave.server.url()).await;
    let browser = Browser::open().await;
    // Nobody vouches for a certificate that was made a moment ago.
    browser.devtools("Security.setIgnoreCertificateErrors", json!({ "ignore": true })).await;
    let link = format!("{url}/c/{}", wave.classes[0].part());
    browser.enter(&link, &wave.slip(0, 0)).await;
    browser.reach(1).await;
    browser.answer_and_send(1).await;
    browser.wait_for_text(&kazakh("pupil", "thanks_title")).await;
    assert_eq!(wave.stored().await, 1);
    let class = wave.classes[0].id;
    let name = Staff::account(&wave.server, "teacher", &format!("class:{class}"));
    browser.sign_in(&url, &name, PASSWORD).await;
    browser.post(&format!("/classes/{class}/session/open"), &[]).await;
    browser.client.clone().close().await.unwrap();
    let mut secrets = Secrets::default();
    secrets.text("a pupil's path", "/c/");
    secrets.slip(&wave.slip(0, 0));
    check_written(nginx.stop(), &secrets, &class.to_string());
}
