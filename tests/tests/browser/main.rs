//! The whole path in a real browser: a pupil answers, a teacher reads.

mod interrupted;
mod lesson;
mod path;
