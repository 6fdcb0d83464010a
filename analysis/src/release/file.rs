//! A release as JSON Lines: the header, then one line a group, by level and id. No clock, host
//! or float noise: recomputing gives the same bytes.

use super::{Cell, Cells, Group, Header, Release, SCHEMA, Tenths};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Why a text is not a release, with the line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct ReleaseFileError {
    /// From 1.
    pub line: usize,
    pub problem: ReleaseFileProblem,
}

/// What is wrong with a line of a release.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseFileProblem {
    #[error("the header is missing")]
    NoHeader,
    #[error("format version {0} is not known; this program reads {SCHEMA}")]
    Schema(u32),
    #[error("{0}")]
    Json(String),
    #[error("group {0} is out of order or there twice; groups go by level and id")]
    Order(String),
    #[error("indicator {0}: the band or its interval is upside down or apart")]
    Band(String),
}

impl Release {
    /// The whole file, each line ended by a line feed.
    pub fn write_json_lines(&self) -> String {
        let mut text = self.header.to_line();
        text.push('\n');
        for group in &self.groups {
            text.push_str(&group.to_line());
            text.push('\n');
        }
        text
    }

    /// Reads several releases, one after the other, each beginning with its header: those of a
    /// wave with several definitions.
    ///
    /// # Errors
    /// The first line that is not as it should be.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, ReleaseFileError> {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let is_header = |line: &str| line.starts_with("{\"schema\"");
        let (mut releases, mut first) = (Vec::new(), 0);
        for one in lines.chunk_by(|_, next| !is_header(next)) {
            let release = Self::parse_json_lines(&one.concat())
                .map_err(|error| ReleaseFileError { line: first + error.line, ..error })?;
            releases.push(release);
            first += one.len();
        }
        Ok(releases)
    }

    /// Reads what [`Self::write_json_lines`] writes.
    ///
    /// # Errors
    /// The first line that is not as it should be.
    pub fn parse_json_lines(text: &str) -> Result<Self, ReleaseFileError> {
        let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
        let (line, first) = lines
            .next()
            .ok_or(ReleaseFileError { line: 1, problem: ReleaseFileProblem::NoHeader })?;
        let header =
            Header::from_line(first).map_err(|problem| ReleaseFileError { line, problem })?;
        let mut groups: Vec<Group> = Vec::new();
        for (line, text) in lines {
            let group = Group::from_line(text)
                .and_then(|group| after(groups.last(), group))
                .map_err(|problem| ReleaseFileError { line, problem })?;
            groups.push(group);
        }
        Ok(Self { header, groups })
    }
}

impl Header {
    /// The header as one line of JSON, without its end.
    pub fn to_line(&self) -> String {
        json(self)
    }

    /// Reads what [`Self::to_line`] writes.
    ///
    /// # Errors
    /// The text is not a header, or one of another version of the format.
    pub fn from_line(line: &str) -> Result<Self, ReleaseFileProblem> {
        let value: serde_json::Value = parse(line)?;
        let schema = value.get("schema").and_then(serde_json::Value::as_u64);
        match schema.and_then(|schema| u32::try_from(schema).ok()) {
            Some(schema) if schema != SCHEMA => Err(ReleaseFileProblem::Schema(schema)),
            _ => parse(line),
        }
    }
}

impl Group {
    /// The group as one line of JSON, without its end: what the database stores of it.
    pub fn to_line(&self) -> String {
        json(self)
    }

    /// Adds that line, with its end.
    pub(crate) fn push_line(&self, lines: &mut Vec<u8>) {
        // As in `json`, and memory takes every byte.
        let _ = serde_json::to_writer(&mut *lines, self);
        lines.push(b'\n');
    }

    /// Reads what [`Self::to_line`] writes.
    ///
    /// # Errors
    /// The text is not a group, or a band of it cannot be.
    pub fn from_line(line: &str) -> Result<Self, ReleaseFileProblem> {
        let group: Self = parse(line)?;
        let wrong = {
            let parts = group.by.values().flat_map(|parts| parts.values());
            let mut cells =
                parts.map(|part| &part.cells).chain([&group.cells]).flat_map(Cells::iter);
            cells.find(|(_, cell)| !possible(cell)).map(|(id, _)| id.to_owned())
        };
        wrong.map_or(Ok(group), |indicator| Err(ReleaseFileProblem::Band(indicator)))
    }
}

/// Whether a band has its ends in order and lies inside its interval.
fn possible(cell: &Cell) -> bool {
    match cell {
        Cell::Band { low, high, interval: [from, to] } => {
            from <= low && low < high && high <= to && *to <= Tenths::ALL
        }
        Cell::Hidden { .. } => true,
    }
}

fn after(last: Option<&Group>, group: Group) -> Result<Group, ReleaseFileProblem> {
    match last {
        Some(last) if (last.level, &last.group) >= (group.level, &group.group) => {
            Err(ReleaseFileProblem::Order(group.group))
        }
        _ => Ok(group),
    }
}

/// The types of a release have text keys and finite numbers, for which JSON cannot fail.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn parse<T: DeserializeOwned>(line: &str) -> Result<T, ReleaseFileProblem> {
    serde_json::from_str(line).map_err(|error| ReleaseFileProblem::Json(error.to_string()))
}
