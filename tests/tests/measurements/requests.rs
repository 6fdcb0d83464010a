//! What the two requests of a pupil cost the server. Blinding, sealing and checking are done here,
//! between what is measured.

use protocol::{Evaluation, PendingToken, ResponseRequest, SlipCode};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tests::{
    ClassPlan, Cpu, Database, OpenClass, OpenWave, Pupil, answers, measured, on_both_databases,
};
use tokio::task::JoinSet;

const CLASSES: usize = 80;
const ENROLMENT: usize = 25;
const PUPILS: usize = CLASSES * ENROLMENT;
/// As many as a class shares; each holds its connection and is used by one pupil after another.
const TABLETS: usize = 24;

on_both_databases! { token_and_response }

async fn token_and_response(database: Database) {
    let plans = [ClassPlan::of(ENROLMENT as u32); CLASSES + 1];
    let wave = OpenWave::start(database, "senim_pupil_senior", &plans).await;
    let tablets = Tablets::of(&wave);
    let (last, classes) = wave.classes.split_last().unwrap();
    // Before anything is measured every tablet has its connection and the server those of its own.
    let sent_at_once = at_once(&wave, &tablets, last).await;

    let began = Meter::start(&wave).await;
    let granted = tablets.ask(classes.iter().flat_map(|class| slips(class, ENROLMENT))).await;
    let token = began.stop(&wave).await;
    let sealed = seal(&wave, granted);
    assert_eq!(sealed.len(), PUPILS);
    let began = Meter::start(&wave).await;
    tablets.send(sealed).await;
    let response = began.stop(&wave).await;
    assert_eq!(wave.stored().await, (PUPILS + TABLETS) as i64);

    let tell = |what: &str, time: Duration, unit: &str| {
        let value = if unit == "ms" { time.as_millis() } else { time.as_micros() };
        measured(&format!("{what}_{}", format!("{database:?}").to_lowercase()), value as u64, unit);
    };
    let (server, pupils) = (token.cpu.server + response.cpu.server, PUPILS as u32);
    tell("server_cpu_per_pupil", server / pupils, "us");
    tell("server_cpu_token", token.cpu.server / pupils, "us");
    tell("server_cpu_response", response.cpu.server / pupils, "us");
    tell("database_cpu_per_pupil", (token.cpu.database + response.cpu.database) / pupils, "us");
    tell("wall_per_pupil", (token.wall + response.wall) / pupils, "us");
    tell(&format!("wall_{TABLETS}_send_at_once"), sent_at_once, "ms");
}

/// The wall time until the last of a whole class that sends at once reads "stored".
async fn at_once(wave: &OpenWave, tablets: &Tablets, class: &OpenClass) -> Duration {
    let sealed = seal(wave, tablets.ask(slips(class, TABLETS)).await);
    let began = Instant::now();
    tablets.send(sealed).await;
    began.elapsed()
}

/// So many pupils of a class with their slips, each with a blinded value.
fn slips(class: &OpenClass, pupils: usize) -> impl Iterator<Item = Waiting> {
    let pending = || PendingToken::new(&mut rand_core::OsRng).unwrap();
    class.slips.iter().take(pupils).map(move |slip| (class.clone(), *slip, pending()))
}

fn seal(wave: &OpenWave, granted: Vec<Granted>) -> Vec<ResponseRequest> {
    let sealed = granted.into_iter().enumerate().map(|(number, (pupil, pending, evaluation))| {
        let token = pupil.finish(&pending, &evaluation);
        pupil.sealed(token, &wave.survey, &answers(&wave.survey, number))
    });
    sealed.collect()
}

type Waiting = (OpenClass, SlipCode, PendingToken);
type Granted = (Pupil, PendingToken, Evaluation);

struct Tablets(Vec<Pupil>);

impl Tablets {
    fn of(wave: &OpenWave) -> Self {
        let lesson = &wave.classes[0].lesson;
        Self((0..TABLETS).map(|_| Pupil::connected(&wave.server, lesson)).collect())
    }

    /// The first request of each pupil.
    async fn ask(&self, pupils: impl Iterator<Item = Waiting>) -> Vec<Granted> {
        self.share(pupils.collect(), |mut pupil, (class, slip, pending)| async move {
            pupil.lesson = class.lesson;
            let evaluation = pupil.ask(&slip, &pending).await.unwrap();
            (pupil, pending, evaluation)
        })
        .await
    }

    /// The second request of each pupil.
    async fn send(&self, pupils: Vec<ResponseRequest>) {
        self.share(pupils, |pupil, request| async move { pupil.send(&request).await.unwrap() })
            .await;
    }

    /// Hands out pupils to tablets as these become free.
    async fn share<T: Send + 'static, R: Send + 'static, F>(
        &self,
        pupils: Vec<T>,
        request: fn(Pupil, T) -> F,
    ) -> Vec<R>
    where
        F: Future<Output = R> + Send + 'static,
    {
        let waiting = Arc::new(Mutex::new(pupils.into_iter()));
        let mut under_way = JoinSet::new();
        for tablet in &self.0 {
            let (waiting, tablet) = (waiting.clone(), tablet.clone());
            under_way.spawn(async move {
                let next = || waiting.lock().unwrap().next();
                let mut replies = Vec::new();
                while let Some(pupil) = next() {
                    replies.push(request(tablet.clone(), pupil).await);
                }
                replies
            });
        }
        under_way.join_all().await.into_iter().flatten().collect()
    }
}

/// What was spent from one moment to another.
struct Meter {
    cpu: Cpu,
    began: Instant,
}

struct Metered {
    cpu: Cpu,
    wall: Duration,
}

impl Meter {
    async fn start(wave: &OpenWave) -> Self {
        Self { cpu: Cpu::of(&wave.server).await, began: Instant::now() }
    }

    async fn stop(self, wave: &OpenWave) -> Metered {
        let wall = self.began.elapsed();
        Metered { cpu: Cpu::of(&wave.server).await.since(self.cpu), wall }
    }
}
