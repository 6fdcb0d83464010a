//! What a survey is: its items, response scales, pages and indicators as data, and one
//! pupil's answers to it. No I/O, no clock, no randomness; compiles to wasm.
//!
//! A definition file is JSON, one file a version, with every language inside
//! (`definitions/NAME/NAME.VERSION.json`). [`Survey::parse`] turns its text into a [`Survey`]
//! or into every [`Mistake`] at once.

mod answers;
mod indicator;
mod item;
mod mistake;
mod packing;
mod page;
mod parse;
mod response_scale;
#[cfg(feature = "schema")]
mod schema;
mod shipped;
mod survey;
mod text;

pub use answers::{Answer, AnswerError, Answers, Response};
pub use indicator::{Indicator, Share};
pub use item::{Item, Need};
pub use mistake::{Mistake, Mistakes};
pub use packing::{UnpackError, pack, packed_length, unpack};
pub use page::Page;
pub use response_scale::{Choice, ResponseScale, ScaleKind};
#[cfg(feature = "schema")]
pub use schema::json_schema;
pub use shipped::{SHIPPED, shipped};
pub use survey::{DefinitionId, Form, Survey};
pub use text::{Language, Review, Text, Translation};
