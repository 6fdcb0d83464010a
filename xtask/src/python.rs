//! Python with packages of fixed versions, beside the other build products.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cargo::Workspace;
use crate::error::Error;
use crate::{debian, directories, step};

/// A Python that has the packages of a requirements file; made anew when the file has changed.
pub(crate) fn with_packages(workspace: &Workspace, requirements: &Path) -> Result<PathBuf, Error> {
    let place = workspace.target.join("tools/python");
    let (python, installed) = (place.join("bin/python"), place.join("requirements.txt"));
    let wanted = fs::read(requirements).map_err(Error::file("reading", requirements))?;
    if python.is_file() && fs::read(&installed).ok().as_ref() == Some(&wanted) {
        return Ok(python);
    }
    python3()?;
    step::step("Installing what measurements take from PyPI", || {
        directories::remove(&place)?;
        let mut venv = Command::new("python3");
        step::run("making a place for packages", venv.args(["-m", "venv"]).arg(&place))?;
        let mut pip = Command::new(&python);
        // Only packages that are built: nothing of them runs while they are installed.
        pip.args(["-m", "pip", "install", "--quiet", "--only-binary", ":all:", "-r"]);
        step::run("installing packages of PyPI", pip.arg(requirements))?;
        // Last: what broke off before is made anew.
        fs::write(&installed, &wanted).map_err(Error::file("writing", &installed))
    })?;
    Ok(python)
}

/// Makes sure that Python can make virtual environments.
fn python3() -> Result<(), Error> {
    let works = || step::works(Command::new("python3").args(["-m", "venv", "--help"]));
    if works() {
        return Ok(());
    }
    debian::install(&["python3", "python3-venv"])?;
    if works() {
        return Ok(());
    }
    Err(Error::Missing {
        what: "Python with venv".to_owned(),
        why: "the peers of the national measurement are Python packages",
        advice:
            "install Debian's packages python3 and python3-venv, so that `python3 -m venv` works"
                .to_owned(),
    })
}
