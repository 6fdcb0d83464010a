//! The demonstration: an invented country with two released waves and one open, answers drawn
//! from a seeded model. The answers are sealed, opened, protected and published by the same code
//! as real ones.

mod country;
mod fill;
mod model;

pub use fill::{Filling, PASSWORD, PEOPLE, fill, lesson_class};
