mod wire;

use crate::server::Server;
use std::collections::BTreeSet;
use std::io::{self, Read};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use wire::{Body, Head, pass};

/// What stands between browser and server and sees what the school's network sees: HTTP/1.1 in
/// the clear. It passes every byte on unchanged.
pub struct Recorder {
    address: String,
    log: Arc<Mutex<Vec<Exchange>>>,
}

/// A request and what came back, once it has come back whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    pub method: String,
    pub path: String,
    pub sent: Message,
    pub reply: Option<Returned>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Returned {
    pub status: u16,
    pub received: Message,
    /// Bytes of the body as the page reads it, unpacked from `br`.
    pub content: usize,
}

/// What can be told of a message without reading it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// The names of the headers, in small letters.
    pub headers: BTreeSet<String>,
    /// Bytes of the first line and all headers.
    pub head: usize,
    /// Bytes of the body as it is on the wire, compressed and in chunks as it is.
    pub body: usize,
}

impl Recorder {
    /// Listens on a port of its own until the test ends.
    pub async fn before(server: &Server) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let log: Arc<Mutex<Vec<Exchange>>> = Arc::default();
        let (target, entries) = (server.url().replace("http://", ""), log.clone());
        tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                let (target, log) = (target.clone(), entries.clone());
                // A connection that breaks is the browser's to notice.
                tokio::spawn(
                    async move { Connection::open(browser, &target, log).await?.run().await },
                );
            }
        });
        Self { address, log }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything so far, in the order in which requests began.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.log.lock().unwrap().clone()
    }
}

struct Connection {
    browser: BufReader<TcpStream>,
    server: BufReader<TcpStream>,
    log: Arc<Mutex<Vec<Exchange>>>,
}

impl Connection {
    async fn open(
        browser: TcpStream,
        target: &str,
        log: Arc<Mutex<Vec<Exchange>>>,
    ) -> io::Result<Self> {
        let server = TcpStream::connect(target).await?;
        browser.set_nodelay(true)?;
        server.set_nodelay(true)?;
        Ok(Self { browser: BufReader::new(browser), server: BufReader::new(server), log })
    }

    /// One exchange after the other until one of both hangs up.
    async fn run(mut self) -> io::Result<()> {
        while let Some(head) = Head::read(&mut self.browser).await? {
            let (method, path) = head.first_words();
            let number = self.begin(method, path, head.message());
            self.server.write_all(&head.bytes).await?;
            let length = head.body(Body::None);
            let (sent, _) = pass(length, &mut self.browser, &mut self.server).await?;
            self.note(number, |exchange| exchange.sent.body = sent);

            let Some(head) = Head::read(&mut self.server).await? else { break };
            self.browser.write_all(&head.bytes).await?;
            let status: u16 = head.first_words().1.parse().unwrap();
            let length = match status {
                100..=199 | 204 | 304 => Body::None,
                _ => head.body(Body::UntilTheEnd),
            };
            let mut received = head.message();
            let content;
            (received.body, content) = pass(length, &mut self.server, &mut self.browser).await?;
            let content = unpacked(head.value("content-encoding"), content);
            self.note(number, |exchange| {
                exchange.reply = Some(Returned { status, received, content });
            });
            if length == Body::UntilTheEnd {
                break;
            }
        }
        Ok(())
    }

    fn begin(&self, method: String, path: String, sent: Message) -> usize {
        let mut log = self.log.lock().unwrap();
        log.push(Exchange { method, path, sent, reply: None });
        log.len() - 1
    }

    fn note(&self, number: usize, note: impl FnOnce(&mut Exchange)) {
        note(&mut self.log.lock().unwrap()[number]);
    }
}

/// How many bytes a body has without its compression.
fn unpacked(encoding: Option<String>, content: Vec<u8>) -> usize {
    match encoding.as_deref() {
        None => content.len(),
        Some("br") => {
            let mut plain = Vec::new();
            brotli::Decompressor::new(&content[..], 4096).read_to_end(&mut plain).unwrap()
        }
        Some(other) => panic!("a body in {other}"),
    }
}
