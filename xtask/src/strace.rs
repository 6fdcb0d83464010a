//! strace: tests look with it at what reaches the disk before a reply.

use std::path::PathBuf;
use std::process::Command;

use crate::error::Error;
use crate::{debian, step};

/// `SENIM_STRACE`, or what the distribution has.
pub(crate) fn find_or_install() -> Result<PathBuf, Error> {
    let chosen = std::env::var_os("SENIM_STRACE").map(PathBuf::from);
    let works = |path: &PathBuf| step::works(Command::new(path).arg("-V"));
    let find = || step::path_of("strace").filter(works);
    let found = match &chosen {
        Some(path) => Some(path.clone()).filter(works),
        None => match find() {
            Some(path) => Some(path),
            None => {
                debian::install(&["strace"])?;
                find()
            }
        },
    };
    found.ok_or_else(|| Error::Missing {
        what: match chosen {
            Some(path) => format!("a working strace at SENIM_STRACE={}", path.display()),
            None => "strace".to_owned(),
        },
        why: "tests that see the disk synced before a response is acknowledged",
        advice: "install Debian's package strace, or name one: SENIM_STRACE=/path/to/strace"
            .to_owned(),
    })
}
