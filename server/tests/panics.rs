//! A mistake in the program says where it is and nothing of the request that met it. Alone in its
//! binary: the hook for panics and the log are the whole process's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use axum::Router;
use axum::middleware::from_fn;
use axum::routing::post;
use server::protection;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use tests::{Reply, Visitor};
use tokio::net::TcpListener;
use tracing_subscriber::fmt::MakeWriter;

const CODE: &str = "ABCD2345🙂";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// As a handler would that cuts what it was sent in the middle of a letter.
async fn cuts(body: String) -> String {
    body[..body.len() - 1].to_owned()
}

#[tokio::test]
async fn a_panic_is_logged_with_its_place_and_without_its_words() {
    let log = Log::default();
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).init();
    let said = std::panic::catch_unwind(|| CODE[..CODE.len() - 1].to_owned()).unwrap_err();
    let said = said.downcast_ref::<String>().unwrap();
    assert!(said.contains(CODE), "nothing would be found: {said}");

    protection::log_panics();
    let router = Router::new().route("/", post(cuts)).layer(from_fn(protection::to_the_end));
    let router = router.layer(from_fn(protection::headers));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let visitor = Visitor::at(&url);
    let reply = Reply::to(visitor.request(reqwest::Method::POST, "/").body(CODE)).await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (500, ""));
    assert_eq!(reply.headers["cache-control"], "no-store");
    let log = log.text();
    assert!(log.contains("panics.rs:"), "{log}");
    for secret in [CODE, "ABCD", "char boundary"] {
        assert!(!log.contains(secret), "{log}");
    }
}
