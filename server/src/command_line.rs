use crate::settings::{DatabaseSettings, DefinitionSettings, Settings};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;
use uuid::Uuid;

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
    /// Fill a directory with a demonstration country and serve it (on this machine only)
    Demonstrate(Demonstrate),
    /// Make a wave's release key, or show the public half of one
    #[command(subcommand)]
    Keys(Keys),
    /// Add a staff account
    #[command(subcommand)]
    Accounts(Accounts),
    /// List waves: id, state, name
    Waves(DatabaseSettings),
    /// Publish a closed wave, or make a release from files
    Release(Release),
    /// Print the exact counts of a closed wave or of files, for audits (where the key is)
    Tallies(Tallies),
    /// Destroy the sealed responses of a released wave, its slips and its token secret
    ///
    /// What was released stays. Run it again after any interruption: it finishes what is missing.
    Forget(Forget),
    /// Check a survey definition, or print the JSON Schema of the format
    #[command(subcommand)]
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
pub enum Keys {
    /// Make a new release key; keep the file away from the server
    New {
        /// Where to write the private key; the file must not exist yet
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Print the public half of a release key, to create a wave with
    Show {
        /// A file made by `senim keys new`
        #[arg(value_name = "FILE")]
        key: PathBuf,
    },
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
}

#[derive(Debug, Subcommand)]
pub enum Definitions {
    /// Read a definition and what lies beside it, report every mistake with its place
    Check {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Print the JSON Schema of the definition format
    Schema,
    /// List the definitions in this program
    List,
}

/// A closed wave in a database, with the release key.
#[derive(Debug, Args)]
pub struct FromWave {
    /// The wave's id; `senim waves` lists them
    #[arg(long, value_name = "ID", requires = "release_key")]
    pub wave: Option<Uuid>,

    /// The file with the wave's release key; read for this job only
    #[arg(long, value_name = "FILE", requires = "wave")]
    pub release_key: Option<PathBuf>,

    #[command(flatten)]
    pub database: DatabaseSettings,

    #[command(flatten)]
    pub definitions: DefinitionSettings,
}

/// Data, definition and structure in files, without server or key.
#[derive(Debug, Args)]
pub struct FromFiles {
    /// Answers: CSV or Parquet with class,grade,form,language,status and a column an item
    #[arg(long, value_name = "FILE", requires_all = ["definition", "structure"], conflicts_with = "wave")]
    pub data: Option<PathBuf>,

    /// The survey definition of the answers
    #[arg(long, value_name = "FILE", requires = "data")]
    pub definition: Option<PathBuf>,

    /// Classes: CSV with region,district,school,class,grade,form,language,enrolment
    #[arg(long, value_name = "FILE", requires = "data")]
    pub structure: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Release {
    #[command(flatten)]
    pub wave: FromWave,

    #[command(flatten)]
    pub files: FromFiles,

    /// Where to write the release made from files (JSON Lines)
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
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
}

#[derive(Debug, Args)]
pub struct Tallies {
    #[command(flatten)]
    pub wave: FromWave,

    #[command(flatten)]
    pub files: FromFiles,

    /// How to print: level,group,item,code,n
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    pub format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    Csv,
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
