//! libfaketime: tests let the clock of the built server jump with it.

use std::path::PathBuf;

use crate::debian;
use crate::error::Error;

/// For programs with threads.
const LIBRARY: &str = "faketime/libfaketimeMT.so.1";

/// `SENIM_FAKETIME`, or what the distribution has.
pub(crate) fn find_or_install() -> Result<PathBuf, Error> {
    let chosen = std::env::var_os("SENIM_FAKETIME").map(PathBuf::from);
    let found = match &chosen {
        Some(path) => Some(path.clone()).filter(|path| path.is_file()),
        None => match find() {
            Some(path) => Some(path),
            None => {
                debian::install(&["faketime"])?;
                find()
            }
        },
    };
    found.ok_or_else(|| Error::Missing {
        what: match chosen {
            Some(path) => format!("libfaketime at SENIM_FAKETIME={}", path.display()),
            None => "libfaketime".to_owned(),
        },
        why: "tests that let the server's clock jump by a day",
        advice: "install Debian's package faketime, or name its library: \
                 SENIM_FAKETIME=/path/to/libfaketimeMT.so.1"
            .to_owned(),
    })
}

/// Below the directory of libraries of this machine's kind.
fn find() -> Option<PathBuf> {
    let directories = std::fs::read_dir("/usr/lib").ok()?;
    let libraries = directories.flatten().map(|directory| directory.path().join(LIBRARY));
    libraries.into_iter().find(|library| library.is_file())
}
