//! SurveyJS: the JSON of a form as the libraries of that name read it. Types that match are taken,
//! and whatever is left out is told.

mod elements;
mod export;
mod import;
mod kinds;
mod texts;

pub use export::export;
pub use import::import;
