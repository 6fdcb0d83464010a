//! Everything at once for a while: pupils answer on both databases, strangers come and send what is
//! no request, staff of a country with results read every page and file, and sign in anew. Nothing
//! fails, and memory does not grow. `cargo xtask prove hour` takes an hour.

mod memory;
mod pupils;
mod staff;
mod strangers;

use memory::Memory;
use std::time::{Duration, Instant};
use tests::{ClassPlan, Database, Demonstration, OpenWave, at_full_size};
use tokio::join;

/// How long everything goes on, how many pupils answer meanwhile on each database, and by how many
/// per cent memory may grow. In a short time it is still being filled.
struct Size {
    length: Duration,
    classes: usize,
    growth: u64,
}

const ENROLMENT: u32 = 40;

impl Size {
    fn wanted() -> Self {
        match at_full_size() {
            true => Self { length: Duration::from_secs(3600), classes: 180, growth: 10 },
            false => Self { length: Duration::from_secs(20), classes: 2, growth: 100 },
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn memory_stays_while_everything_goes_on() {
    let Size { length, classes, growth } = Size::wanted();
    let country = Demonstration::start().await;
    let plans = vec![ClassPlan::of(ENROLMENT); classes];
    let open = |database| OpenWave::start(database, "senim_pupil_senior", &plans);
    let (sqlite, postgres) = (open(Database::Sqlite).await, open(Database::Postgres).await);

    let until = Instant::now() + length;
    let processes = [
        ("sqlite", sqlite.server.process_id()),
        ("postgres", postgres.server.process_id()),
        ("country", country.process_id()),
    ];
    let (memory, pages, on_sqlite, on_postgres, _, _) = join!(
        Memory::of(&processes, until),
        staff::read(&country, until),
        pupils::answer(&sqlite, until),
        pupils::answer(&postgres, until),
        strangers::come(&sqlite, until),
        strangers::come(&postgres, until),
    );

    for (wave, answered) in [(&sqlite, on_sqlite), (&postgres, on_postgres)] {
        assert_eq!(wave.stored().await, answered);
        assert!(!wave.server.log().contains("ERROR"), "{}", wave.server.log());
    }
    eprintln!("{on_sqlite} and {on_postgres} pupils, {pages} pages and files of staff");
    memory.tell();
    for (name, grown) in memory.growth() {
        assert!(grown <= growth as i64, "the server of {name} grew by {grown} per cent");
    }
}
