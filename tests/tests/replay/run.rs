use crate::counts::Counts;
use crate::data::Rows;
use crate::released;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tests::{Database, Finished, PASSWORD, Server, replay_arguments, senim, senim_command};
use tokio::task::spawn_blocking;

/// How often it is looked how many responses there are.
const POLL: Duration = Duration::from_millis(20);

/// A server and a replay into its empty database.
pub struct Run {
    server: Server,
    arguments: Vec<String>,
    began: Instant,
}

impl Run {
    pub async fn start(database: Database, rows: &Rows) -> Self {
        let server = Server::start(database).await;
        server.add_account("coordinator", "coordinator", "nation", PASSWORD);
        let password = server.path().join("password-of-coordinator").display().to_string();
        let data = server.file("data.csv", rows.to_csv());
        let (url, journal) = (server.url(), server.path().join("journal").display().to_string());
        let mut arguments = replay_arguments(&url, "coordinator", &password, &data, &journal);
        arguments.push("--close".to_owned());
        Self { server, arguments, began: Instant::now() }
    }

    /// One run of `senim replay` to its end.
    pub fn replay(&mut self) -> Finished {
        senim(&self.arguments)
    }

    /// Kills the server when so many responses are stored, and the replay has to give up.
    pub async fn replay_and_kill_at(&mut self, stored: usize) {
        let arguments = self.arguments.clone();
        let replay = spawn_blocking(move || senim(&arguments));
        while self.stored().await < stored {
            assert!(!replay.is_finished(), "{:?}", replay.await.unwrap());
            tokio::time::sleep(POLL).await;
        }
        self.server.kill();
        let gave_up = replay.await.unwrap().expect_failure();
        assert!(gave_up.contains("run the same command again to go on"), "{gave_up}");
        self.server.restart();
    }

    /// Kills the replay itself when so many responses are stored.
    pub async fn kill_the_replay_at(&mut self, stored: usize) {
        let said = std::fs::File::create(self.server.path().join("said")).unwrap();
        let replay = senim_command().args(&self.arguments).stderr(Stdio::from(said)).spawn();
        let mut replay = replay.unwrap();
        while self.stored().await < stored {
            let said = std::fs::read_to_string(self.server.path().join("said")).unwrap();
            assert_eq!(replay.try_wait().unwrap(), None, "the replay ended by itself: {said}");
            tokio::time::sleep(POLL).await;
        }
        replay.kill().unwrap();
        replay.wait().unwrap();
    }

    /// Close, tallies and release against the recount.
    pub async fn check(&mut self, rows: &Rows) {
        let replayed = self.began.elapsed();
        let again = self.replay().expect_success().stderr;
        assert!(again.contains("none is missing"), "{again}");
        let all = rows.len();
        assert_eq!(self.stored().await, all, "responses were lost or doubled");
        assert_eq!(self.server.database.count("spent_values").await, all as i64);

        let counted = Instant::now();
        let counts = Counts::of(rows);
        let tallies = self.with_key("tallies", &[]).stdout;
        assert!(tallies.contains(&format!("nation,nation,status,answered,{all}\n")));
        let levels = ["nation", "school", "class"];
        assert_eq!(Counts::read(&tallies).only(&levels).without("status"), counts);
        let out = self.server.path().join("release.jsonl").display().to_string();
        let said = self.with_key("release", &["--out", &out]).stderr;
        assert!(said.contains(&format!("released: {all} responses")), "{said}");
        assert!(said.contains("; 0 envelopes could not be read"), "{said}");
        let bands = released::check(&std::fs::read_to_string(out).unwrap(), &counts);
        assert!(bands > counts.groups("school").len(), "only {bands} bands are published");
        eprintln!(
            "{:?}: {all} responses in {:.1?}, tallies and release in {:.1?}, {bands} bands, \
             {} respondents nationally",
            self.server.database.kind,
            replayed,
            counted.elapsed(),
            counts.respondents("nation", "nation"),
        );
    }

    async fn stored(&self) -> usize {
        self.server.database.count("envelopes").await as usize
    }

    fn with_key(&self, subcommand: &str, more: &[&str]) -> Finished {
        let waves = self.server.senim(&["waves"]).expect_success().stdout;
        let wave = waves.split_whitespace().next().unwrap();
        let key = self.server.path().join("journal.release-key").display().to_string();
        let given = [&[subcommand, "--wave", wave, "--release-key", &key], more].concat();
        self.server.senim(&given).expect_success()
    }
}
