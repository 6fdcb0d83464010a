//! `cargo xtask prove`: the same tests, at the size that convinces.

use std::process::ExitCode;

use clap::ValueEnum;

use crate::cargo::{NATIVE, Workspace};
use crate::error::Error;
use crate::step;
use crate::surroundings::Surroundings;

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Subject {
    /// Screens and requests are the same for 200 pupils of each form, whatever they do
    Anonymity,
    /// Nothing is lost and nothing doubled, whatever breaks during a whole replay, and when 24
    /// tablets lose their network at once
    Faults,
}

impl Subject {
    /// The test binaries that know a larger size, as arguments.
    fn tests(self) -> &'static [&'static str] {
        match self {
            Subject::Anonymity => &["--test", "same_for_all"],
            Subject::Faults => &["--test", "killed", "--test", "replay", "--test", "lost_network"],
        }
    }
}

pub(crate) fn prove(workspace: &Workspace, subject: Subject) -> Result<ExitCode, Error> {
    let surroundings = Surroundings::prepare(workspace)?;
    let mut command = surroundings.cargo_test();
    command.args(NATIVE).args(subject.tests());
    command.args(["--", "--nocapture", "--test-threads", "1"]);
    command.env("SENIM_PROVE", "1");
    step::step("Running the larger size", || step::run("the proof", &mut command))?;
    Ok(ExitCode::SUCCESS)
}
