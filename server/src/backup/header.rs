use super::BackupError;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::io::{BufRead, Read};
use std::path::Path;
use uuid::Uuid;

const KIND: &str = "senim backup";
const FORMAT: u32 = 1;
/// Bytes of the line at most: ten thousand waves.
const LONGEST: u64 = 1 << 19;

/// What a backup is, for anybody to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    kind: String,
    format: u32,
    pub part: Part,
    /// The day in Kazakhstan on which it was taken: `YYYY-MM-DD`.
    day: String,
    /// The version of the tables; 0 for secrets.
    pub tables: i64,
    /// Whose sealed responses, spent values and slips, or whose token secrets, are in it.
    pub waves: Vec<Uuid>,
}

/// What is backed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    Database,
    Secrets,
}

impl Part {
    pub fn name(self) -> &'static str {
        match self {
            Self::Database => "a database",
            Self::Secrets => "secrets",
        }
    }
}

/// Of any format, to tell a newer one from what is no backup.
#[derive(Deserialize)]
struct Any {
    kind: String,
    format: u32,
}

impl Header {
    pub fn new(part: Part, day: Date, tables: i64, waves: Vec<Uuid>) -> Self {
        Self { kind: KIND.to_owned(), format: FORMAT, part, day: day.to_string(), tables, waves }
    }

    /// The day on which it was taken.
    pub fn day(&self) -> Option<Date> {
        self.day.parse().ok()
    }

    /// As it is written, with its end.
    pub(super) fn line(&self) -> String {
        // Its fields are text and numbers, for which JSON cannot fail.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }

    /// Reads the line that a file begins with, and not a byte more.
    pub(super) fn read(path: &Path, file: &mut impl BufRead) -> Result<Self, BackupError> {
        let mut line = Vec::new();
        file.take(LONGEST).read_until(b'\n', &mut line).map_err(BackupError::io(path))?;
        let not_backup = || BackupError::NotBackup { path: path.to_owned() };
        let any: Any = serde_json::from_slice(&line).map_err(|_| not_backup())?;
        if any.kind != KIND || !line.ends_with(b"\n") {
            return Err(not_backup());
        }
        if any.format != FORMAT {
            let (path, got) = (path.to_owned(), any.format);
            return Err(BackupError::Format { path, got, known: FORMAT });
        }
        let header: Self = serde_json::from_slice(&line).map_err(|_| not_backup())?;
        match header.line().as_bytes() == line && header.day().is_some() {
            true => Ok(header),
            false => Err(not_backup()),
        }
    }
}
