//! `cargo xtask screens`: what people see, as pictures side by side.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::cargo::{NATIVE, Workspace};
use crate::error::Error;
use crate::step;
use crate::surroundings::Surroundings;

/// Walks through all screens and leaves an `index.html` with their pictures in the directory.
pub(crate) fn screens(workspace: &Workspace, out: Option<PathBuf>) -> Result<ExitCode, Error> {
    let out = out.unwrap_or_else(|| workspace.target.join("screens"));
    let directory = std::path::absolute(&out).map_err(Error::file("finding", &out))?;
    let surroundings = Surroundings::prepare(workspace)?;
    let mut command = surroundings.cargo_test();
    command.args(NATIVE).args(["--test", "screens", "--", "--nocapture", "--test-threads", "1"]);
    command.env("SENIM_SCREENS", &directory);
    step::step("Taking the pictures", || step::run("taking the pictures", &mut command))?;
    println!("open {}", directory.join("index.html").display());
    Ok(ExitCode::SUCCESS)
}
