//! A throw-away PostgreSQL for one run of the tests: own directory, own port, loopback only.

use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::error::Error;
use crate::{debian, step};

/// Started again on another port when somebody took the first one meanwhile.
const ATTEMPTS: usize = 3;

/// A running cluster. Dropping it stops it and deletes its directory.
pub(crate) struct Postgres {
    programs: Programs,
    directory: TempDir,
    port: u16,
}

/// PostgreSQL's programs and the way to start them.
struct Programs {
    directory: PathBuf,
    /// PostgreSQL refuses to run as root: then they run as the user of Debian's package.
    as_user_postgres: bool,
}

impl Postgres {
    pub(crate) fn start() -> Result<Postgres, Error> {
        let programs = Programs::find_or_install()?;
        let directory = tempfile::Builder::new().prefix("senim-postgres-").tempdir();
        let directory =
            directory.map_err(Error::file("making a directory in", &std::env::temp_dir()))?;
        if programs.as_user_postgres {
            let (user, group) = (id_of_postgres("-u")?, id_of_postgres("-g")?);
            chown(directory.path(), Some(user), Some(group))
                .map_err(Error::file("giving away", directory.path()))?;
        }
        step::step("Starting a throw-away PostgreSQL", || {
            let mut cluster = Postgres { programs, directory, port: 0 };
            cluster.initialise()?;
            cluster.serve()?;
            Ok(cluster)
        })
    }

    /// Where tests make their own databases.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    fn log(&self) -> PathBuf {
        self.directory.path().join("log")
    }

    fn initialise(&self) -> Result<(), Error> {
        let mut initdb = self.programs.command("initdb", self.directory.path());
        initdb.args([
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
            "--pgdata",
        ]);
        step::output("making a PostgreSQL cluster", initdb.arg(self.data())).map(drop)
    }

    fn serve(&mut self) -> Result<(), Error> {
        let mut problem = None;
        for _ in 0..ATTEMPTS {
            self.port = free_port()?;
            // wal_recycle=off as an operator sets it: a test looks for rows of a forgotten wave in
            // every file, and recycled journal files keep them.
            let settings = format!(
                "-c listen_addresses=127.0.0.1 -c port={} -c unix_socket_directories='{}' \
                 -c max_connections=300 -c wal_recycle=off",
                self.port,
                self.directory.path().display()
            );
            let mut start = self.pg_ctl("start");
            start.args(["--timeout=60", "--log"]).arg(self.log()).arg("--options").arg(settings);
            match step::output("starting PostgreSQL", &mut start) {
                Ok(_) => return Ok(()),
                Err(Error::Interrupted) => return Err(Error::Interrupted),
                Err(error) => problem = Some(error.to_string()),
            }
        }
        let log = std::fs::read_to_string(self.log()).unwrap_or_default();
        let last = log.lines().rev().take(10).collect::<Vec<_>>();
        let log = last.into_iter().rev().collect::<Vec<_>>().join("\n");
        Err(Error::Postgres { problem: problem.unwrap_or_default(), log })
    }

    fn pg_ctl(&self, action: &str) -> Command {
        let mut command = self.programs.command("pg_ctl", self.directory.path());
        command.args([action, "--silent", "--wait", "--pgdata"]).arg(self.data());
        command
    }
}

impl Drop for Postgres {
    /// At once and without tidying up: the directory is deleted right after.
    fn drop(&mut self) {
        let running = self.data().join("postmaster.pid").exists();
        if running && !step::works(self.pg_ctl("stop").arg("--mode=immediate")) {
            eprintln!(
                "warning: PostgreSQL in {} could not be stopped",
                self.directory.path().display()
            );
        }
    }
}

impl Programs {
    fn find_or_install() -> Result<Programs, Error> {
        let directory = match programs_directory() {
            Some(directory) => directory,
            None if std::env::var_os("PG_BIN").is_some() => return Err(missing()),
            None => {
                debian::install(&["postgresql"])?;
                programs_directory().ok_or_else(missing)?
            }
        };
        Ok(Programs { directory, as_user_postgres: debian::is_root() })
    }

    fn command(&self, program: &str, working_directory: &Path) -> Command {
        let path = self.directory.join(program);
        let mut command = match self.as_user_postgres {
            true => {
                let mut command = Command::new("runuser");
                command.args(["-u", "postgres", "--"]).arg(path);
                command
            }
            false => Command::new(path),
        };
        command.current_dir(working_directory);
        command
    }
}

/// `PG_BIN`, or the newest of Debian's packages.
fn programs_directory() -> Option<PathBuf> {
    let complete = |directory: &PathBuf| {
        directory.join("initdb").is_file() && directory.join("pg_ctl").is_file()
    };
    if let Some(chosen) = std::env::var_os("PG_BIN") {
        return Some(PathBuf::from(chosen)).filter(complete);
    }
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let version = |path: &PathBuf| {
        path.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse::<u32>().ok())
    };
    let newest_last =
        versions.flatten().map(|entry| entry.path()).map(|path| (version(&path), path.join("bin")));
    newest_last.filter(|(_, directory)| complete(directory)).max().map(|(_, directory)| directory)
}

fn missing() -> Error {
    let what = match std::env::var_os("PG_BIN") {
        Some(chosen) => format!("PostgreSQL's initdb and pg_ctl at PG_BIN={}", chosen.display()),
        None => "PostgreSQL".to_owned(),
    };
    Error::Missing {
        what,
        why: "every test of storage runs on SQLite and on PostgreSQL",
        advice: "install Debian's package postgresql, or name the directory with initdb and pg_ctl: PG_BIN=/path/to/bin"
            .to_owned(),
    }
}

fn id_of_postgres(which: &str) -> Result<u32, Error> {
    let id = step::output_if_works(Command::new("id").args([which, "postgres"]));
    id.and_then(|text| text.trim().parse().ok()).ok_or_else(|| Error::Missing {
        what: "the system user postgres".to_owned(),
        why: "PostgreSQL refuses to run as root, so root starts it as that user",
        advice: "run the tests as an ordinary user, or make the user: `useradd --system postgres`"
            .to_owned(),
    })
}

fn free_port() -> Result<u16, Error> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    listener
        .map(|address| address.port())
        .map_err(Error::file("looking for a free port on", Path::new("127.0.0.1")))
}
