//! What a commit leaves in a database's journal, read after every one.

use sqlx::AnyPool;
use sqlx::any::AnyPoolOptions;
use std::collections::HashMap;
use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;
use tests::{Database, Server};

/// New bytes of a journal: how many, and how many an order-0 coder would need for them, which is
/// fewer where something is written in clear.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Growth {
    pub length: usize,
    pub content: f64,
}

pub enum Journal {
    /// The write-ahead log: where its next frame begins, and the salts of its current round.
    Sqlite { path: PathBuf, at: u64, salts: [u8; 8] },
    /// The log sequence number up to which the log was read.
    Postgres { pool: AnyPool, at: i64 },
}

const HEADER: u64 = 32;
const FRAME_HEADER: usize = 24;
/// What one read of PostgreSQL's log may take: a commit after a checkpoint writes whole pages.
const LONGEST: i64 = 256 * 1024;
const SEGMENT: i64 = 16 * 1024 * 1024;

impl Journal {
    pub async fn of(server: &Server) -> Self {
        match server.database.kind {
            Database::Sqlite => {
                let path = server.path().join("senim.sqlite-wal");
                Self::Sqlite { path, at: HEADER, salts: [0; 8] }
            }
            Database::Postgres => {
                let pool = AnyPoolOptions::new().max_connections(1);
                let pool = pool.connect(&server.database.url).await.unwrap();
                let at = position(&pool).await;
                Self::Postgres { pool, at }
            }
        }
    }

    /// What was written since the last call.
    pub async fn growth(&mut self) -> Growth {
        let written = match self {
            Self::Sqlite { path, at, salts } => frames(path, at, salts),
            Self::Postgres { pool, at } => {
                let from = std::mem::replace(at, position(pool).await);
                log_bytes(pool, from, *at).await
            }
        };
        Growth { length: written.len(), content: content(&written) }
    }
}

/// The frames that were appended, across a restart of the log.
fn frames(path: &PathBuf, at: &mut u64, salts: &mut [u8; 8]) -> Vec<u8> {
    let Ok(mut file) = std::fs::File::open(path) else { return Vec::new() };
    let mut header = [0; HEADER as usize];
    if file.read_exact(&mut header).is_err() {
        return Vec::new();
    }
    if header[16..24] != *salts {
        salts.copy_from_slice(&header[16..24]);
        *at = HEADER;
    }
    let page = u32::from_be_bytes([header[8], header[9], header[10], header[11]]) as usize;
    let mut rest = Vec::new();
    file.seek(SeekFrom::Start(*at)).unwrap();
    file.read_to_end(&mut rest).unwrap();
    let frames = rest.chunks_exact(FRAME_HEADER + page);
    // Frames of an earlier round may lie behind.
    let new = frames.take_while(|frame| frame[8..16] == *salts).count() * (FRAME_HEADER + page);
    *at += new as u64;
    rest.truncate(new);
    rest
}

async fn position(pool: &AnyPool) -> i64 {
    let position = "select (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint";
    sqlx::query_scalar(position).fetch_one(pool).await.unwrap()
}

/// Up to the end of the segment; what lies behind it belongs to the next commit's reading.
async fn log_bytes(pool: &AnyPool, from: i64, to: i64) -> Vec<u8> {
    let offset = from % SEGMENT;
    let length = (to - from).min(SEGMENT - offset).min(LONGEST);
    let read = sqlx::query_scalar(
        "select pg_read_binary_file('pg_wal/' || pg_walfile_name($1::text::pg_lsn), $2, $3, true)",
    );
    let lsn = format!("{:X}/{:X}", from >> 32, (from & 0xffff_ffff) + 1);
    let read = read.bind(lsn).bind(offset).bind(length).fetch_one(pool).await;
    let bytes: Option<Vec<u8>> = read.unwrap();
    bytes.unwrap_or_default()
}

fn content(bytes: &[u8]) -> f64 {
    let mut counts: HashMap<u8, f64> = HashMap::new();
    for byte in bytes {
        *counts.entry(*byte).or_default() += 1.0;
    }
    let all = bytes.len() as f64;
    // In the order of the bytes: sums of fractions depend on it.
    let mut counts: Vec<f64> = counts.into_values().collect();
    counts.sort_by(f64::total_cmp);
    counts.iter().map(|count| -count * (count / all).log2()).sum::<f64>() / 8.0
}
