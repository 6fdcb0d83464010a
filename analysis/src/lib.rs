//! From answers to findings.
//!
//! Two things that are never mixed. [`Tallies`] are exact integers, made inside the release job
//! and never served. A [`Release`] holds only what may be shown and is the only input of pages,
//! files and the API; without the feature `compute` it is all that remains of this crate.
//!
//! The walk: a data file or opened responses become [`Columns`], one small integer column an
//! item; one pass over them gives [`Tallies`] of every class, and sums give those of schools,
//! districts, regions and the nation; [`release`] turns counts into bands and hides what a
//! reader could otherwise work out.

mod level;
mod release;
mod release_file;
mod respondents;
mod tenths;

pub use level::Level;
pub use release::{Cell, DefinitionRef, Group, Header, Policy, Reason, Release, SCHEMA};
pub use release_file::{ReleaseFileError, ReleaseFileProblem};
pub use respondents::Respondents;
pub use tenths::Tenths;

#[cfg(feature = "compute")]
mod bands;
#[cfg(feature = "compute")]
mod class_level;
#[cfg(feature = "compute")]
mod columns;
#[cfg(feature = "compute")]
mod conditions;
#[cfg(feature = "compute")]
mod counting;
#[cfg(feature = "compute")]
mod counting_measures;
#[cfg(feature = "compute")]
mod csv_header;
#[cfg(feature = "compute")]
mod data_file;
#[cfg(feature = "compute")]
mod error;
#[cfg(feature = "compute")]
mod facts;
#[cfg(feature = "compute")]
mod hull;
#[cfg(feature = "compute")]
mod intervals;
#[cfg(feature = "compute")]
mod layout;
#[cfg(feature = "compute")]
mod mask;
#[cfg(feature = "compute")]
mod measure_counts;
#[cfg(feature = "compute")]
mod measure_source;
#[cfg(feature = "compute")]
mod measured;
#[cfg(feature = "compute")]
mod mistakes;
#[cfg(feature = "compute")]
mod parquet_file;
#[cfg(feature = "compute")]
mod places;
#[cfg(feature = "compute")]
mod protect;
#[cfg(feature = "compute")]
mod responses;
#[cfg(feature = "compute")]
mod rows;
#[cfg(feature = "compute")]
mod scales;
#[cfg(feature = "compute")]
mod structure;
#[cfg(feature = "compute")]
mod tallies;
#[cfg(feature = "compute")]
mod tally_rows;
#[cfg(feature = "compute")]
mod tree;

#[cfg(feature = "compute")]
pub use bands::{Band, band};
#[cfg(feature = "compute")]
pub use columns::Columns;
#[cfg(feature = "compute")]
pub use error::ComputeError;
#[cfg(feature = "compute")]
pub use hull::interval;
#[cfg(feature = "compute")]
pub use intervals::{Z, wilson};
#[cfg(feature = "compute")]
pub use measure_counts::{MeasureCounts, Sex};
#[cfg(feature = "compute")]
pub use mistakes::{DataMistake, DataMistakes, DataProblem};
#[cfg(feature = "compute")]
pub use protect::release;
#[cfg(feature = "compute")]
pub use responses::ResponseRows;
#[cfg(feature = "compute")]
pub use scales::CrossProducts;
#[cfg(feature = "compute")]
pub use structure::{ClassPlace, Structure};
#[cfg(feature = "compute")]
pub use tallies::Tallies;
#[cfg(feature = "compute")]
pub use tally_rows::{TallyCode, TallyRow};
