use crate::settings::{DatabaseSettings, Settings};
use clap::{Args, Parser, Subcommand};
use std::net::SocketAddr;
use std::path::PathBuf;
use uuid::Uuid;

mod attack;
mod backup;
mod definitions;
mod estimate;
mod keys;
mod release;
mod shown;
mod slips;

pub use attack::{Attack, AttackFormat};
pub use backup::{Backup, Restore, Retire, Verify, WaveCommand};
pub use definitions::{Definitions, ExportDefinition, ImportDefinition, OtherFormat};
pub use estimate::{Estimate, EstimateFormat, LonelyRule};
pub use keys::{CheckKey, JoinShares, Keys, NewKey, Opening, ReleaseKeyFiles, SplitKey, Writing};
pub use release::{Envelopes, Format, FromFiles, FromWave, Publish, Release, Tallies};
pub use shown::Shown;
pub use slips::{SheetLanguage, Slips};

/// Senim: an anonymous school survey against bullying.
///
/// Pupils answer on school tablets and nobody, the operator included, can tell who said what;
/// teachers and schools get numbers that are safe to show.
#[derive(Debug, Parser)]
#[command(name = "senim", version, max_term_width = 100)]
pub struct CommandLine {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve pupils and staff
    Serve(Settings),
    /// Print every setting of `senim serve` as a page in Markdown
    Settings,
    /// Fill a directory with a demonstration country and serve it (on this machine only)
    Demonstrate(Demonstrate),
    /// Make, show, check, split or join a wave's release key
    #[command(subcommand)]
    Keys(Keys),
    /// Add a staff account
    #[command(subcommand)]
    Accounts(Accounts),
    /// List waves: id, state, name
    Waves(DatabaseSettings),
    /// Make the slips of a wave, one PDF file a school, sealed to whoever prints
    ///
    /// Run it again after any interruption: what is finished stays, the rest is made.
    Slips(Slips),
    /// Write a closed wave's envelopes into a file, to be opened on another machine
    Envelopes(Envelopes),
    /// Publish a closed wave, or make a release from its envelopes or from data in files
    Release(Release),
    /// Publish a release that was made from a wave's envelopes on another machine
    Publish(Publish),
    /// Print the exact counts of a closed wave or of files, for audits (where the key is)
    Tallies(Tallies),
    /// Tell what a reader can work out from releases, and which rules that breaks
    ///
    /// Prints for every cell, shown or hidden, and for differences of shown groups the range of
    /// counts that fits everything published. Ends with 3 when a rule is broken: a hidden cell
    /// with fewer than 3 counts that fit, a shown one of a group under 1000 with one, or a group
    /// under 10 of which all or none are known to have the property.
    Attack(Attack),
    /// Print which share of a release's cells is shown, by indicator and level
    ///
    /// "class page" counts the classes whose teachers see the indicator: of the class itself, or
    /// else of its grade, its band of grades or its school.
    Shown(Shown),
    /// Estimate indicators from a sample in a file, with errors that follow its design
    ///
    /// Prints item,group,n,estimate,se,ci_low,ci_high,df,deff: proportions from 0 to 1, means of
    /// scales from 0 to 100. A group is a domain of the whole sample, as in R's package survey:
    /// what lies outside counts in the error as zero. Clusters are numbered within their stratum.
    Estimate(Estimate),
    /// Destroy the sealed responses of a released wave, its slips and its token secret
    ///
    /// What was released stays. Run it again after any interruption: it finishes what is missing.
    Forget(Forget),
    /// What is done with waves as their time passes
    #[command(subcommand)]
    Wave(WaveCommand),
    /// Write what is in the database into one sealed file, while the server runs
    ///
    /// The file is read back and restored into memory before it is kept. It says in clear only its
    /// day and which waves it holds, names no order in which anything arrived, and opens with the
    /// identities of its recipients alone: keep those elsewhere. (It names one recipient more: a
    /// key of this run, with which the file is read back and which is gone with the run.) Sealed
    /// responses in it stay sealed to the release key. The secrets go into a file of their own.
    Backup(Backup),
    /// Bring a backup back into an empty database, or into an empty directory of secrets
    ///
    /// All of it or nothing. A backup of SQLite restores into PostgreSQL and the other way round.
    Restore(Restore),
    /// Tell whether a backup, or the database, holds what it must
    ///
    /// Every check sum; in each wave as many sealed responses as spent values, in each class no
    /// more than used slips; releases against the hashes of their publication; no row without the
    /// one that it belongs to. A backup is restored into memory for it. Prints a line for each
    /// trouble, and ends with 3 when there is one.
    Verify(Verify),
    /// Check, import and export survey definitions, compare versions, print the format
    #[command(subcommand, name = "definition", alias = "definitions")]
    Definitions(Definitions),
    /// Send real answers from a file through a running server, as pupils would
    ///
    /// Sets up units, a wave, class sessions and slips through the coordinator's routes, then
    /// acts as one pupil a row. Run it again with the same journal after any interruption:
    /// it finishes exactly what is missing.
    Replay(Replay),
}

