//! Promise 3 under faults: what a tablet was told is stored is stored once and counted once,
//! whatever is killed, restarted, full or wrong. `cargo xtask prove faults` kills the server 100
//! times while 2,000 pupils answer.

mod chance;
mod clock;
mod full_disk;
mod jobs;
mod killed;
mod load;
mod recount;
mod restarted_database;

use tests::{ClassPlan, OpenWave, Server, at_full_size};

const ENROLMENT: u32 = 25;
const CLASSES_OF_A_SCHOOL: usize = 4;

/// How many classes answer and how often something is killed.
struct Size {
    classes: usize,
    /// The server, while pupils answer.
    restarts: usize,
    /// Each job on the release key.
    kills: usize,
}

impl Size {
    fn wanted() -> Self {
        match at_full_size() {
            true => Self { classes: 80, restarts: 100, kills: 30 },
            false => Self { classes: 12, restarts: 6, kills: 6 },
        }
    }
}

/// A wave in which so many classes can answer.
async fn open_wave(server: Server, classes: usize) -> OpenWave {
    let plan = |class| ClassPlan { school: class / CLASSES_OF_A_SCHOOL, enrolment: ENROLMENT };
    let plans: Vec<_> = (0..classes).map(plan).collect();
    OpenWave::start_on(server, "senim_pupil_senior", &plans).await
}
