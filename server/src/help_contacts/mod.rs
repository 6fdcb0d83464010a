//! Who helps pupils outside the school: `help_contacts.json`, or the operator's own file in its
//! place.
//!
//! What the shipped texts say is said by: the rules of contact centre 111 of 2023 (free, round the
//! clock, family, women and children; online.zakon.kz 35706030); the committee for children's
//! rights on 6 November 2025 (children write through QR codes in all schools) and vecher.kz 2025
//! (anonymity); the ministry of education on Bala Qorgau in 2022 (a website with advice and
//! questions, signs with its QR code in schools). No source gives an address of Bala Qorgau that we
//! could check, so it is shipped without one.

mod file;

use crate::storage::school_help::SchoolHelp;
use app::{Help, HelpContact};
use file::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fmt, fs, io};

const SHIPPED: &str = include_str!("../../help_contacts.json");

/// What every help page shows beside the school's own.
#[derive(Debug, Clone)]
pub struct HelpContacts(Arc<[HelpContact]>);

/// Why the contacts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HelpContactsError {
    #[error("{}: {error}", path.display())]
    File { path: PathBuf, error: io::Error },
    #[error("{place} does not hold contacts for the help page: {error}")]
    Form { place: String, error: serde_json::Error },
    #[error("{place} does not hold contacts for the help page:\n{mistakes}")]
    Content { place: String, mistakes: Mistakes },
}

/// Every mistake, each a line with its place.
#[derive(Debug, Default)]
pub struct Mistakes(Vec<String>);

impl HelpContacts {
    /// Those in the file, or those in this program.
    pub fn load(file: Option<&Path>) -> Result<Self, HelpContactsError> {
        let (place, text) = match file {
            None => ("help_contacts.json in this program".to_owned(), SHIPPED.to_owned()),
            Some(path) => {
                let text = fs::read_to_string(path)
                    .map_err(|error| HelpContactsError::File { path: path.to_owned(), error })?;
                (path.display().to_string(), text)
            }
        };
        let file: File = match serde_json::from_str(&text) {
            Ok(file) => file,
            Err(error) => return Err(HelpContactsError::Form { place, error }),
        };
        match file.checked() {
            Ok(contacts) => Ok(Self(contacts.into())),
            Err(mistakes) => Err(HelpContactsError::Content { place, mistakes }),
        }
    }

    /// What pupils of a school are shown.
    pub fn with(&self, school: SchoolHelp) -> Help {
        Help { contacts: self.0.clone(), school: school.into() }
    }

    /// What who belongs to no school is shown.
    pub fn alone(&self) -> Help {
        Help { contacts: self.0.clone(), school: app::SchoolHelp::default() }
    }
}

impl From<SchoolHelp> for app::SchoolHelp {
    fn from(SchoolHelp { psychologist, room, times }: SchoolHelp) -> Self {
        Self { psychologist, room, times }
    }
}

impl Mistakes {
    fn add(&mut self, place: &str, problem: impl fmt::Display) {
        self.0.push(format!("{place}: {problem}"));
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<_> = self.0.iter().map(|line| format!("  {line}")).collect();
        f.write_str(&lines.join("\n"))
    }
}
