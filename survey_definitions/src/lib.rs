//! What a survey is: its items, response scales, pages and indicators as data, and one
//! pupil's answers to it. No I/O, no clock, no randomness; compiles to wasm.
//!
//! A definition file is JSON, one file a version, with every language inside
//! (`definitions/NAME/NAME.VERSION.json`). [`Survey::parse`] turns its text into a [`Survey`]
//! or into every [`Mistake`] at once. Beside it lies what to do next ([`NextSteps`]); pupils who
//! do not take part get [`NeutralTasks`]. A tablet gets the [`Questionnaire`] made of a survey.

mod answer_layout;
mod answers;
mod condition;
mod indicator;
mod item;
mod lean;
mod measure;
mod mistake;
mod module;
mod neutral_tasks;
mod next_steps;
mod packing;
mod page;
mod parse;
mod questionnaire;
mod response_scale;
#[cfg(feature = "schema")]
mod schema;
mod sex;
mod shipped;
mod shown_when;
mod survey;
mod text;
mod words;

pub use answer_layout::{AnswerLayout, option_bit};
pub use answers::{Answer, AnswerError, Answers, Response};
pub use condition::Condition;
pub use indicator::Indicator;
pub use item::{Item, Need};
pub use measure::{MeanItem, Measure, SharePart};
pub use mistake::{Mistake, Mistakes};
pub use module::{Grades, Module};
pub use neutral_tasks::{LeanTask, LeanTasks, NeutralOption, NeutralTask, NeutralTasks};
pub use next_steps::{BandCondition, NextSteps, Rule, Section, Step, Theme};
pub use packing::{UnpackError, pack, packed_length, unpack};
pub use page::{Page, ReadingPart};
pub use questionnaire::{
    LeanChoice, LeanItem, LeanPage, LeanPart, LeanScale, Questionnaire, is_asked,
};
pub use response_scale::{Choice, Missing, ResponseScale, ScaleKind};
#[cfg(feature = "schema")]
pub use schema::json_schema;
pub use sex::Sex;
pub use shipped::{NEUTRAL_TASKS, NEXT_STEPS, SHIPPED, next_steps, shipped};
pub use survey::{DefinitionId, Form, Survey};
pub use text::{Language, Review, Text, Translation};
pub use words::Words;
