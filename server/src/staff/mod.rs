//! What staff see and do in the browser.

pub mod account;
mod accounts;
pub mod audit;
pub mod class;
pub mod classes;
pub mod district;
pub mod done;
mod download;
pub mod errors;
pub mod invitation;
pub mod lessons_held;
pub mod letters;
pub mod nation;
pub mod people;
pub mod region;
pub mod reports;
mod roles;
pub mod school;
pub mod school_help;
pub mod school_letters;
pub mod school_slips;
pub mod second_factor;
pub mod session;
pub mod session_screen;
mod session_store;
mod shell;
pub mod sign_in;
pub mod sign_in_code;
pub mod slips;
mod units;
pub mod wave;

pub use accounts::{Accounts, Credentials, SignInError, SignedIn, hash_password};
pub use class::class_link;
pub use errors::PageError;
pub use session_store::StaffSessions;
pub use shell::{LANGUAGE_COOKIE, Rendered, Visit};
