//! What pupils' tablets ask for. Nothing here logs, counts or remembers who asked.

mod body;
pub mod help;
mod lesson;
pub mod response;
pub mod token;
mod troubles;
mod turns;

pub use body::{Body, Refused};
pub use lesson::{find_lesson, lesson_of};
pub use troubles::tell_troubles;
pub use turns::Turns;
