//! poppler and zbar: tests open PDF files with programs that had no part in making them.

use std::process::Command;

use crate::error::Error;
use crate::{debian, step};

/// What tests run, with an argument at which it does nothing.
const PROGRAMS: [(&str, &str); 5] = [
    ("pdfinfo", "-v"),
    ("pdffonts", "-v"),
    ("pdftotext", "-v"),
    ("pdftoppm", "-v"),
    ("zbarimg", "--version"),
];

/// Makes sure that all of them are there.
pub(crate) fn find_or_install() -> Result<(), Error> {
    if missing().is_some() {
        debian::install(&["poppler-utils", "zbar-tools"])?;
    }
    match missing() {
        None => Ok(()),
        Some(program) => Err(Error::Missing {
            what: program.to_owned(),
            why: "tests that open slips, letters and reports",
            advice: "install Debian's packages poppler-utils and zbar-tools".to_owned(),
        }),
    }
}

fn missing() -> Option<&'static str> {
    let works = |(program, nothing): &(&str, &str)| step::works(Command::new(program).arg(nothing));
    PROGRAMS.iter().find(|program| !works(program)).map(|(program, _)| *program)
}
