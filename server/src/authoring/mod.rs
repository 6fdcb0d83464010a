//! Survey definitions written elsewhere: XLSForm workbooks and SurveyJS files become definitions,
//! and definitions become these; and what a new version keeps comparable.
//!
//! It is here and not beside the definitions because reading workbooks takes libraries that must
//! not reach the pupil page, which is compiled from that crate. Nothing here reads or writes
//! anything but its arguments.

mod comparisons;
mod conditions;
mod constraints;
mod draft;
mod expression;
mod indicators;
mod lists;
mod names;
mod questions;
mod surveyjs;
mod versions;
mod xlsform;

pub use surveyjs::{export as to_surveyjs, import as from_surveyjs};
pub use versions::{Comparison, compare};
pub use xlsform::{export as to_xlsform, import as from_xlsform};

use survey_definitions::{Form, Language, Mistake, Survey};

/// A definition that was made of a file of another format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    pub survey: Survey,
    /// What was left out or changed, each with its place in the file.
    pub notes: Vec<Mistake>,
}

/// A file of another format that was made of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    pub file: Vec<u8>,
    /// What the other format cannot hold, each with its place in the definition.
    pub notes: Vec<Mistake>,
}

/// What a file does not say by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaid {
    /// The id of a definition whose file names none.
    pub id: String,
    /// The language of texts that name none.
    pub language: Option<Language>,
    /// Whom the definition is for, if the file does not say.
    pub form: Form,
}

/// The id nearest to a name, such as that of a file; `None` when nothing of it can be in an id.
pub fn id_of(name: &str) -> Option<String> {
    names::id(name)
}

/// The language that people mean by `Kazakh (kk)`, `kk`, `қазақша` and the like.
pub fn language_of(written: &str) -> Option<Language> {
    names::language(written)
}
