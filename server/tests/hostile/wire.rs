use std::net::SocketAddr;
use std::time::Duration;
use tests::Server;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Longer than any reply takes on a busy machine.
const LONG: Duration = Duration::from_secs(120);

/// Bytes to a server and back, past every HTTP library.
#[derive(Clone, Copy)]
pub(crate) struct Wire(SocketAddr);

/// What came back; status 0 when nothing did.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) status: u16,
    /// Led to sign in, which is how pages refuse who is not.
    pub(crate) to_sign_in: bool,
    pub(crate) body: Vec<u8>,
}

impl Wire {
    pub(crate) fn to(server: &Server) -> Self {
        Self(server.url().strip_prefix("http://").unwrap().parse().unwrap())
    }

    /// On a connection of its own.
    pub(crate) async fn send(self, bytes: &[u8]) -> Sent {
        let mut connection = TcpStream::connect(self.0).await.unwrap();
        let (mut from, mut to) = connection.split();
        let mut reply = Vec::new();
        // A server that has refused does not wait for the rest and may cut the sending off.
        let spoken = async {
            let _ = to.write_all(bytes).await;
        };
        let heard = async {
            let mut piece = [0; 4096];
            while let Ok(length @ 1..) = from.read(&mut piece).await {
                reply.extend_from_slice(&piece[..length]);
            }
        };
        let both = async { tokio::join!(spoken, heard) };
        timeout(LONG, both).await.expect("no end of the reply");
        let end = reply.windows(4).position(|four| four == b"\r\n\r\n");
        let status = reply.get(9..12).and_then(|status| std::str::from_utf8(status).ok());
        let status = status.and_then(|status| status.parse().ok()).unwrap_or_default();
        let body = end.map_or_else(Vec::new, |end| reply.split_off(end + 4));
        let to_sign_in = reply.windows(18).any(|head| head == b"location: /sign-in");
        Sent { status, to_sign_in, body }
    }
}

/// A request with the headers that every good one has, and these.
pub(crate) fn request(
    method: &str,
    path: &[u8],
    headers: &[(&[u8], &[u8])],
    body: &[u8],
) -> Vec<u8> {
    let mut bytes =
        [method.as_bytes(), b" ", path, b" HTTP/1.1\r\nhost: x\r\nconnection: close\r\n"].concat();
    for (name, value) in headers {
        bytes.extend([*name, b": ", *value, b"\r\n"].concat());
    }
    let sized = headers
        .iter()
        .any(|(name, _)| [&b"content-length"[..], b"transfer-encoding"].contains(name));
    if !sized && (!body.is_empty() || method == "POST" || method == "PUT") {
        bytes.extend(format!("content-length: {}\r\n", body.len()).into_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(body);
    bytes
}
