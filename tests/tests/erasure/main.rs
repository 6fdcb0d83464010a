//! `senim forget`: nothing of a forgotten wave is left but its release and a record, whatever
//! happens meanwhile.

mod command;
mod gaps;
mod killed;
mod needles;
mod pages;
mod searched;

use protocol::{Lesson, SlipCode};
use std::path::Path;
use tests::{ClassPlan, Database, Finished, OpenWave, Pupil, answers, senim};
use tokio::task::JoinSet;
use uuid::Uuid;

const DEFINITION: &str = "senim_pupil_senior";
/// Pupils of a class.
const ENROLMENT: u32 = 100;
/// Pupils who answer at once.
const AT_ONCE: usize = 8;

/// A released wave, about to be forgotten, and an open one that must not notice.
struct Waves {
    released: OpenWave,
    other: Lesson,
    /// Slips of the other wave that nobody has used.
    unused: Vec<SlipCode>,
}

impl Waves {
    /// With so many responses in the first, and so many in the other.
    async fn answered(database: Database, responses: usize, in_other: usize) -> Self {
        let classes = vec![ClassPlan::of(ENROLMENT); responses.div_ceil(ENROLMENT as usize)];
        let wave = OpenWave::start(database, DEFINITION, &classes).await;
        let slips: Vec<_> = wave
            .classes
            .iter()
            .flat_map(|class| class.slips.iter().take(ENROLMENT as usize))
            .take(responses)
            .collect();
        let lessons = wave.classes.iter().map(|class| &class.lesson);
        let lesson_of = |slip: &SlipCode| {
            let part = slip.class_part().to_string();
            lessons.clone().find(|lesson| lesson.class_part == part).unwrap()
        };
        let pairs = slips.iter().map(|slip| (lesson_of(slip), **slip));
        answer(&wave, pairs).await;
        let other = wave.coordinator.another_wave(&wave).await;
        let mut slips = wave.coordinator.make_slips(other.place.wave, other.place.class).await;
        let unused = slips.split_off(in_other);
        answer(&wave, slips.into_iter().map(|slip| (&other, slip))).await;
        Self { released: wave, other, unused }
    }

    async fn release(&self) {
        self.released.close().await;
        self.with_key("release", self.released.id).expect_success();
    }

    fn with_key(&self, subcommand: &str, wave: Uuid) -> Finished {
        let (wave, key) = (wave.to_string(), &self.released.release_key);
        self.released.server.senim(&[subcommand, "--wave", &wave, "--release-key", key])
    }

    /// `senim forget` of the released wave.
    fn forget(&self) -> Finished {
        let server = &self.released.server;
        forget(self.released.id, &server.database.url, &server.path().join("secrets"))
    }

    /// Somebody in the other wave.
    fn pupil_of_other(&self) -> Pupil {
        Pupil::new(&self.released.server, &self.other)
    }
}

async fn answer(wave: &OpenWave, slips: impl Iterator<Item = (&Lesson, SlipCode)>) {
    let mut answering = JoinSet::new();
    for (number, (lesson, slip)) in slips.enumerate() {
        let (pupil, survey) = (Pupil::new(&wave.server, lesson), wave.survey.clone());
        let response = answers(&survey, number);
        if answering.len() == AT_ONCE {
            answering.join_next().await.unwrap().unwrap();
        }
        answering.spawn(async move { pupil.answer(&slip, &survey, &response).await });
    }
    answering.join_all().await;
}

/// The arguments after `senim`.
fn arguments(wave: Uuid, database: &str, secrets: &Path) -> Vec<String> {
    let (wave, secrets) = (wave.to_string(), secrets.display().to_string());
    let given = ["forget", "--wave", &wave, "--database", database, "--secrets", &secrets];
    given.map(str::to_owned).to_vec()
}

fn forget(wave: Uuid, database: &str, secrets: &Path) -> Finished {
    senim(&arguments(wave, database, secrets))
}
