//! `cargo xtask bench`: measurements as `name,value,unit`, on the terminal and in a file.

use std::path::Path;
use std::process::{Command, ExitCode};

use clap::ValueEnum;
use serde_json::json;

use crate::cargo::{NATIVE, Workspace};
use crate::error::Error;
use crate::surroundings::Surroundings;
use crate::{browser_part, measured, step};

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Subject {
    /// What a tablet has to load before the first question
    Weight,
    /// How long a slow tablet on a slow network takes to the first question
    FirstItem,
    /// How many envelopes the release job opens and counts a second, with an optimised server
    Opening,
    /// What the optimised server spends on the two requests of a pupil
    Requests,
    /// Whole journeys of 1,000 pupils at once on the optimised server, a class that sends in the same
    /// second, and two servers on one database; `SENIM_LOAD_AT_ONCE` and `SENIM_LOAD_JOURNEYS` set
    /// other sizes
    Load,
    /// How long a wave of a whole country takes from answers to pages, and peers a part of it
    National,
    /// How long one proportion by region and sex takes in a sample of 3.9 million with strata,
    /// clusters and weights, and what a peer needs for it
    Estimate,
}

pub(crate) struct Measurement {
    name: String,
    value: u64,
    unit: String,
}

pub(crate) fn bench(workspace: &Workspace, subject: Subject) -> Result<ExitCode, Error> {
    let measurements = match subject {
        Subject::Weight => weight(workspace)?,
        Subject::FirstItem => measured_by(workspace, "measurements", "first_item", false)?,
        Subject::Opening => measured_by(workspace, "measurements", "opening", true)?,
        Subject::Requests => measured_by(workspace, "measurements", "requests::", true)?,
        Subject::Load => measured_by(workspace, "load", "journeys::", true)?,
        Subject::National => measured::measure(workspace, &measured::NATIONAL)?,
        Subject::Estimate => measured::measure(workspace, &measured::ESTIMATE)?,
    };
    for Measurement { name, value, unit } in &measurements {
        println!("{name},{value},{unit}");
    }
    let entries: Vec<_> = measurements
        .iter()
        .map(|Measurement { name, value, unit }| json!({ "name": name, "value": value, "unit": unit }))
        .collect();
    let path = workspace.target.join("bench.json");
    std::fs::write(&path, format!("{:#}\n", json!(entries)))
        .map_err(Error::file("writing", &path))?;
    Ok(ExitCode::SUCCESS)
}

fn weight(workspace: &Workspace) -> Result<Vec<Measurement>, Error> {
    let files = browser_part::build(workspace)?;
    let measure = |name: &str, form: &str, value| Measurement {
        name: format!("{name} {form}"),
        value,
        unit: "bytes".to_owned(),
    };
    let both = files.iter().flat_map(|file| {
        [measure(&file.name, "raw", file.raw), measure(&file.name, "brotli", file.brotli)]
    });
    let mut measurements: Vec<_> = both.collect();
    measurements.extend(measured_by(workspace, "same_for_all", "weight::", false)?);
    Ok(measurements)
}

/// What the tests of a binary whose names contain `filter` say that they have measured, of the
/// server optimised or as all other tests have it.
fn measured_by(
    workspace: &Workspace,
    binary: &str,
    filter: &str,
    release: bool,
) -> Result<Vec<Measurement>, Error> {
    let surroundings = Surroundings::prepare(workspace)?;
    if release {
        workspace.build_optimised()?;
    }
    let directory =
        tempfile::tempdir().map_err(Error::file("making a directory in", &std::env::temp_dir()))?;
    let path = directory.path().join("measurements.csv");
    let mut command = surroundings.cargo_test();
    command.args(NATIVE).args(["--test", binary, "--", filter]);
    command.args(["--nocapture", "--test-threads", "1"]).env("SENIM_MEASUREMENTS", &path);
    if release {
        workspace.with_optimised(&mut command);
    }
    step::step("Measuring", || step::run("measuring", &mut command))?;
    read_measurements(&path, &command)
}

/// What a command has written as `name,value,unit`.
pub(crate) fn read_measurements(path: &Path, command: &Command) -> Result<Vec<Measurement>, Error> {
    let lines = std::fs::read_to_string(path).map_err(Error::file("reading", path))?;
    let unexpected = |line: &str| Error::Answer {
        from: "the measurement",
        command: step::typed(command),
        problem: format!("{line} is not name,value,unit"),
    };
    lines.lines().map(|line| measurement(line).ok_or_else(|| unexpected(line))).collect()
}

fn measurement(line: &str) -> Option<Measurement> {
    let [name, value, unit] = line.split(',').collect::<Vec<_>>().try_into().ok()?;
    Some(Measurement { name: name.to_owned(), value: value.parse().ok()?, unit: unit.to_owned() })
}
