//! `cargo xtask prove`: the same tests, at the size that convinces.

use std::process::ExitCode;

use clap::ValueEnum;

use crate::cargo::{NATIVE, Workspace};
use crate::error::Error;
use crate::step;
use crate::surroundings::Surroundings;

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Subject {
    /// Nothing is lost and nothing doubled, whatever breaks during a whole replay
    Faults,
}

impl Subject {
    /// The test binary that knows a larger size.
    fn test(self) -> &'static str {
        match self {
            Subject::Faults => "replay",
        }
    }
}

pub(crate) fn prove(workspace: &Workspace, subject: Subject) -> Result<ExitCode, Error> {
    let surroundings = Surroundings::prepare(workspace)?;
    let mut command = surroundings.cargo_test();
    command.args(NATIVE).args([
        "--test",
        subject.test(),
        "--",
        "--nocapture",
        "--test-threads",
        "1",
    ]);
    command.env("SENIM_PROVE", "1");
    step::step("Running the larger size", || step::run("the proof", &mut command))?;
    Ok(ExitCode::SUCCESS)
}
