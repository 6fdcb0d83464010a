use std::time::Duration;
use tests::{Database, Server};

/// Clock ticks a second in /proc, the same on every machine that Linux supports Rust on.
const TICKS: u64 = 100;

/// The server's own backends on PostgreSQL: beside them only who asks is connected.
const BACKENDS: &str = "select coalesce(string_agg(pid::text, ' '), '') from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()";

/// Time that processors have spent so far, in the kernel's work for the process too.
#[derive(Clone, Copy)]
pub struct Cpu {
    pub server: Duration,
    /// In PostgreSQL for this server; nothing for SQLite, which is part of the server, and where
    /// PostgreSQL is another machine's.
    pub database: Duration,
}

impl Cpu {
    pub async fn of(server: &Server) -> Self {
        let backends = match server.database.kind {
            Database::Sqlite => String::new(),
            Database::Postgres => server.database.text(BACKENDS).await,
        };
        let database = backends.split_whitespace().map(|id| spent_by(id).unwrap_or_default()).sum();
        Self { server: spent_by(&server.process_id().to_string()).unwrap(), database }
    }

    pub fn since(self, before: Self) -> Self {
        Self { server: self.server - before.server, database: self.database - before.database }
    }
}

/// Fields 14 and 15 of /proc/ID/stat, counted from behind the name, which may hold spaces.
fn spent_by(process: &str) -> Option<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks: u64 = ticks.map(|field| field.parse::<u64>().unwrap()).sum();
    Some(Duration::from_millis(ticks * 1000 / TICKS))
}
