//! One module a page: its struct and its view.

mod class;
mod classes;
mod error;
mod help;
mod home;
mod key_ceremony;
mod pupil;
mod school_help;
mod set_up;
mod sign_in;
mod slips;
mod stored;
mod structure;
mod wave;

pub use class::{
    Advice, Beside, ClassFindings, ClassPage, ClassResults, Figure, GroupName, IndicatorRow,
    OpenWave, Strength,
};
pub use classes::{ClassRow, ClassesPage, Role, SchoolClasses, SessionState, WaveRow};
pub use error::{ErrorKind, ErrorPage};
pub use help::{HelpPage, HelpPrintPage};
pub use home::HomePage;
pub use key_ceremony::{KeyCeremonyPage, key_ceremony_commands};
pub use pupil::{LessonMissingPage, PupilPage};
pub use school_help::SchoolHelpPage;
pub use set_up::{
    ClassForm, EditClassPage, MovingClass, NewYearPage, Saved, SetUpClass, SetUpClassesPage,
};
pub use sign_in::SignInPage;
pub use slips::{SlipCard, SlipsPage};
pub use stored::{StoredAbout, StoredColumn, StoredPage, StoredTable, StoredWords};
pub use structure::{
    PreviewClass, PreviewFields, StructureNotice, StructurePage, StructurePreview, StructureStep,
};
pub use wave::{ErasedWave, WavePage, WaveState};
