//! The only code that reaches the browser.

#![allow(unreachable_pub, reason = "the island macro writes `pub` on what it makes")]

mod done_count;
mod pupil_survey;

pub use done_count::DoneCount;
pub use pupil_survey::PupilSurvey;
