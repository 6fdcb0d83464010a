use crate::command::{Finished, command_of, senim_command};
use crate::database::{Database, OwnDatabase};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tempfile::TempDir;

/// A running `senim serve` with a directory, a database and a port of its own.
pub struct Server {
    pub database: OwnDatabase,
    /// Shared with servers beside it.
    directory: Arc<TempDir>,
    settings: Vec<(&'static str, String)>,
    /// Another program than the built one.
    program: Option<PathBuf>,
    process: Option<Running>,
    address: String,
    /// With `http` or `https`.
    url: String,
    log: Arc<Mutex<String>>,
}

/// The process and who reads its log to the end.
struct Running {
    process: Child,
    reader: JoinHandle<()>,
}

impl Server {
    pub async fn start(database: Database) -> Self {
        Self::start_with(database, &[]).await
    }

    /// With settings, as the environment gives them.
    pub async fn start_with(database: Database, settings: &[(&'static str, &str)]) -> Self {
        Self::start_program(database, None, settings).await
    }

    /// Another program than the built one, or `None` for that.
    pub async fn start_program(
        database: Database,
        program: Option<PathBuf>,
        settings: &[(&'static str, &str)],
    ) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let database = OwnDatabase::create(database, directory.path()).await;
        Self::start_over(directory, database, program, settings)
    }

    /// The same over a database that the test has made, with a directory for everything else.
    pub fn start_over(
        directory: TempDir,
        database: OwnDatabase,
        program: Option<PathBuf>,
        settings: &[(&'static str, &str)],
    ) -> Self {
        let (address, log) = ("127.0.0.1:0".to_owned(), Arc::default());
        let settings = settings.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        let (process, url, directory) = (None, String::new(), Arc::new(directory));
        let mut server =
            Self { database, directory, settings, program, process, address, url, log };
        server.restart();
        server
    }

    /// Another process with the same database and secrets.
    pub fn beside(&self) -> Self {
        let mut server = Self {
            database: self.database.clone(),
            directory: self.directory.clone(),
            settings: self.settings.clone(),
            program: self.program.clone(),
            process: None,
            address: "127.0.0.1:0".to_owned(),
            url: String::new(),
            log: Arc::default(),
        };
        server.restart();
        server
    }

    /// From the next start on, runs this program.
    pub fn run_program(&mut self, program: PathBuf) {
        self.program = Some(program);
    }

    /// From the next start on, has this setting.
    pub fn set(&mut self, name: &'static str, value: &str) {
        self.settings.push((name, value.to_owned()));
    }

    /// Starts again on the same data and the same address.
    pub fn restart(&mut self) {
        self.kill();
        let mut command = self.command();
        command.args(["serve", "--address", &self.address, "--database", &self.database.url]);
        command.arg("--secrets").arg(self.path().join("secrets"));
        command.env("SENIM_LOG", "info").envs(self.settings.clone());
        let mut process = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let (said, heard) = mpsc::channel();
        let (stderr, log) = (process.stderr.take().unwrap(), self.log.clone());
        let reader = thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                if let Some(url) = line.strip_prefix("serving on ") {
                    let _ = said.send(url.to_owned());
                }
                *log.lock().unwrap() += &(line + "\n");
            }
        });
        self.process = Some(Running { process, reader });
        self.url = heard
            .recv_timeout(Duration::from_secs(60))
            .unwrap_or_else(|_| panic!("the server does not start: {}", self.log()));
        self.address = self.url.split("//").last().unwrap().to_owned();
    }

    fn command(&self) -> Command {
        self.program.as_deref().map_or_else(senim_command, command_of)
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(&mut self) {
        if let Some(mut running) = self.process.take() {
            running.process.kill().unwrap();
            running.process.wait().unwrap();
            running.reader.join().unwrap();
        }
    }

    /// Sends it a signal, as `kill` calls it.
    pub fn signal(&self, signal: &str) {
        let id = self.process_id().to_string();
        let asked = Command::new("kill").args([signal, &id]).status();
        assert!(asked.unwrap().success());
    }

    /// Tells it to finish what was begun and waits for its end.
    pub fn stop(&mut self) {
        self.signal("-TERM");
        self.wait();
    }

    /// Waits for the end of one that was told to stop.
    pub fn wait(&mut self) {
        let mut running = self.process.take().unwrap();
        let ended = running.process.wait().unwrap();
        running.reader.join().unwrap();
        assert!(ended.success(), "{}", self.log());
    }

    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address.parse().unwrap()
    }

    /// The running process, for who looks at it from outside.
    pub fn process_id(&self) -> u32 {
        self.process.as_ref().unwrap().process.id()
    }

    /// Everything that it has logged so far, over all its starts.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Bytes logged so far.
    pub fn log_length(&self) -> usize {
        self.log.lock().unwrap().len()
    }

    /// The directory of its data, free for a test's files.
    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Writes a file into its directory; the path as text.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    }

    /// Runs a subcommand of its program on its database.
    pub fn senim(&self, arguments: &[&str]) -> Finished {
        let mut command = self.command();
        let planted = self.settings.iter().filter(|(name, _)| name.starts_with("SENIM_PLANTED"));
        command.envs(planted.cloned());
        Finished::of(command.args(arguments).args(["--database", &self.database.url]))
    }

    /// Adds an account to its database.
    pub fn add_account(&self, name: &str, role: &str, unit: &str, password: &str) {
        let file = self.file(&format!("password-of-{name}"), password);
        let of = ["--name", name, "--role", role, "--unit", unit, "--password-file", &file];
        self.senim(&[&["accounts", "add"], &of[..]].concat()).expect_success();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
