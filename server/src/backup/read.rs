//! Reads what `write` writes, and checks it as it goes.

use super::BackupError;
use super::write::{End, TableEnd, TableLine};
use crate::definitions::hex;
use crate::storage::rows::Cell;
use crate::storage::schema::Table;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

/// Bytes of a line at most: far more than the longest text that a column has.
const LONGEST: u64 = 64 << 20;

/// How many rows each table has.
pub type Counts = BTreeMap<String, u64>;

/// What comes next.
pub(super) enum Piece {
    Table(Table),
    Row(Vec<Cell>),
    EndOfTable,
    /// Everything was there and fits its check sums.
    End,
}

/// The lines of a backup. A row is given before its table's check sum is seen: what is done with
/// rows is to be undone unless [`Piece::End`] came.
pub(super) struct Reading<R> {
    path: PathBuf,
    lines: R,
    line: Vec<u8>,
    number: u64,
    whole: Sha256,
    part: Sha256,
    table: Option<Table>,
    rows: u64,
    counts: Counts,
}

impl<R: BufRead> Reading<R> {
    /// Reads the first line, which must be this one.
    pub fn begin(path: &Path, lines: R, header: &str) -> Result<Self, BackupError> {
        let (whole, part) = (Sha256::new(), Sha256::new());
        let mut reading = Self {
            path: path.to_owned(),
            lines,
            line: Vec::new(),
            number: 0,
            whole,
            part,
            table: None,
            rows: 0,
            counts: Counts::new(),
        };
        reading.take()?;
        match reading.line == header.as_bytes() {
            true => Ok(reading),
            false => Err(BackupError::Damaged {
                path: path.to_owned(),
                problem: "its first line is not the one that was sealed with it".to_owned(),
            }),
        }
    }

    /// How many rows each table had that was read to its end.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    pub fn next(&mut self) -> Result<Piece, BackupError> {
        let before = self.whole.clone();
        self.take()?;
        match &self.table {
            Some(table) if self.line.starts_with(b"[") => {
                let row: Vec<Cell> =
                    serde_json::from_slice(&self.line).map_err(|_| self.wrong("not a row"))?;
                if row.len() != table.columns.len() {
                    return Err(self.wrong("a row has another number of columns than its table"));
                }
                self.part.update(&self.line);
                self.rows += 1;
                Ok(Piece::Row(row))
            }
            Some(table) => {
                let end: TableEnd = serde_json::from_slice(&self.line)
                    .map_err(|_| self.wrong("expected is the end of a table"))?;
                if (end.rows, end.sha256) != (self.rows, hex(&self.part.clone().finalize())) {
                    return Err(self.wrong("the check sum of a table does not fit"));
                }
                self.counts.insert(table.name.clone(), self.rows);
                self.table = None;
                Ok(Piece::EndOfTable)
            }
            None => self.table_or_end(before),
        }
    }

    fn table_or_end(&mut self, before: Sha256) -> Result<Piece, BackupError> {
        if let Ok(TableLine { table: name, columns }) = serde_json::from_slice(&self.line) {
            if self.counts.contains_key(&name) {
                return Err(self.wrong("a table is there twice"));
            }
            let table = Table { name, columns };
            (self.part, self.rows) = (Sha256::new(), 0);
            self.table = Some(table.clone());
            return Ok(Piece::Table(table));
        }
        let end: End = serde_json::from_slice(&self.line)
            .map_err(|_| self.wrong("expected is a table or the last line"))?;
        let rows: u64 = self.counts.values().sum();
        let got = (self.counts.len() as u64, rows, hex(&before.finalize()));
        if (end.tables, end.rows_in_all, end.sha256) != got {
            return Err(self.wrong("the check sum of the whole does not fit"));
        }
        let mut more = [0];
        // The end of what is sealed is read too: only there age tells that nothing was cut off.
        match self.lines.read(&mut more) {
            Ok(0) => Ok(Piece::End),
            Ok(_) => Err(self.wrong("there is something after the last line")),
            Err(error) => Err(self.damaged(&error)),
        }
    }

    /// The next line with its end.
    fn take(&mut self) -> Result<(), BackupError> {
        self.line.clear();
        self.number += 1;
        let read = (&mut self.lines).take(LONGEST).read_until(b'\n', &mut self.line);
        read.map_err(|error| self.damaged(&error))?;
        if !self.line.ends_with(b"\n") {
            return Err(self.wrong("it ends before its last line"));
        }
        self.whole.update(&self.line);
        Ok(())
    }

    fn damaged(&self, error: &std::io::Error) -> BackupError {
        BackupError::Damaged { path: self.path.clone(), problem: error.to_string() }
    }

    pub fn wrong(&self, problem: &str) -> BackupError {
        BackupError::Line {
            path: self.path.clone(),
            line: self.number,
            problem: problem.to_owned(),
        }
    }
}
