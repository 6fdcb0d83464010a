//! Chromium and its driver: tests look at pages in the browser that people use.

use std::path::PathBuf;
use std::process::Command;

use crate::error::Error;
use crate::{debian, step};

const WHY: &str = "tests of pages in a real browser";

pub(crate) struct Chromium {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Finds both, installs them where one is missing.
pub(crate) fn find_or_install() -> Result<Chromium, Error> {
    let chosen = ["CHROMIUM", "CHROMEDRIVER"].iter().any(|name| std::env::var_os(name).is_some());
    let found = find();
    if found.is_ok() || chosen {
        return found;
    }
    let packages = match debian::is_ubuntu() {
        true => ["chromium-browser", "chromium-chromedriver"],
        false => ["chromium", "chromium-driver"],
    };
    debian::install(&packages)?;
    find()
}

fn find() -> Result<Chromium, Error> {
    let browsers = ["chromium", "chromium-browser", "google-chrome", "/snap/bin/chromium"];
    let drivers = [
        "chromedriver",
        "/usr/lib/chromium-browser/chromedriver",
        "/snap/bin/chromium.chromedriver",
    ];
    Ok(Chromium {
        browser: first_that_works("CHROMIUM", "Chromium", &browsers)?,
        driver: first_that_works("CHROMEDRIVER", "Chromium's driver", &drivers)?,
    })
}

/// Asked for its version, because Ubuntu's package may be a script that only names a snap.
fn first_that_works(variable: &str, name: &str, candidates: &[&str]) -> Result<PathBuf, Error> {
    let works = |path: &PathBuf| step::works(Command::new(path).arg("--version"));
    let chosen = std::env::var_os(variable).map(PathBuf::from);
    let found = match &chosen {
        Some(path) => Some(path.clone()).filter(works),
        None => candidates.iter().filter_map(|name| step::path_of(name)).find(works),
    };
    found.ok_or_else(|| Error::Missing {
        what: match chosen {
            Some(path) => format!("a working {name} at {variable}={}", path.display()),
            None => name.to_owned(),
        },
        why: WHY,
        advice: "install Debian's packages chromium and chromium-driver, or any Chromium or Chrome with the driver of \
                 its version, and name both: CHROMIUM=/path/to/chromium CHROMEDRIVER=/path/to/chromedriver. \
                 (Ubuntu's packages only work where snap does.)"
            .to_owned(),
    })
}
