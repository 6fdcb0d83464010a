//! A release made on another machine, as a file: the releases by definition as JSON Lines, just as
//! `senim release --out` writes them, then one last line that says what they were made from.

use super::{ReleaseError, Report};
use crate::definitions::hex;
use analysis::Release;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use uuid::Uuid;

/// The releases of one wave, not published yet.
#[derive(Debug)]
pub struct MadeRelease {
    pub wave: Uuid,
    /// Of the file of envelopes before its last line.
    pub envelopes_sha256: String,
    pub report: Report,
    pub releases: Vec<Release>,
}

/// The last line.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    made_of_wave: Uuid,
    envelopes_sha256: String,
    responses: u32,
    unreadable: u32,
    /// Of every byte before this line, and of this line as it is with no text here.
    sha256: String,
}

impl End {
    /// The line of a file that begins with `before`, without its end.
    fn line(&self, before: &str) -> String {
        let mut end = Self { sha256: String::new(), ..self.clone() };
        end.sha256 = hex(&Sha256::new().chain_update(before).chain_update(end.json()).finalize());
        end.json()
    }

    fn json(&self) -> String {
        // Its fields are text and numbers, for which JSON cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl MadeRelease {
    /// The whole file.
    pub fn text(&self) -> String {
        let mut text: String = self.releases.iter().map(Release::write_json_lines).collect();
        let end = End {
            made_of_wave: self.wave,
            envelopes_sha256: self.envelopes_sha256.clone(),
            responses: self.report.responses,
            unreadable: self.report.unreadable,
            sha256: String::new(),
        };
        text += &end.line(&text);
        text.push('\n');
        text
    }

    /// Reads what [`Self::text`] gives.
    ///
    /// # Errors
    /// The file was cut off or changed, with the line.
    pub fn read(path: &Path) -> Result<Self, ReleaseError> {
        let wrong = |line, problem: &str| ReleaseError::Line {
            path: path.to_owned(),
            line,
            problem: problem.to_owned(),
        };
        let bytes = fs::read(path).map_err(ReleaseError::file(path))?;
        let text = as_text(&bytes)
            .map_err(|line| wrong(line, "this is not text: the file was changed"))?;
        let lines = text.lines().count().max(1);
        let cut_off = || {
            wrong(
                lines,
                "a release from `senim release --envelopes` has another last line: \
                this was cut off, or made in another way",
            )
        };
        let whole = text.strip_suffix('\n').ok_or_else(cut_off)?;
        let (before, last) = whole.rsplit_once('\n').ok_or_else(cut_off)?;
        let end: End = serde_json::from_str(last).map_err(|_| cut_off())?;
        let before = &text[..=before.len()];
        if end.line(before) != last {
            return Err(wrong(lines, "the check sum does not fit: the file was changed"));
        }
        let releases = Release::parse_all(before)
            .map_err(|error| wrong(error.line, &error.problem.to_string()))?;
        let groups = releases.iter().map(|release| release.groups.len()).sum();
        let End { made_of_wave: wave, envelopes_sha256, responses, unreadable, .. } = end;
        let report = Report { responses, unreadable, groups };
        Ok(Self { wave, envelopes_sha256, report, releases })
    }
}

/// The line that is none is the error.
fn as_text(bytes: &[u8]) -> Result<&str, usize> {
    str::from_utf8(bytes).map_err(|error| {
        let before = bytes.iter().take(error.valid_up_to());
        1 + before.filter(|byte| **byte == b'\n').count()
    })
}
