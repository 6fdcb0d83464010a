//! `cargo xtask prove`: the same tests, at the size that convinces.

use std::process::ExitCode;

use clap::ValueEnum;

use crate::cargo::{NATIVE, Workspace};
use crate::error::Error;
use crate::step;
use crate::surroundings::Surroundings;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Subject {
    /// Screens and requests are the same for 200 pupils of each form, whatever they do; nothing
    /// links 2,000 pupils of every kind to what they answered
    Anonymity,
    /// Nothing is lost and nothing doubled, whatever breaks during a whole replay, when 24 tablets
    /// lose their network at once, when a load, a release and a wave that is being forgotten are
    /// killed, the server 100 times, when a migration is killed at each of its writes, when the power
    /// is cut at each sync, and in 20 backups that are taken while 2,000 pupils answer
    Faults,
    /// Of 20,000 whole journeys, 1,000 at once, none fails and what was acknowledged is stored once,
    /// also on two servers with one database, with the optimised server; a table of the country's
    /// 160,000 classes is imported
    Load,
    /// Everything at once for an hour, and memory does not grow, with the optimised server
    Hour,
    /// From releases of 500 generated countries nothing can be worked out that must not be, and
    /// weaknesses put in on purpose are found
    Disclosure,
}

impl Subject {
    /// The test binaries that know a larger size, as arguments.
    fn tests(self) -> &'static [&'static str] {
        match self {
            Subject::Anonymity => &["--test", "same_for_all", "--test", "linker"],
            Subject::Faults => &[
                "--test",
                "replay",
                "--test",
                "lost_network",
                "--test",
                "faults",
                "--test",
                "durability",
                "--test",
                "storage_contract",
                "--test",
                "erasure",
                "--test",
                "backup",
            ],
            Subject::Load => {
                &["--test", "load", "--test", "several_servers", "--test", "school_setup"]
            }
            Subject::Hour => &["--test", "mixed_load"],
            Subject::Disclosure => &["--test", "disclosure"],
        }
    }
}

pub(crate) fn prove(workspace: &Workspace, subject: Subject) -> Result<ExitCode, Error> {
    let surroundings = Surroundings::prepare(workspace)?;
    let mut command = surroundings.cargo_test();
    command.args(NATIVE).args(subject.tests());
    command.args(["--", "--nocapture", "--test-threads", "1"]);
    command.env("SENIM_PROVE", "1");
    if matches!(subject, Subject::Load | Subject::Hour) {
        workspace.build_optimised()?;
        workspace.with_optimised(&mut command);
    }
    step::step("Running the larger size", || step::run("the proof", &mut command))?;
    Ok(ExitCode::SUCCESS)
}
