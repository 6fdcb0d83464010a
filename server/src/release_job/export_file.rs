//! Reads what `export` writes: once from the first to the last line to check it, then class by
//! class, so that memory never holds all of it.

use super::ReleaseError;
use super::export::{End, Header, KIND, Line, SCHEMA};
use crate::definitions::hex;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use uuid::Uuid;

const BUFFER: usize = 1 << 20;
const CUT_OFF: &str = "the file ends before its last line: it was cut off; copy it again";

/// A checked file of envelopes.
pub struct ExportFile {
    path: PathBuf,
    file: File,
    /// From which byte on each class's lines lie; one more for the end.
    starts: Vec<u64>,
    pub sha256: String,
}

impl ExportFile {
    /// Reads all of it.
    ///
    /// # Errors
    /// The first line that is not as it should be, or the last when the check sum does not fit.
    pub(super) fn check(path: &Path) -> Result<(Header, Self), ReleaseError> {
        let file = File::open(path).map_err(ReleaseError::file(path))?;
        let mut lines = Lines::of(path, &file);
        let header: Header = serde_json::from_slice(lines.required()?).map_err(|_| {
            lines_wrong(path, 1, "this is not the first line of a file of envelopes")
        })?;
        if (header.kind.as_str(), header.schema) != (KIND, SCHEMA) {
            let problem = "not a file of envelopes that this program reads";
            return Err(lines_wrong(path, 1, problem));
        }
        let starts = starts(&header, &mut lines)?;
        let before = hex(&lines.hash.clone().finalize());
        let end: End = serde_json::from_slice(lines.required()?)
            .map_err(|_| lines_wrong(path, header.envelopes + 2, "expected the last line"))?;
        if (end.count, &end.sha256) != (header.envelopes, &before) {
            return Err(lines.wrong("the check sum does not fit: the file was changed"));
        }
        if lines.more()? {
            return Err(lines.wrong("there is something after the last line"));
        }
        Ok((header, Self { path: path.to_owned(), file, starts, sha256: end.sha256 }))
    }

    /// The envelopes of a class by its place in the header.
    pub fn of_class(&self, class: usize) -> Result<Vec<String>, ReleaseError> {
        let (Some(from), Some(to)) = (self.starts.get(class), self.starts.get(class + 1)) else {
            return Ok(vec![]);
        };
        let mut bytes = vec![0; (to - from) as usize];
        self.file.read_exact_at(&mut bytes, *from).map_err(ReleaseError::file(&self.path))?;
        let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let envelope =
            |line| serde_json::from_slice(line).map(|line: Line<'_>| line.envelope.to_owned());
        let changed = |_| {
            let error = std::io::Error::other("the file was changed while it was read");
            ReleaseError::File { path: self.path.clone(), error }
        };
        lines.map(|line| envelope(line).map_err(changed)).collect()
    }
}

/// Checks every envelope's line; where the lines of each class begin.
fn starts(header: &Header, lines: &mut Lines<'_>) -> Result<Vec<u64>, ReleaseError> {
    let places: HashMap<Uuid, usize> =
        header.classes.iter().enumerate().map(|(place, class)| (class.id, place)).collect();
    if places.len() != header.classes.len() {
        return Err(lines.wrong("a class is there twice"));
    }
    let mut starts = vec![lines.read];
    let mut last = String::new();
    for _ in 0..header.envelopes {
        let start = lines.read;
        let (number, path) = (lines.number + 1, lines.path);
        let wrong = |problem: &str| lines_wrong(path, number, problem);
        let line: Line<'_> = serde_json::from_slice(lines.required()?)
            .map_err(|_| wrong("this is not an envelope"))?;
        let place = *places.get(&line.class).ok_or_else(|| wrong("no class has this id"))?;
        if place + 1 < starts.len() {
            return Err(wrong("the classes are out of order"));
        }
        if place + 1 > starts.len() {
            starts.resize(place + 1, start);
            last.clear();
        }
        if *line.id <= *last {
            return Err(wrong("out of order within its class, or there twice"));
        }
        last.replace_range(.., line.id);
    }
    starts.resize(header.classes.len() + 1, lines.read);
    Ok(starts)
}

fn lines_wrong(path: &Path, line: usize, problem: &str) -> ReleaseError {
    ReleaseError::Line { path: path.to_owned(), line, problem: problem.to_owned() }
}

/// Whole lines, hashed and counted as they are read.
struct Lines<'a> {
    path: &'a Path,
    reader: BufReader<&'a File>,
    line: Vec<u8>,
    hash: Sha256,
    /// Of the line read last, from 1.
    number: usize,
    /// Bytes read so far.
    read: u64,
}

impl<'a> Lines<'a> {
    fn of(path: &'a Path, file: &'a File) -> Self {
        let reader = BufReader::with_capacity(BUFFER, file);
        Self { path, reader, line: Vec::new(), hash: Sha256::new(), number: 0, read: 0 }
    }

    /// Whether there is anything more.
    fn more(&mut self) -> Result<bool, ReleaseError> {
        self.line.clear();
        let read = self.reader.read_until(b'\n', &mut self.line);
        self.read += read.map_err(ReleaseError::file(self.path))? as u64;
        self.number += 1;
        self.hash.update(&self.line);
        Ok(!self.line.is_empty())
    }

    /// The next line without its end.
    fn required(&mut self) -> Result<&[u8], ReleaseError> {
        self.more()?;
        self.line.strip_suffix(b"\n").ok_or_else(|| lines_wrong(self.path, self.number, CUT_OFF))
    }

    fn wrong(&self, problem: &str) -> ReleaseError {
        lines_wrong(self.path, self.number, problem)
    }
}
