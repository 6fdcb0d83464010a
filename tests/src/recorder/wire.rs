//! HTTP/1.1 as it is on the wire.

use super::Message;
use std::io;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// The first line and the headers, with the empty line after them.
pub(super) struct Head {
    pub(super) bytes: Vec<u8>,
    lines: Vec<String>,
}

/// How the end of a body is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    None,
    Bytes(usize),
    Chunks,
    UntilTheEnd,
}

impl Head {
    /// `None` when the other side has hung up.
    pub(super) async fn read(from: &mut BufReader<TcpStream>) -> io::Result<Option<Self>> {
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

    pub(super) fn first_words(&self) -> (String, String) {
        let mut words = self.lines[0].split(' ').map(str::to_owned);
        (words.next().unwrap(), words.next().unwrap())
    }

    fn headers(&self) -> impl Iterator<Item = (String, &str)> {
        let headers = self.lines[1..].iter().map(|line| line.split_once(':').unwrap());
        headers.map(|(name, value)| (name.to_lowercase(), value.trim()))
    }

    pub(super) fn value(&self, wanted: &str) -> Option<String> {
        self.headers().find(|(name, _)| name == wanted).map(|(_, value)| value.to_owned())
    }

    /// Without its body, which is still to come.
    pub(super) fn message(&self) -> Message {
        let headers = self.headers().map(|(name, _)| name).collect();
        Message { headers, head: self.bytes.len(), body: 0 }
    }

    pub(super) fn body(&self, untold: Body) -> Body {
        match (self.value("content-length"), self.value("transfer-encoding")) {
            (Some(length), _) => Body::Bytes(length.parse().unwrap()),
            (None, Some(_)) => Body::Chunks,
            (None, None) => untold,
        }
    }
}

/// Passes a body on; how many bytes it had on the wire, and what stood in it.
pub(super) async fn pass(
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
