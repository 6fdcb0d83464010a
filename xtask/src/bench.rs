//! `cargo xtask bench`: measurements as `name,value,unit`, on the terminal and in a file.

use std::process::ExitCode;

use clap::ValueEnum;
use serde_json::json;

use crate::browser_part;
use crate::cargo::Workspace;
use crate::error::Error;

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Subject {
    /// What a tablet has to load before the first question
    Weight,
}

struct Measurement {
    name: String,
    value: u64,
    unit: &'static str,
}

pub(crate) fn bench(workspace: &Workspace, subject: Subject) -> Result<ExitCode, Error> {
    let measurements = match subject {
        Subject::Weight => weight(workspace)?,
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
        unit: "bytes",
    };
    let both = files.iter().flat_map(|file| {
        [measure(&file.name, "raw", file.raw), measure(&file.name, "brotli", file.brotli)]
    });
    Ok(both.collect())
}
