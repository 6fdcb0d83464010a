//! `cargo xtask bench national` and `estimate`: what analysis takes of a whole country, and what
//! others need for the same or less.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bench::{Measurement, read_measurements};
use crate::cargo::{NATIVE, Workspace};
use crate::error::Error;
use crate::{python, step};

/// A measuring program of the analysis crate, and its peers by name and script.
pub(crate) struct Measured {
    example: &'static str,
    peers: &'static [(&'static str, &'static str)],
}

/// A wave of a whole country, from answers to a page.
pub(crate) const NATIONAL: Measured = Measured {
    example: "national",
    peers: &[("polars", "polars_rollup.py"), ("duckdb", "duckdb_rollup.py")],
};

/// One proportion by region and sex in a sample of a whole country.
pub(crate) const ESTIMATE: Measured =
    Measured { example: "estimate", peers: &[("polars", "polars_estimate.py")] };

pub(crate) fn measure(
    workspace: &Workspace,
    measured: &Measured,
) -> Result<Vec<Measurement>, Error> {
    let program = build(workspace, measured.example)?;
    let scripts = workspace.root.join("xtask/peers");
    let python = python::with_packages(workspace, &scripts.join("requirements.txt"));
    let directory =
        tempfile::tempdir().map_err(Error::file("making a directory in", &std::env::temp_dir()))?;
    let path = directory.path().join("measurements.csv");
    let mut command = Command::new(program);
    command.arg(directory.path()).env("SENIM_MEASUREMENTS", &path);
    match python {
        Ok(python) => peers(&mut command, measured, &python, &scripts),
        Err(Error::Interrupted) => return Err(Error::Interrupted),
        // Ours can be measured without them.
        Err(error) => eprintln!("without peers: {error}"),
    }
    step::step("Measuring a whole country (minutes)", || step::run("measuring", &mut command))?;
    read_measurements(&path, &command)
}

/// The measuring program, optimised; it is no part of what is shipped.
fn build(workspace: &Workspace, example: &str) -> Result<PathBuf, Error> {
    let mut command = workspace.cargo("build");
    command.args(NATIVE).args(["--release", "--example", example]);
    command.args(["--features", "analysis/measuring"]);
    step::step("Building, optimised (many minutes the first time)", || {
        step::run("building the measurement", &mut command)
    })?;
    Ok(workspace.target.join("release/examples").join(example))
}

fn peers(command: &mut Command, measured: &Measured, python: &Path, scripts: &Path) {
    for (name, script) in measured.peers {
        command.arg(name).arg(python).arg(scripts.join(script));
    }
}
