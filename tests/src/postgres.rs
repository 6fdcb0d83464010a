use crate::surroundings::environment;
use sqlx::AnyPool;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A PostgreSQL server of one test's own, for tests that break it. It runs the programs of the one
/// that tests share, as the same user: PostgreSQL refuses to run as root.
pub struct OwnPostgres {
    programs: PathBuf,
    user: User,
    /// With its data and its log.
    directory: PathBuf,
    port: u16,
    /// Whether what it writes has to survive a power cut.
    lasts: bool,
}

/// Who runs PostgreSQL.
#[derive(Debug, Clone, Copy)]
pub struct User {
    user: u32,
    group: u32,
}

impl User {
    /// Whoever runs this process.
    pub fn own() -> Self {
        Self::of(Path::new("/proc/self"))
    }

    fn of(file: &Path) -> Self {
        let file = std::fs::metadata(file).unwrap();
        Self { user: file.uid(), group: file.gid() }
    }

    /// Gives this user a directory that is another's.
    pub fn takes(&self, directory: &Path) {
        if Self::of(directory).user != self.user {
            chown(directory, Some(self.user), Some(self.group)).unwrap();
        }
    }

    /// Makes a command run as this user.
    pub fn runs<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        match Self::own().user == self.user {
            true => command,
            false => command.uid(self.user).gid(self.group),
        }
    }
}

impl OwnPostgres {
    /// Who owns the data of the server that tests share.
    pub async fn user() -> User {
        User::of(Path::new(&ask("show data_directory").await))
    }

    /// Makes one in an empty directory, which it takes for its own, and starts it.
    pub async fn start_in(directory: &Path) -> Self {
        let programs = ask("select setting from pg_config where name = 'BINDIR'").await.into();
        let user = Self::user().await;
        let own = Self::of(programs, user, directory);
        // Small journal files, so that a small disk holds some.
        let mut make = own.command("initdb");
        make.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale"]);
        make.args(["--wal-segsize=1", "--pgdata"]).arg(own.data());
        succeed(make.stdout(Stdio::null()));
        own.start();
        own
    }

    /// A server over a copy of all its files, in an empty directory, that is not started. What this
    /// one has in memory alone is not in it, and what the copy writes is for once.
    pub fn copied_to(&self, directory: &Path) -> Self {
        let mut copy = Self::of(self.programs.clone(), self.user, directory);
        copy.lasts = false;
        succeed(Command::new("cp").arg("--archive").arg(self.data()).arg(copy.data()));
        let running = copy.data().join("postmaster.pid");
        if running.exists() {
            std::fs::remove_file(running).unwrap();
        }
        copy
    }

    fn of(programs: PathBuf, user: User, directory: &Path) -> Self {
        user.takes(directory);
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        Self { programs, user, directory: directory.to_owned(), port, lasts: true }
    }

    /// Where databases can be made.
    pub fn url(&self) -> String {
        self.url_of("postgres")
    }

    /// The address of one of its databases.
    pub fn url_of(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    pub fn start(&self) {
        let settings = format!(
            "-c listen_addresses=127.0.0.1 -c port={} -c unix_socket_directories='' \
             -c wal_recycle=off -c min_wal_size=2MB -c max_wal_size=8MB -c restart_after_crash=on \
             -c fsync={}",
            self.port,
            if self.lasts { "on" } else { "off" },
        );
        let mut start = self.pg_ctl("start");
        succeed(start.arg("--options").arg(settings).arg("--log").arg(self.directory.join("log")));
    }

    /// Its processes are killed, as in a power cut; then it is started again.
    pub fn restart_at_once(&self) {
        self.stop_at_once();
        self.start();
    }

    /// Its processes are killed, as in a power cut.
    pub fn stop_at_once(&self) {
        succeed(self.pg_ctl("stop").arg("--mode=immediate"));
    }

    pub fn is_running(&self) -> bool {
        self.pg_ctl("status").status().unwrap().success()
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.directory.join("log")).unwrap_or_default()
    }

    pub fn data(&self) -> PathBuf {
        self.directory.join("data")
    }

    fn pg_ctl(&self, action: &str) -> Command {
        let mut command = self.command("pg_ctl");
        command.args([action, "--silent", "--wait", "--timeout=60", "--pgdata"]).arg(self.data());
        // Whoever waits for the end of a pipe would wait for the server's end.
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        self.user.runs(command.current_dir("/"));
        command
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        if self.is_running() {
            self.stop_at_once();
        }
    }
}

fn succeed(command: &mut Command) {
    assert!(command.status().unwrap().success(), "failed: {command:?}");
}

async fn ask(query: &'static str) -> String {
    sqlx::any::install_default_drivers();
    let pool = AnyPool::connect(&environment("SENIM_TEST_POSTGRES")).await.unwrap();
    let found = sqlx::query_scalar(query).fetch_one(&pool).await.unwrap();
    pool.close().await;
    found
}
