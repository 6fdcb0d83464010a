//! One module a page: its struct and its view.

mod account;
mod audit;
mod class;
mod class_session;
mod classes;
mod enrolment;
mod error;
mod help;
mod home;
mod invitation;
mod key_ceremony;
mod letters;
mod new_wave;
mod people;
mod pupil;
mod release;
mod school_help;
mod second_factor;
mod set_up;
mod sign_in;
mod slips;
mod staff_role;
mod stored;
mod structure;
mod teachers;
mod unit;
mod wave;
mod wave_preview;
mod waves;

pub use account::{AccountPage, NameMistake, PasswordField, PasswordMistake, PasswordMistakes};
pub use audit::{AuditPage, AuditRow, audit_words};
pub use class::{ClassPage, LessonField, LessonForm, LessonHeld, LessonMistake, LessonsHeld};
pub use class_session::{
    ClassSessionPage, RunningSessionPage, SessionClass, SessionScreenPage, SessionStage,
    SessionWave,
};
pub use classes::{ClassRow, ClassesPage, SchoolClasses, SessionState};
pub use enrolment::{ChangeState, EnrolmentChange, EnrolmentPage, FrozenClass, WrongNumber};
pub use error::{ErrorKind, ErrorPage};
pub use help::{HelpPage, HelpPrintPage};
pub use home::HomePage;
pub use invitation::{InvitationGonePage, InvitationPage, InvitationSheet, Invited};
pub use key_ceremony::{KeyCeremonyPage, key_ceremony_commands};
pub use letters::LettersPage;
pub use new_wave::{
    DefinitionChoice, LONGEST_WAVE_NAME, NewWavePage, TypedWave, WaveField, WaveMistake,
};
pub use people::{InvitationRow, InviteForm, InviteMistake, PeoplePage, PersonRow, PlacesOfRole};
pub use pupil::{LessonMissingPage, PupilPage};
pub use release::{FailedRelease, KeyProblem, ReleasePage, ReleaseStep};
pub use school_help::SchoolHelpPage;
pub use second_factor::{RecoveryCodesPage, SecondFactorPage};
pub use set_up::{
    ClassForm, EditClassPage, MovingClass, NewYearPage, Saved, SetUpClass, SetUpClassesPage,
    UnitForm, UnitLine, UnitsPage,
};
pub use sign_in::{SignInCodePage, SignInFailure, SignInPage};
pub use slips::{ClassSlipState, SlipsPage, SlipsScope};
pub use staff_role::{RoleAt, StaffRole};
pub use stored::{StoredAbout, StoredColumn, StoredPage, StoredTable, StoredWords};
pub use structure::{
    PreviewClass, PreviewFields, StructureNotice, StructurePage, StructurePreview, StructureStep,
};
pub use teachers::{TeachersPage, WaitingTeacher};
pub use unit::{FormResults, UnitList, UnitPage};
pub use wave::{ErasedWave, Opening, WaveNumbers, WavePage, WaveState};
pub use wave_preview::{PreviewedSurvey, WavePreviewPage};
pub use waves::{WaitingChange, WaveRow, WavesPage};
