use crate::surroundings::environment;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use tempfile::TempDir;

const FLAGS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=900,1000",
];
const WITH_TABS: &str = "--restore-last-session";

const ATTEMPTS: usize = 5;

/// What a window shows at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Launch {
    Empty,
    /// What was open in the profile when its window was closed.
    WithTabs,
    /// Nothing, and from then on every request is noted.
    Listening,
}

/// Everything that a browser keeps between two windows, deleted with the last of them.
#[derive(Clone)]
pub(super) struct Profile(Arc<TempDir>);

impl Profile {
    pub(super) fn empty() -> Self {
        Self(Arc::new(tempfile::tempdir().unwrap()))
    }
}

/// The browser's process, which outlives a driver that is killed.
pub(super) struct Process(u64);

impl Drop for Process {
    fn drop(&mut self) {
        let id = self.0.to_string();
        let _ = Command::new("kill").args(["-KILL", &id]).stderr(Stdio::null()).status();
    }
}

/// The program that tells browsers what to do.
pub(super) struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// On a port of its choice, again when somebody took that port meanwhile.
    pub(super) fn start() -> Self {
        for _ in 0..ATTEMPTS {
            let mut command = Command::new(environment("CHROMEDRIVER"));
            let command = command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null());
            let mut process = command.spawn().unwrap();
            let said = BufReader::new(process.stdout.take().unwrap());
            let port = said.lines().map_while(Result::ok).find_map(|line| {
                let (_, port) = line.split_once("started successfully on port ")?;
                port.trim_end_matches('.').parse().ok()
            });
            match port {
                Some(port) => return Self { process, port },
                None => drop(process.wait()),
            }
        }
        panic!("the driver does not start")
    }

    /// Starts a browser.
    pub(super) async fn launch(&self, profile: &Profile, launch: Launch) -> (Client, Process) {
        let mut flags: Vec<String> = FLAGS.map(str::to_owned).to_vec();
        flags.push(format!("--user-data-dir={}", profile.0.path().display()));
        if launch == Launch::WithTabs {
            flags.push(WITH_TABS.to_owned());
        }
        let mut capabilities = Map::new();
        let options = json!({ "binary": environment("CHROMIUM"), "args": flags });
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        let network = if launch == Launch::Listening { "ALL" } else { "OFF" };
        let logs = json!({ "browser": "ALL", "performance": network });
        capabilities.insert("goog:loggingPrefs".to_owned(), logs);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .unwrap();
        let session = client.capabilities().unwrap();
        let process = Process(session["goog:processID"].as_u64().unwrap());
        (client, process)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
