use std::io;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One keep-alive connection that is spoken HTTP on by hand: an HTTP client costs as much as what it
/// is to measure.
pub struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

pub struct Reply {
    pub status: u16,
    pub retry_after: Option<u64>,
    pub body: Vec<u8>,
}

impl Connection {
    pub async fn open(server: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(server).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, received: Vec::with_capacity(2048) })
    }

    pub async fn post(&mut self, path: &str, body: &[u8]) -> io::Result<Reply> {
        let mut request = Vec::with_capacity(body.len() + 160);
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n",
            body.len()
        );
        request.extend_from_slice(head.as_bytes());
        request.extend_from_slice(body);
        self.stream.write_all(&request).await?;
        self.reply().await
    }

    async fn reply(&mut self) -> io::Result<Reply> {
        self.received.clear();
        let head = loop {
            if let Some(end) = self.received.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
            self.receive().await?;
        };
        let (status, length, retry_after) = {
            let text = std::str::from_utf8(&self.received[..head]).map_err(unexpected)?;
            let status = text.split(' ').nth(1).and_then(|status| status.parse().ok());
            let length = number(text, "content-length").ok_or_else(|| unexpected("no length"))?;
            let status = status.ok_or_else(|| unexpected("no status"))?;
            (status, length as usize, number(text, "retry-after"))
        };
        while self.received.len() < head + 4 + length {
            self.receive().await?;
        }
        Ok(Reply { status, retry_after, body: self.received[head + 4..].to_vec() })
    }

    async fn receive(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.received).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

fn number(head: &str, header: &str) -> Option<u64> {
    let mut lines = head.lines().filter_map(|line| line.split_once(':'));
    let (_, value) = lines.find(|(name, _)| name.eq_ignore_ascii_case(header))?;
    value.trim().parse().ok()
}

fn unexpected(problem: impl ToString) -> io::Error {
    io::Error::other(problem.to_string())
}
