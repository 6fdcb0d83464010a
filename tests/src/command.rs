use crate::surroundings::senim_binary;
use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

/// What a command said and whether it succeeded.
#[derive(Debug)]
pub struct Finished {
    pub succeeded: bool,
    pub stdout: String,
    pub stderr: String,
}

impl Finished {
    /// Runs a command to its end.
    pub fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        Self {
            succeeded: output.status.success(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Panics with everything it said unless it succeeded.
    pub fn expect_success(self) -> Self {
        assert!(self.succeeded, "failed: {}{}", self.stdout, self.stderr);
        self
    }

    /// Panics unless it failed; what it said on standard error.
    pub fn expect_failure(self) -> String {
        assert!(!self.succeeded, "succeeded: {}{}", self.stdout, self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self.stderr
    }
}

/// Runs `senim` to its end, without any setting of the surroundings.
pub fn senim<S: AsRef<OsStr>>(arguments: &[S]) -> Finished {
    Finished::of(senim_command().args(arguments))
}

/// Makes a release key without a passphrase; its public half as it is printed.
pub fn new_release_key(path: &str) -> String {
    let made = senim(&["keys", "new", "--unprotected", "--out", path]).expect_success();
    made.stdout.trim().to_owned()
}

/// `senim`, to be given arguments and run.
pub fn senim_command() -> Command {
    command_of(&senim_binary())
}

/// The same for another program that is called like it.
pub(crate) fn command_of(program: &Path) -> Command {
    let mut command = Command::new(program);
    for (setting, _) in std::env::vars_os() {
        if setting.to_string_lossy().starts_with("SENIM_") {
            command.env_remove(setting);
        }
    }
    command
}

/// The arguments of a replay of the 2019 survey, as a checker outside would give them.
pub fn replay_arguments(
    server: &str,
    name: &str,
    password_file: &str,
    data: &str,
    journal: &str,
) -> Vec<String> {
    let given = [
        ("--server", server),
        ("--sign-in", name),
        ("--password-file", password_file),
        ("--definition", "yrbs_2019_violence"),
        ("--data", data),
        ("--school", "psu"),
        ("--class", "psu,q3"),
        ("--journal", journal),
    ];
    let flags = given.iter().flat_map(|(flag, value)| [*flag, *value]);
    ["replay"].into_iter().chain(flags).map(str::to_owned).collect()
}
