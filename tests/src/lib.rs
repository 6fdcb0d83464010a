//! Tests through the front door: the built `senim`, both databases, a real browser. Who is
//! asking is a type: [`Visitor`], [`Pupil`], [`Coordinator`], [`Browser`].

mod answers;
mod authenticator;
mod browser;
mod command;
mod coordinator;
mod cutter;
mod database;
mod demonstration;
mod first_visit;
pub mod forms;
mod held;
mod http;
pub mod load;
mod paper;
mod postgres;
mod processes;
mod published;
mod pupil;
mod recorder;
mod secrets;
mod server;
mod sign_in_provider;
mod small_disk;
mod staff;
mod surroundings;
mod tallies;
mod texts;
mod tour;
mod wave;
pub mod workbook;

pub use answers::{answers, definition, packed_text};
pub use authenticator::Authenticator;
pub use browser::{
    Browser, Device, Key, Motion, Network, Settings, SignedIn, Theme, audit, findings,
};
pub use command::{Finished, new_release_key, replay_arguments, senim, senim_command};
pub use coordinator::Coordinator;
pub use cutter::{Cut, Cutter};
pub use database::{Column, Database, OwnDatabase};
pub use demonstration::Demonstration;
pub use first_visit::FirstVisit;
pub use held::Held;
pub use http::{Reply, Visitor};
pub use paper::Paper;
pub use postgres::{OwnPostgres, User};
pub use processes::{Cpu, held_memory, most_memory};
pub use published::{Published, ranges, result_pages};
pub use pupil::{Pupil, Refused};
pub use recorder::{Exchange, Message, Recorder, Returned};
pub use secrets::Secrets;
pub use server::Server;
pub use sign_in_provider::SignInProvider;
pub use small_disk::SmallDisk;
pub use staff::{PASSWORD, Staff};
pub use surroundings::{
    at_full_size, environment, measured, package_directory, planted_binary, senim_binary,
    wait_until,
};
pub use tallies::tally_lines;
pub use texts::{kazakh, text_in};
pub use tour::Tour;
pub use wave::{ClassPlan, OpenClass, OpenWave};

/// Makes of each `async fn name(database: Database)` a test on SQLite and one on PostgreSQL.
#[macro_export]
macro_rules! on_both_databases {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $name() {
                super::$name($crate::Database::Sqlite).await;
            })+
        }

        mod postgres {
            $(#[tokio::test]
            async fn $name() {
                super::$name($crate::Database::Postgres).await;
            })+
        }
    };
}
