//! Estimates of a definition's indicators from a sample that a user brings: a file with a column
//! an item, as in [`crate::Columns`], and columns that say how the sample was drawn.

mod asked;
mod classes;
mod column;
mod csv_source;
mod estimates;
mod names;
mod parquet_source;
mod problem;
mod sample;
mod values;

pub use asked::Asked;
pub use estimates::EstimateRow;
pub use problem::SampleProblem;
pub use sample::Sample;
