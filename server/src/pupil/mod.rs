//! What pupils' tablets ask for. Nothing here logs, counts or remembers who asked.

mod body;
mod lesson;
pub mod response;
pub mod token;

pub use body::{Body, Refused};
pub use lesson::{lesson_of, open_lesson};
