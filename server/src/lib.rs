//! The server: settings, the table of routes, storage, accounts, tokens, jobs, the release job and
//! the command line.

mod api;
mod assets;
pub mod audit;
pub mod clock;
pub mod command_line;
pub mod commands;
mod counts;
mod definitions;
mod demonstration;
mod erasure;
mod guessing;
mod help_contacts;
mod import_job;
pub mod keys;
mod lessons;
mod new_year;
mod pdf;
mod pilot;
#[cfg(feature = "planted")]
mod planted;
pub mod protection;
mod pupil;
pub mod random;
mod release_job;
mod replay;
pub mod rights;
pub mod routes;
mod run;
mod second_factor;
mod secrets;
mod settings;
pub mod sheets;
mod sign_in_tries;
mod slip_files;
mod slip_making;
mod sorting;
mod staff;
mod state;
pub mod storage;
pub mod stored_columns;
pub mod structure_import;
mod typed_codes;
pub mod unit_results;
mod visitors;
mod wave_setup;
mod whole_file;
