//! The whole path in a real browser: a pupil answers, a teacher reads.

mod path;
