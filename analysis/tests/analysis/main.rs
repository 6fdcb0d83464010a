//! What the crate promises, through its public face.
#![cfg(feature = "compute")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod advice;
mod bands;
mod columns;
mod country;
mod data_files;
mod differences;
mod differences_laws;
mod every_measure;
mod figures;
mod generated;
mod intervals;
mod laws;
mod measures;
mod names;
mod national_wave;
mod oracle;
mod parquet;
mod protection;
mod protection_cases;
mod published;
mod releases;
mod statistics;
mod statistics_laws;
mod structures;
mod survey;
mod tallies;
