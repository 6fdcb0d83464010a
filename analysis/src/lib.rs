//! From answers to findings.
//!
//! Two things that are never mixed. [`Tallies`] are exact integers, made inside the release job
//! and never served. A [`Release`] holds only what may be shown and is the only input of pages,
//! files and the API; without the feature `compute` it is all that remains of this crate.
//!
//! The walk: a data file or opened responses become [`Columns`], one small integer column an
//! item; one pass over them gives [`Tallies`] of every class, and sums give those of grades,
//! schools, districts, regions and the nation; [`protect`] turns counts into bands, coarsens and
//! hides what a reader could otherwise work out, and writes the release.

mod findings;
mod level;
mod release;

pub use findings::{
    Advised, ClassFindings, Outcome, Strength, Unsaid, class_findings, decided, smallest_shown,
    worse_when,
};
#[cfg(feature = "compute")]
pub use findings::{Compared, Figure, flags};
pub use level::Level;
pub use release::{
    Breakdown, Cell, Cells, Clustering, DefinitionRef, Group, Header, IndicatorNote, Kind, Parent,
    Part, Policy, Reason, Release, ReleaseFileError, ReleaseFileProblem, Respondents, SCHEMA,
    Shown, ShownCells, Spread, Tenths,
};

#[cfg(feature = "compute")]
pub mod attack;
#[cfg(feature = "compute")]
mod bands;
#[cfg(feature = "compute")]
mod clusters;
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
mod differences;
#[cfg(feature = "compute")]
mod error;
#[cfg(feature = "compute")]
mod factor;
#[cfg(feature = "compute")]
mod hull;
#[cfg(feature = "compute")]
mod intervals;
#[cfg(feature = "compute")]
mod layout;
#[cfg(feature = "compute")]
mod linear_equations;
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
pub mod sampling;
#[cfg(feature = "compute")]
mod scales;
#[cfg(feature = "compute")]
mod shrinkage;
#[cfg(feature = "compute")]
mod structure;
#[cfg(feature = "compute")]
pub mod survey_sample;
#[cfg(feature = "compute")]
mod tallies;
#[cfg(feature = "compute")]
mod tally_rows;
#[cfg(feature = "compute")]
mod tree;

#[cfg(feature = "compute")]
pub use bands::{Band, band};
#[cfg(feature = "compute")]
pub use clusters::{Cluster, Clusters, MeanSquares, design_effect};
#[cfg(feature = "compute")]
pub use columns::Columns;
#[cfg(feature = "compute")]
pub use differences::{Difference, ScoreTest, Share, Verdict, adjusted, flagged};
#[cfg(feature = "compute")]
pub use error::ComputeError;
#[cfg(feature = "compute")]
pub use factor::{OneFactor, one_factor};
#[cfg(feature = "compute")]
pub use hull::{Published, interval};
#[cfg(feature = "compute")]
pub use intervals::{Z, mean_interval, wilson, wilson_share};
#[cfg(feature = "compute")]
pub use measure_counts::{MeasureCounts, Sex};
#[cfg(feature = "compute")]
pub use mistakes::{DataMistake, DataMistakes, DataProblem};
#[cfg(feature = "compute")]
pub use protect::{Protected, protect};
#[cfg(feature = "compute")]
pub use responses::ResponseRows;
#[cfg(feature = "compute")]
pub use scales::{CrossProducts, Reliability, alpha, omega};
#[cfg(feature = "compute")]
pub use shrinkage::{Posterior, Prior};
#[cfg(feature = "compute")]
pub use structure::{ClassPlace, Structure};
#[cfg(feature = "compute")]
pub use tallies::Tallies;
#[cfg(feature = "compute")]
pub use tally_rows::{TallyCode, TallyRow};
