//! `cargo xtask test`: builds, checks and tests everything. `.ci/run` calls exactly this.

use std::process::{Command, ExitCode};

use crate::cargo::{NATIVE, Workspace};
use crate::error::Error;
use crate::surroundings::Surroundings;
use crate::tally::Tally;
use crate::{browser_part, step, tools};

/// Whatever happens, the last line is the counts.
pub(crate) fn test(workspace: &Workspace, filter: Option<&str>) -> ExitCode {
    let mut tally = Tally::default();
    if let Err(error) = checks_and_tests(workspace, filter, &mut tally) {
        eprintln!("error: {error}");
        tally.count(false);
    }
    println!("{tally}");
    match tally.all_passed() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

fn checks_and_tests(
    workspace: &Workspace,
    filter: Option<&str>,
    tally: &mut Tally,
) -> Result<(), Error> {
    tools::rust_components(workspace)?;
    let surroundings = Surroundings::prepare(workspace)?;
    if filter.is_none() {
        checks(workspace, tally)?;
    }
    let mut tests = Tally::default();
    let mut command = surroundings.cargo_test();
    command.args(NATIVE).arg("--no-fail-fast").args(filter);
    let outcome = step::step("Running the tests", || {
        step::run_seeing("cargo test", &mut command, |line| tests.see(line))
    });
    tally.add_run(tests, succeeded(outcome)?);
    Ok(())
}

/// Style, common mistakes, licences and sources. One that fails is counted and the next one runs.
fn checks(workspace: &Workspace, tally: &mut Tally) -> Result<(), Error> {
    let mut form = workspace.cargo("fmt");
    form.args(["--all", "--check"]);
    check("Checking the code's form", &mut form, tally)?;

    let mut clippy = workspace.cargo("clippy");
    clippy.args(NATIVE).args(["--all-targets", "--", "-D", "warnings"]);
    check("Checking for common mistakes and for what the promises forbid", &mut clippy, tally)?;

    let mut browser = browser_part::cargo(workspace, "clippy")?;
    browser.args(["--", "-D", "warnings"]);
    check("Checking the same in the browser part", &mut browser, tally)?;

    let mut deny = Command::new(tools::cargo_deny(workspace)?);
    deny.current_dir(&workspace.root).args(["check", "licenses", "sources", "bans"]);
    check("Checking licences and sources of all dependencies", &mut deny, tally)
}

fn check(headline: &str, command: &mut Command, tally: &mut Tally) -> Result<(), Error> {
    let outcome = step::step(headline, || step::run(headline, command));
    tally.count(succeeded(outcome)?);
    Ok(())
}

/// A failure is told and counted, and the next check runs; only Ctrl-C ends everything.
fn succeeded(outcome: Result<(), Error>) -> Result<bool, Error> {
    match outcome {
        Ok(()) => Ok(true),
        Err(Error::Interrupted) => Err(Error::Interrupted),
        Err(error) => {
            eprintln!("error: {error}");
            Ok(false)
        }
    }
}
