//! Debian's and Ubuntu's packages.

use std::process::Command;

use crate::error::Error;
use crate::step;

/// Installs packages through apt-get. Where that fails it says so and goes on: the caller looks
/// again and knows the way round. Only Ctrl-C is an error.
pub(crate) fn install(packages: &[&str]) -> Result<(), Error> {
    let names = packages.join(" ");
    let installed =
        step::step(&format!("Installing {names} from the distribution's packages"), || {
            step::run("updating the list of packages", apt_get().arg("update").arg("--quiet"))?;
            let mut install = apt_get();
            install.args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(packages);
            step::run(&format!("installing {names}"), &mut install)
        });
    installed.or_else(|error| match error {
        Error::Interrupted => Err(error),
        error => {
            eprintln!("{error}");
            Ok(())
        }
    })
}

/// Whether this is Ubuntu, whose Chromium has other package names than Debian's.
pub(crate) fn is_ubuntu() -> bool {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    release.lines().any(|line| line == "ID=ubuntu")
}

/// apt-get that never asks, through sudo unless this is root.
fn apt_get() -> Command {
    let mut command = Command::new(if is_root() { "env" } else { "sudo" });
    if !is_root() {
        command.arg("env");
    }
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    command
}

pub(crate) fn is_root() -> bool {
    step::output_if_works(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}
