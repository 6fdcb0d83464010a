//! Promise 3 under SIGKILL: what a tablet was told is stored is stored once and counted once,
//! whenever the server or a job on the release key is killed. `cargo xtask prove faults` kills
//! each 30 times, the server while 2,000 pupils answer.

mod chance;
mod jobs;
mod load;
mod recount;

use chance::Chance;
use jobs::Jobs;
use load::Load;
use recount::Recount;
use tests::{ClassPlan, Database, OpenWave, at_full_size, on_both_databases};

const ENROLMENT: u32 = 25;
const CLASSES_OF_A_SCHOOL: usize = 4;

on_both_databases! {
    what_is_acknowledged_is_released_whenever_server_and_jobs_are_killed,
}

/// How many classes answer and how often each is killed.
struct Size {
    classes: usize,
    kills: usize,
}

impl Size {
    fn wanted() -> Self {
        match at_full_size() {
            true => Self { classes: 80, kills: 30 },
            false => Self { classes: 12, kills: 6 },
        }
    }
}

async fn what_is_acknowledged_is_released_whenever_server_and_jobs_are_killed(database: Database) {
    let Size { classes, kills } = Size::wanted();
    let mut chance = Chance::new();
    let plan = |class| ClassPlan { school: class / CLASSES_OF_A_SCHOOL, enrolment: ENROLMENT };
    let plans: Vec<_> = (0..classes).map(plan).collect();
    let mut wave = OpenWave::start(database, "senim_pupil_senior", &plans).await;

    let acknowledged = Load::start(&wave).kill(&mut wave.server, kills, &mut chance).await;
    let responses = classes as i64 * i64::from(ENROLMENT);
    assert_eq!(acknowledged.len() as i64, responses);
    for table in ["envelopes", "spent_values", "slips where state = 'used'"] {
        assert_eq!(wave.server.database.count(table).await, responses, "{table}");
    }
    assert!(responses <= wave.server.database.count("slips").await);

    wave.close().await;
    let recount = Recount::of(&wave.survey, &acknowledged);
    let jobs = Jobs::new(&wave, responses);
    jobs.kill_tallies(kills, &recount, &mut chance).await;
    jobs.kill_release(kills, &mut chance).await;
}
