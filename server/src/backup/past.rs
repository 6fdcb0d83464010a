//! Backups whose time is over.

use super::BackupError;
use super::file::header;
use jiff::civil::Date;
use std::fmt;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// A backup that is to be destroyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    pub path: PathBuf,
    pub day: Date,
    pub reason: Reason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    Age,
    /// It holds what pupils sent in a wave that was forgotten.
    Forgotten(Uuid),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Age => f.write_str("past its age"),
            Self::Forgotten(wave) => write!(f, "holds what was forgotten of wave {wave}"),
        }
    }
}

/// The backups of a folder that were taken before `since`, or that hold what a forgotten wave has
/// left, but not those in `kept`; by path. Anything else in the folder is left alone.
pub fn find(
    folder: &Path,
    since: Date,
    forgotten: &[Uuid],
    kept: &[&Path],
) -> Result<Vec<Past>, BackupError> {
    let entries = folder.read_dir().map_err(BackupError::io(folder))?;
    let mut past = Vec::new();
    for entry in entries {
        let path = entry.map_err(BackupError::io(folder))?.path();
        let is_kept = kept.iter().any(|kept| kept.file_name() == path.file_name());
        // What is no backup, or one of another format, is somebody else's to judge.
        if is_kept || !path.is_file() {
            continue;
        }
        let Ok(header) = header(&path) else { continue };
        let Some(day) = header.day() else { continue };
        let reason = match header.waves.iter().find(|wave| forgotten.contains(wave)) {
            Some(wave) => Some(Reason::Forgotten(*wave)),
            None => (day < since).then_some(Reason::Age),
        };
        past.extend(reason.map(|reason| Past { path, day, reason }));
    }
    past.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(past)
}
