//! What may be shown of a closed wave: the only input of pages, files and the API. No type here
//! can hold a count of answers.

mod cell;
mod cells;
mod file;
mod group;
mod header;
mod respondents;
mod tenths;

pub use cell::{Cell, Reason};
pub use cells::Cells;
pub use file::{ReleaseFileError, ReleaseFileProblem};
pub use group::{Breakdown, Clustering, Group, Parent, Part};
pub use header::{DefinitionRef, Header, IndicatorNote, Kind, Policy, SCHEMA, Spread};
pub use respondents::Respondents;
pub use tenths::Tenths;

/// The numbers of a closed wave, protected once, read ever after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    pub header: Header,
    /// Every group with a class of the definition's form, hidden ones too, by level and id.
    pub groups: Vec<Group>,
}
