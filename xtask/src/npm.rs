//! What tests take from npm: the versions that `tests/npm` fixes, beside the other build products.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cargo::Workspace;
use crate::error::Error;
use crate::{debian, directories, step};

/// What says which packages there are; the last one changes with every version.
const FILES: [&str; 3] = [".npmrc", "package.json", "package-lock.json"];

/// axe-core's script among the packages: it finds what bars people from a page. It is under the MPL,
/// used unchanged, by tests alone, and no part of the product.
pub(crate) const AXE_CORE: &str = "axe-core/axe.min.js";

/// The directory with all packages, installed anew when one of the files has changed: axe-core, and
/// the OpenID provider that sign-in is tested with.
pub(crate) fn packages(workspace: &Workspace) -> Result<PathBuf, Error> {
    let wanted = workspace.root.join("tests/npm");
    let installed = workspace.target.join("tools/npm");
    let packages = installed.join("node_modules");
    if packages.is_dir() && equal(&wanted, &installed)? {
        return Ok(packages);
    }
    npm()?;
    step::step("Installing what tests take from npm", || install(&wanted, &installed))?;
    Ok(packages)
}

fn equal(wanted: &Path, installed: &Path) -> Result<bool, Error> {
    for name in FILES {
        let path = wanted.join(name);
        let content = fs::read(&path).map_err(Error::file("reading", &path))?;
        if fs::read(installed.join(name)).ok() != Some(content) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn install(wanted: &Path, installed: &Path) -> Result<(), Error> {
    let fresh = installed.with_extension("new");
    directories::remove(&fresh)?;
    fs::create_dir_all(&fresh).map_err(Error::file("making", &fresh))?;
    for name in FILES {
        let path = wanted.join(name);
        fs::copy(&path, fresh.join(name)).map_err(Error::file("copying", &path))?;
    }
    let mut ci = Command::new("npm");
    // No package runs anything of its own while it is installed.
    ci.current_dir(&fresh).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    step::run("installing packages of npm", &mut ci)?;
    directories::replace(installed, &fresh)
}

/// Makes sure that npm can be run.
fn npm() -> Result<(), Error> {
    let works = || step::works(Command::new("npm").arg("--version"));
    if works() {
        return Ok(());
    }
    debian::install(&["npm"])?;
    if works() {
        return Ok(());
    }
    Err(Error::Missing {
        what: "npm".to_owned(),
        why: "pages are tested with axe-core and sign-in with oidc-provider, which are published there",
        advice: "install Debian's package npm, or Node.js with npm in any other way, so that `npm --version` works"
            .to_owned(),
    })
}
