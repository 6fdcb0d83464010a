//! `cargo xtask bench national`: a wave of a whole country, and what others need for less.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bench::{Measurement, read_measurements};
use crate::cargo::{NATIVE, Workspace};
use crate::error::Error;
use crate::{python, step};

/// The peers, by name and script.
const PEERS: [(&str, &str); 2] = [("polars", "polars_rollup.py"), ("duckdb", "duckdb_rollup.py")];

pub(crate) fn national(workspace: &Workspace) -> Result<Vec<Measurement>, Error> {
    let program = build(workspace)?;
    let scripts = workspace.root.join("xtask/peers");
    let python = python::with_packages(workspace, &scripts.join("requirements.txt"));
    let directory =
        tempfile::tempdir().map_err(Error::file("making a directory in", &std::env::temp_dir()))?;
    let path = directory.path().join("measurements.csv");
    let mut command = Command::new(program);
    command.arg(directory.path()).env("SENIM_MEASUREMENTS", &path);
    match python {
        Ok(python) => peers(&mut command, &python, &scripts),
        Err(Error::Interrupted) => return Err(Error::Interrupted),
        // Ours can be measured without them.
        Err(error) => eprintln!("without peers: {error}"),
    }
    step::step("Measuring a national wave (minutes)", || step::run("measuring", &mut command))?;
    read_measurements(&path, &command)
}

/// The measuring program, optimised; it is no part of what is shipped.
fn build(workspace: &Workspace) -> Result<PathBuf, Error> {
    let mut command = workspace.cargo("build");
    command.args(NATIVE).args(["--release", "--example", "national"]);
    command.args(["--features", "analysis/national"]);
    step::step("Building, optimised (many minutes the first time)", || {
        step::run("building the measurement", &mut command)
    })?;
    Ok(workspace.target.join("release/examples/national"))
}

fn peers(command: &mut Command, python: &Path, scripts: &Path) {
    for (name, script) in PEERS {
        command.arg(name).arg(python).arg(scripts.join(script));
    }
}
