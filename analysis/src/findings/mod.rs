//! What may be said of published numbers. Everything here takes lines of a release and nothing
//! else, so that equal releases give equal words.

mod advice;
mod class_findings;
#[cfg(feature = "compute")]
mod compared;
mod outcome;
#[cfg(feature = "compute")]
mod published_range;
mod smallest;

pub use advice::decided;
pub use class_findings::{Advised, ClassFindings, Strength, Unsaid, class_findings, worse_when};
#[cfg(feature = "compute")]
pub use compared::{Compared, flags};
pub use outcome::Outcome;
#[cfg(feature = "compute")]
pub use published_range::Figure;
pub use smallest::smallest_shown;
