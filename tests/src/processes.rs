//! What processes have spent so far, as the kernel counts it.

use crate::{Database, Server};
use std::time::Duration;

/// Clock ticks a second in /proc, the same on every machine that Linux supports Rust on.
const TICKS: u64 = 100;

/// The server's own backends on PostgreSQL: beside them only who asks is connected.
const BACKENDS: &str = "select coalesce(string_agg(pid::text, ' '), '') from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()";

/// Time that processors have spent so far, in the kernel's work for the process too.
#[derive(Debug, Clone, Copy)]
pub struct Cpu {
    pub server: Duration,
    /// In PostgreSQL for this server; nothing for SQLite, which is part of the server, and where
    /// PostgreSQL is another machine's.
    pub database: Duration,
}

impl Cpu {
    pub async fn of(server: &Server) -> Self {
        Self::of_all(&[server]).await
    }

    /// Of servers on one database.
    pub async fn of_all(servers: &[&Server]) -> Self {
        let database = &servers[0].database;
        let backends = match database.kind {
            Database::Sqlite => String::new(),
            Database::Postgres => database.text(BACKENDS).await,
        };
        let backends = backends.split_whitespace().map(|id| id.parse().unwrap());
        Self {
            server: servers.iter().map(|server| spent_by(server.process_id()).unwrap()).sum(),
            database: backends.map(|id| spent_by(id).unwrap_or_default()).sum(),
        }
    }

    pub fn since(self, before: Self) -> Self {
        Self { server: self.server - before.server, database: self.database - before.database }
    }
}

/// Fields 14 and 15 of /proc/ID/stat, counted from behind the name, which may hold spaces.
pub fn spent_by(process: u32) -> Option<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks: u64 = ticks.map(|field| field.parse::<u64>().unwrap()).sum();
    Some(Duration::from_millis(ticks * 1000 / TICKS))
}

/// The most memory that a process has held at once, in kilobytes.
pub fn most_memory(process: u32) -> Option<u64> {
    memory(process, "VmHWM:")
}

/// The memory that a process holds, in kilobytes.
pub fn held_memory(process: u32) -> Option<u64> {
    memory(process, "VmRSS:")
}

fn memory(process: u32, line: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|one| one.strip_prefix(line))?;
    line.split_whitespace().next()?.parse().ok()
}