#[derive(Debug, Args)]
pub struct Demonstrate {
    /// Where the database, secrets and keys of the demonstration are kept
    #[arg(long, value_name = "DIR", default_value = "demonstration")]
    pub directory: PathBuf,

    /// Address and port to listen on; only loopback addresses are taken
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub address: SocketAddr,
}

#[derive(Debug, Subcommand)]
pub enum Accounts {
    /// Add an account with one role
    Add {
        #[command(flatten)]
        database: DatabaseSettings,
        /// The name to sign in with
        #[arg(long)]
        name: String,
        /// teacher, coordinator, district, region, ministry, researcher or operator
        #[arg(long)]
        role: String,
        /// `nation`, or a level and an id: `school:ID`
        #[arg(long)]
        unit: String,
        /// A file with the password on its first line
        #[arg(long, value_name = "FILE")]
        password_file: PathBuf,
    },
    /// Let somebody try again at once after too many wrong passwords or codes
    Unlock {
        #[command(flatten)]
        database: DatabaseSettings,
        /// The directory of secrets that the server uses
        #[arg(long, env = "SENIM_SECRETS", default_value = "secrets", value_name = "DIR")]
        secrets: PathBuf,
        /// The name that was typed
        #[arg(long)]
        name: String,
    },
    /// Forget somebody's one-time codes, when the phone and the recovery codes are gone
    ///
    /// Whoever has a role that asks for codes sets them up anew at the next sign-in. Make sure
    /// that it is really this person who asks.
    ResetTotp {
        #[command(flatten)]
        database: DatabaseSettings,
        /// The name to sign in with
        #[arg(long)]
        name: String,
    },
}

#[derive(Debug, Args)]
pub struct Forget {
    /// The wave's id; `senim waves` lists them
    #[arg(long, value_name = "ID")]
    pub wave: Uuid,

    #[command(flatten)]
    pub database: DatabaseSettings,

    /// The directory of secrets that the server uses
    #[arg(long, env = "SENIM_SECRETS", default_value = "secrets", value_name = "DIR")]
    pub secrets: PathBuf,

    /// Copies of the wave's release key, or shares of it, on this machine: overwritten and removed
    #[arg(long, value_name = "FILE")]
    pub release_key: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Replay {
    /// The running server
    #[arg(long, value_name = "URL")]
    pub server: String,

    /// The coordinator to sign in as
    #[arg(long, value_name = "USER")]
    pub sign_in: String,

    /// A file with the coordinator's password on its first line
    #[arg(long, value_name = "FILE")]
    pub password_file: PathBuf,

    /// The survey definition to answer, in its latest version
    #[arg(long, value_name = "ID")]
    pub definition: String,

    /// CSV with a column an item; other columns are left out
    #[arg(long, value_name = "FILE")]
    pub data: PathBuf,

    /// The column that names the school
    #[arg(long, value_name = "COLUMN")]
    pub school: String,

    /// The columns that together name the class, the school's first; the last is the grade,
    /// "unknown" where it is empty
    #[arg(long, value_name = "COLUMN,COLUMN", value_delimiter = ',', required = true)]
    pub class: Vec<String>,

    /// What was done so far; made if it is not there
    #[arg(long, value_name = "FILE")]
    pub journal: PathBuf,

    /// Pupils answering at once
    #[arg(long, value_name = "N", default_value_t = 16)]
    pub at_once: usize,

    /// Close the wave at the end
    #[arg(long)]
    pub close: bool,
}
