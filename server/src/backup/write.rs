//! What is sealed in a backup, line by line.

use crate::definitions::hex;
use crate::storage::rows::Cell;
use crate::storage::schema::Table;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

/// The line before the rows of a table.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableLine {
    pub table: String,
    pub columns: Vec<String>,
}

/// The line after them.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableEnd {
    pub rows: u64,
    /// Of the rows' lines.
    pub sha256: String,
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct End {
    pub tables: u64,
    pub rows_in_all: u64,
    /// Of every byte before this line.
    pub sha256: String,
}

/// Writes lines and counts them.
pub(super) struct Writing<W> {
    out: W,
    whole: Sha256,
    part: Sha256,
    rows: u64,
    tables: u64,
    rows_in_all: u64,
}

impl<W: Write> Writing<W> {
    /// Begins with the header's line.
    pub fn begin(out: W, header: &str) -> io::Result<Self> {
        let (whole, part) = (Sha256::new(), Sha256::new());
        let mut writing = Self { out, whole, part, rows: 0, tables: 0, rows_in_all: 0 };
        writing.write(header.as_bytes())?;
        Ok(writing)
    }

    pub fn table(&mut self, table: &Table) -> io::Result<()> {
        let Table { name, columns } = table.clone();
        self.part = Sha256::new();
        self.rows = 0;
        self.line(&TableLine { table: name, columns })
    }

    pub fn row(&mut self, row: &[Cell]) -> io::Result<()> {
        let mut line = serde_json::to_vec(row)?;
        line.push(b'\n');
        self.part.update(&line);
        self.rows += 1;
        self.write(&line)
    }

    /// How many rows the table had.
    pub fn end_of_table(&mut self) -> io::Result<u64> {
        let (rows, sha256) = (self.rows, hex(&self.part.finalize_reset()));
        self.line(&TableEnd { rows, sha256 })?;
        self.tables += 1;
        self.rows_in_all += rows;
        Ok(rows)
    }

    pub fn finish(mut self) -> io::Result<W> {
        let sha256 = hex(&self.whole.clone().finalize());
        let end = End { tables: self.tables, rows_in_all: self.rows_in_all, sha256 };
        self.line(&end)?;
        Ok(self.out)
    }

    fn line(&mut self, line: &impl Serialize) -> io::Result<()> {
        let mut bytes = serde_json::to_vec(line)?;
        bytes.push(b'\n');
        self.write(&bytes)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.whole.update(bytes);
        self.out.write_all(bytes)
    }
}
