//! Cargo itself: where the workspace and its target directory are, and commands in it.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::error::Error;
use crate::{step, tools};

/// Everything that is built for this machine. All builds select this and narrow it down by target,
/// not by package: another selection of packages gives shared dependencies other features, and
/// nearly all of them would be built twice.
pub(crate) const NATIVE: [&str; 3] = ["--workspace", "--exclude", "hydration"];

pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    /// Where cargo builds to; follows `CARGO_TARGET_DIR` and cargo's own settings.
    pub(crate) target: PathBuf,
}

impl Workspace {
    pub(crate) fn find() -> Result<Workspace, Error> {
        let mut command = cargo();
        command.args(["metadata", "--format-version", "1", "--no-deps"]);
        let text = step::output("asking cargo for the workspace", &mut command)?;
        let unexpected = |problem: String| Error::Answer {
            from: "cargo",
            command: step::typed(&command),
            problem,
        };
        let metadata: Value =
            serde_json::from_str(&text).map_err(|error| unexpected(error.to_string()))?;
        let path = |field: &str| {
            let found = metadata.get(field).and_then(Value::as_str).map(PathBuf::from);
            found.ok_or_else(|| unexpected(format!("no {field}")))
        };
        Ok(Workspace { root: path("workspace_root")?, target: path("target_directory")? })
    }

    /// A cargo command in the workspace. All of them know where the browser part is, so that the
    /// server is not built again because one of them did not.
    pub(crate) fn cargo(&self, subcommand: &str) -> Command {
        let mut command = cargo();
        command
            .current_dir(&self.root)
            .arg(subcommand)
            .env("SENIM_BROWSER_DIR", self.browser_part());
        command
    }

    /// The directory with everything that the browser gets. Not `browser`: that is where cargo
    /// builds the profile of that name.
    pub(crate) fn browser_part(&self) -> PathBuf {
        self.target.join("browser_part")
    }

    /// The built server.
    pub(crate) fn senim(&self, release: bool) -> PathBuf {
        self.target.join(if release { "release" } else { "debug" }).join("senim")
    }

    pub(crate) fn build_server(&self, release: bool) -> Result<(), Error> {
        let (headline, profile) = match release {
            true => {
                ("Building the server, optimised (many minutes the first time)", Some("--release"))
            }
            false => ("Building the server (some minutes the first time)", None),
        };
        let mut command = self.cargo("build");
        command.args(NATIVE).args(["--bin", "senim"]).args(profile);
        step::step(headline, || step::run("building the server", &mut command))
    }

    /// The server with the C library linked in; where it lies.
    pub(crate) fn build_static(&self) -> Result<PathBuf, Error> {
        tools::static_target()?;
        let mut command = self.cargo("build");
        command.args(NATIVE).args(["--bin", "senim", "--release", "--target", tools::MUSL]);
        step::step("Building the server, optimised and static (many minutes)", || {
            step::run("building the static server", &mut command)
        })?;
        Ok(self.target.join(tools::MUSL).join("release/senim"))
    }

    /// The optimised server and what drives a load on it, which must not be what is measured.
    pub(crate) fn build_optimised(&self) -> Result<(), Error> {
        let mut command = self.cargo("build");
        command.args(NATIVE).args(["--bin", "senim", "--bin", "load_generator", "--release"]);
        step::step("Building the server, optimised (many minutes the first time)", || {
            step::run("building the optimised server", &mut command)
        })
    }

    /// Has tests take what [`Workspace::build_optimised`] builds.
    pub(crate) fn with_optimised(&self, tests: &mut Command) {
        tests.env("SENIM_BIN", self.senim(true));
        tests.env("SENIM_LOAD_GENERATOR", self.senim(true).with_file_name("load_generator"));
    }

    /// The server with leaks put in on purpose, for the tests that must see them.
    pub(crate) fn senim_planted(&self) -> PathBuf {
        self.target.join("debug").join("senim_planted")
    }

    /// Beside the server, which is not built again for it: the feature gives the server's crate a
    /// second build and its dependencies none.
    pub(crate) fn build_planted(&self) -> Result<(), Error> {
        let mut command = self.cargo("build");
        command.args(NATIVE).args(["--bin", "senim_planted", "--features", "server/planted"]);
        step::step("Building the server with planted leaks, for tests alone", || {
            step::run("building the server with planted leaks", &mut command)
        })
    }
}

/// The cargo that runs this program, so that one toolchain builds everything. Build scripts see what
/// they see when cargo is called by hand: ring's asks where the manifest is, and with another answer
/// it and all that stands on it is built again.
fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.env_remove("CARGO_MANIFEST_DIR");
    command
}
