use super::{Known, Line};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use tokio::sync::{mpsc, oneshot};

/// A line and who waits until the disk has it.
pub(super) type Waiting = (String, oneshot::Sender<std::io::Result<()>>);

pub(super) fn line(line: &Line) -> String {
    serde_json::to_string(line).unwrap_or_default() + "\n"
}

/// One sync for all lines that wait.
pub(super) fn write_together(mut file: File, mut waiting: mpsc::UnboundedReceiver<Waiting>) {
    while let Some(first) = waiting.blocking_recv() {
        let mut batch = vec![first];
        while let Ok(next) = waiting.try_recv() {
            batch.push(next);
        }
        let (lines, replies): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
        let result = write(&mut file, &lines);
        for reply in replies {
            let result = result.as_ref().copied().map_err(|e| std::io::Error::from(e.kind()));
            let _ = reply.send(result);
        }
    }
}

pub(super) fn write(file: &mut File, lines: &[String]) -> std::io::Result<()> {
    file.write_all(lines.concat().as_bytes())?;
    file.sync_data()
}

/// What the file says. A last line without its end was being written when the replay was killed:
/// the step it announces was not taken.
pub(super) fn read(path: &Path) -> Result<Known, String> {
    let mut known = Known::default();
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(known),
        Err(error) => return Err(error.to_string()),
    };
    let mut reader = BufReader::new(file);
    let (mut text, mut whole) = (Vec::new(), 0);
    for number in 1.. {
        text.clear();
        let length = reader.read_until(b'\n', &mut text).map_err(|e| e.to_string())?;
        if text.last() != Some(&b'\n') {
            break;
        }
        whole += length as u64;
        let line = serde_json::from_slice(&text).map_err(|e| format!("line {number}: {e}"))?;
        known.take(line);
    }
    let file = OpenOptions::new().write(true).open(path).map_err(|e| e.to_string())?;
    file.set_len(whole).map_err(|e| e.to_string())?;
    Ok(known)
}
