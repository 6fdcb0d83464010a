use crate::server::Server;
use std::io;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Where a connection breaks, as a share of the bytes that have passed: 0 is before the first one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cut {
    /// The server gets so much of the request and never the rest.
    InRequest(f64),
    /// The request is carried out, and the tablet gets so much of the reply.
    InReply(f64),
}

/// A network that breaks once, when it is told to.
pub struct Cutter {
    address: String,
    next: Arc<Mutex<Option<Cut>>>,
    lost: Arc<Mutex<Vec<u8>>>,
}

impl Cutter {
    /// Listens on a port of its own until the test ends. One request a connection.
    pub async fn before(server: &Server) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (next, lost) = (Arc::default(), Arc::default());
        let cutter = Self { address, next, lost };
        let (next, lost) = (cutter.next.clone(), cutter.lost.clone());
        let target = server.url().replace("http://", "");
        tokio::spawn(async move {
            while let Ok((tablet, _)) = listener.accept().await {
                let cut = next.lock().unwrap().take();
                let server = TcpStream::connect(&target).await.unwrap();
                let (lost, passing) = (lost.clone(), pass(tablet, server, cut));
                tokio::spawn(async move { *lost.lock().unwrap() = passing.await.unwrap() });
            }
        });
        cutter
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Breaks the next connection.
    pub fn cut(&self, cut: Cut) {
        *self.next.lock().unwrap() = Some(cut);
    }

    /// The body of the last reply that the server gave, whether or not it arrived.
    pub fn last_body(&self) -> String {
        let reply = self.lost.lock().unwrap().clone();
        let start = end_of_head(&reply).unwrap();
        String::from_utf8(reply[start..].to_vec()).unwrap()
    }
}

/// The server's reply, or nothing where it was not asked.
async fn pass(
    mut tablet: TcpStream,
    mut server: TcpStream,
    cut: Option<Cut>,
) -> io::Result<Vec<u8>> {
    let request = message(&mut tablet).await?;
    if let Some(Cut::InRequest(share)) = cut {
        server.write_all(first(&request, share)).await?;
        return Ok(Vec::new());
    }
    server.write_all(&request).await?;
    let reply = message(&mut server).await?;
    match cut {
        Some(Cut::InReply(share)) => tablet.write_all(first(&reply, share)).await?,
        _ => tablet.write_all(&reply).await?,
    }
    Ok(reply)
}

/// Never the whole: what is cut lacks a byte at least.
fn first(message: &[u8], share: f64) -> &[u8] {
    let length = (message.len() as f64 * share) as usize;
    &message[..length.min(message.len() - 1)]
}

/// A message that says how long its body is, which all of the survey's do.
async fn message(from: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut message = Vec::new();
    while !is_whole(&message) {
        if from.read_buf(&mut message).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(message)
}

fn is_whole(message: &[u8]) -> bool {
    let Some(body) = end_of_head(message) else { return false };
    let head = String::from_utf8_lossy(&message[..body]).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    let length: usize = length.map_or(0, |length| length.trim().parse().unwrap());
    message.len() >= body + length
}

fn end_of_head(message: &[u8]) -> Option<usize> {
    message.windows(4).position(|end| end == b"\r\n\r\n").map(|start| start + 4)
}
