use crate::server::Server;
use std::collections::BTreeSet;
use std::io::{self, Read};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What stands between browser and server and sees what the school's network sees: HTTP/1.1 in
/// the clear. It passes every byte on unchanged.
pub struct Recorder {
    address: String,
    log: Arc<Mutex<Vec<Exchange>>>,
}

/// A request and what came back, once it has come back whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    pub began: SystemTime,
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
        let began = SystemTime::now();
        log.push(Exchange { began, method, path, sent, reply: None });
        log.len() - 1
    }

    fn note(&self, number: usize, note: impl FnOnce(&mut Exchange)) {
        note(&mut self.log.lock().unwrap()[number]);
    }
}

/// The first line and the headers, with the empty line after them.
struct Head {
    bytes: Vec<u8>,
    lines: Vec<String>,
}

/// How the end of a body is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    None,
    Bytes(usize),
    Chunks,
    UntilTheEnd,
}

impl Head {
    /// `None` when the other side has hung up.
    async fn read(from: &mut BufReader<TcpStream>) -> io::Result<Option<Self>> {
        let (mut bytes, mut lines) = (Vec::new(), Vec::new());
        loop {
            let start = bytes.len();
            if from.read_until(b'\n', &mut bytes).await? == 0 {
                return Ok(None);
            }
            match String::from_utf8_lossy(&bytes[start..]).trim_end() {
                "" => return Ok(Some(Self { bytes, lines })),
                line => lines.push(line.to_owned()),
            }
        }
    }

    fn first_words(&self) -> (String, String) {
        let mut words = self.lines[0].split(' ').map(str::to_owned);
        (words.next().unwrap(), words.next().unwrap())
    }

    fn headers(&self) -> impl Iterator<Item = (String, &str)> {
        let headers = self.lines[1..].iter().map(|line| line.split_once(':').unwrap());
        headers.map(|(name, value)| (name.to_lowercase(), value.trim()))
    }

    fn value(&self, wanted: &str) -> Option<String> {
        self.headers().find(|(name, _)| name == wanted).map(|(_, value)| value.to_owned())
    }

    /// Without its body, which is still to come.
    fn message(&self) -> Message {
        let headers = self.headers().map(|(name, _)| name).collect();
        Message { headers, head: self.bytes.len(), body: 0 }
    }

    fn body(&self, untold: Body) -> Body {
        match (self.value("content-length"), self.value("transfer-encoding")) {
            (Some(length), _) => Body::Bytes(length.parse().unwrap()),
            (None, Some(_)) => Body::Chunks,
            (None, None) => untold,
        }
    }
}

/// Passes a body on; how many bytes it had on the wire, and what stood in it.
async fn pass(
    body: Body,
    from: &mut BufReader<TcpStream>,
    to: &mut BufReader<TcpStream>,
) -> io::Result<(usize, Vec<u8>)> {
    let to = to.get_mut();
    let mut content = Vec::new();
    match body {
        Body::None => {}
        Body::Bytes(length) => pass_bytes(from.take(length as u64), to, &mut content).await?,
        Body::UntilTheEnd => pass_bytes(from, to, &mut content).await?,
        Body::Chunks => return pass_chunks(from, to).await,
    }
    Ok((content.len(), content))
}

async fn pass_chunks(
    from: &mut BufReader<TcpStream>,
    to: &mut TcpStream,
) -> io::Result<(usize, Vec<u8>)> {
    let (mut passed, mut content) = (0, Vec::new());
    loop {
        let mut line = Vec::new();
        pass_line(from, to, &mut line).await?;
        let size = String::from_utf8_lossy(&line).trim().to_owned();
        let size = u64::from_str_radix(&size, 16).map_err(io::Error::other)?;
        let before = content.len();
        pass_bytes(from.take(size), to, &mut content).await?;
        // Ends the chunk, or the body: no server here adds anything after the last chunk.
        let mut end = Vec::new();
        pass_line(from, to, &mut end).await?;
        passed += line.len() + content.len() - before + end.len();
        if size == 0 {
            return Ok((passed, content));
        }
    }
}

async fn pass_line(
    from: &mut BufReader<TcpStream>,
    to: &mut TcpStream,
    line: &mut Vec<u8>,
) -> io::Result<()> {
    from.read_until(b'\n', line).await?;
    to.write_all(line).await
}

/// As it comes, so that a browser sees a body begin as early as without anybody in between.
async fn pass_bytes(
    mut from: impl AsyncBufRead + Unpin,
    to: &mut TcpStream,
    content: &mut Vec<u8>,
) -> io::Result<()> {
    loop {
        let part = from.fill_buf().await?;
        if part.is_empty() {
            return Ok(());
        }
        to.write_all(part).await?;
        content.extend_from_slice(part);
        let length = part.len();
        from.consume(length);
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
