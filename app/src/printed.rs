//! What is printed as PDF: the words around what the server knows, as plain structs. The server's
//! templates lay them out.

mod invitations;
mod letters;
mod report;
mod slips;

pub use invitations::{TeacherInvitations, TeacherSheet};
pub(crate) use letters::Letter;
pub use letters::{LetterSchool, Letters};
pub use report::Report;
pub use slips::{ClassSlips, SlipSheets};
