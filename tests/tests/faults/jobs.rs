use crate::chance::Chance;
use crate::recount::Recount;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tests::{OpenWave, senim_command};
use tokio::time::sleep;

/// Where a wave is and how much of a release there is, in one statement: one moment's state.
const STATE: &str = "select state || ' ' || (select count(*) from releases) || ' '
    || (select count(*) from release_groups) from waves";

/// A release writes its rows within some hundredths of its time, at the end: how many kills at
/// least are aimed there.
const LEAST_AIMED: usize = 12;

/// What is run with the release key on a closed wave.
pub struct Jobs<'wave> {
    wave: &'wave OpenWave,
    responses: i64,
}

/// Kills at the moment when a job ends, which differs from run to run.
struct Aim {
    at: Duration,
    step: Duration,
    smallest: Duration,
}

impl Aim {
    /// Earlier after a job that was through, later after one that was not.
    fn move_on(&mut self, through: bool) {
        self.at = if through { self.at.saturating_sub(self.step) } else { self.at + self.step };
        self.step = self.step.mul_f64(0.7).max(self.smallest);
    }
}

impl<'wave> Jobs<'wave> {
    pub fn new(wave: &'wave OpenWave, responses: i64) -> Self {
        Self { wave, responses }
    }

    /// `senim tallies`, killed again and again, says what was acknowledged and changes nothing.
    pub async fn kill_tallies(&self, kills: usize, recount: &Recount, chance: &mut Chance) {
        let before = self.content(&["envelopes", "spent_values", "waves"]).await;
        let began = Instant::now();
        let tallies = self.wave.with_key("tallies").expect_success().stdout;
        let took = began.elapsed();
        assert_eq!(Recount::read(&tallies), *recount);
        for _ in 0..kills {
            self.kill("tallies", chance.between(0.0, 1.0, took)).await;
        }
        assert_eq!(self.wave.with_key("tallies").expect_success().stdout, tallies);
        assert_eq!(self.content(&["envelopes", "spent_values", "waves"]).await, before);
    }

    /// `senim release`, killed again and again, leaves all of a release or nothing, and the next
    /// run carries it through.
    pub async fn kill_release(&self, kills: usize, chance: &mut Chance) {
        let first = self.release().await;
        self.take_back().await;
        // The first run may have found everything cold.
        let took = self.release().await.min(first);
        let whole = self.content(&["releases", "release_groups"]).await;
        let released = self.state().await;
        assert!(released.starts_with("released 1 "), "{released}");
        self.take_back().await;
        let mut aim = Aim { at: took, step: took / 8, smallest: took / 100 };
        let (aimed, mut finished) = (kills.max(LEAST_AIMED), 0);
        for kill in 0..kills + aimed {
            let after = match kill < kills {
                true => chance.between(0.0, 1.0, took),
                false => aim.at.saturating_sub(aim.step) + chance.between(0.0, 2.0, aim.step),
            };
            self.kill("release", after).await;
            let state = self.state().await;
            let through = state != "closed 0 0";
            if through {
                assert_eq!(state, released);
                assert!(self.content(&["releases", "release_groups"]).await == whole);
                self.take_back().await;
                finished += 1;
            }
            if kill >= kills {
                aim.move_on(through);
            }
        }
        assert!(finished < kills + aimed, "no kill met a release");
        self.release().await;
        assert_eq!(self.state().await, released);
        assert!(self.content(&["releases", "release_groups"]).await == whole);
        eprintln!(
            "{:?}: tallies killed {kills} times, release {kills} times at any moment and {aimed} \
             times near its end; it takes {took:.1?}, and {finished} were through",
            self.wave.server.database.kind,
        );
    }

    /// An undisturbed release of everything that was acknowledged; how long it takes.
    async fn release(&self) -> Duration {
        let began = Instant::now();
        let said = self.wave.with_key("release").expect_success().stderr;
        let took = began.elapsed();
        assert!(said.contains(&format!("released: {} responses", self.responses)), "{said}");
        assert!(said.contains("; 0 envelopes could not be read"), "{said}");
        took
    }

    /// Runs a job and kills it after this time, if it has not ended.
    async fn kill(&self, job: &str, after: Duration) {
        let mut command = senim_command();
        command.args([job, "--wave", &self.wave.id.to_string()]);
        command.args(["--release-key", &self.wave.release_key]);
        command.args(["--database", &self.wave.server.database.url]);
        let mut process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(after).await;
        process.kill().unwrap();
        process.wait().unwrap();
    }

    async fn state(&self) -> String {
        self.wave.server.database.text(STATE).await
    }

    /// The wave is closed again, as if it had not been released.
    async fn take_back(&self) {
        let database = &self.wave.server.database;
        database.execute("delete from release_groups").await;
        database.execute("delete from releases").await;
        database.execute("update waves set state = 'closed'").await;
    }

    async fn content(&self, tables: &[&str]) -> Vec<Vec<String>> {
        let mut content = self.wave.server.database.content().await;
        tables.iter().map(|table| content.remove(*table).unwrap()).collect()
    }
}
