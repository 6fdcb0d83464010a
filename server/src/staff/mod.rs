//! What staff see and do in the browser.

mod accounts;
pub mod class;
pub mod classes;
pub mod errors;
pub mod new_year;
pub mod school_help;
mod session_store;
pub mod set_up;
pub mod set_up_class;
mod shell;
pub mod sign_in;
pub mod slips;
pub mod structure;
pub mod structure_files;
mod structure_preview;
pub mod wave;

pub use accounts::{Accounts, Credentials, SignedIn, hash_password};
pub use class::class_link;
pub use errors::PageError;
pub use session_store::StaffSessions;
pub use shell::{LANGUAGE_COOKIE, Rendered, Visit};
