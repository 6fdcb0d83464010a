use crate::provider::ProviderSettings;
use crate::serving::NetworkSettings;
use crate::storage::WAITING;
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Everything that can be set, by flag or environment.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    #[command(flatten)]
    pub database: DatabaseSettings,

    /// Address and port to listen on; port 0 takes a free one, which is printed
    #[arg(long, env = "SENIM_ADDRESS", default_value = "127.0.0.1:8080")]
    pub address: SocketAddr,

    /// Directory of what the server must know and the database must not
    /// (slip pepper, token secrets); back it up apart from the database
    #[arg(long, env = "SENIM_SECRETS", default_value = "secrets", value_name = "DIR")]
    pub secrets: PathBuf,

    /// The address people see, for class links and slips; default: http:// or https:// and
    /// the address
    #[arg(long, env = "SENIM_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,

    /// Whom pupils can turn to, instead of those in this program: JSON like help_contacts.json
    /// in the source
    #[arg(long, env = "SENIM_HELP_CONTACTS", value_name = "FILE")]
    pub help_contacts: Option<PathBuf>,

    /// The school holidays of this year's order, instead of the approximate ones in this program:
    /// JSON like school_calendar.json in the source
    #[arg(long, env = "SENIM_SCHOOL_CALENDAR", value_name = "FILE")]
    pub school_calendar: Option<PathBuf>,

    /// Seconds without a touch after which a pupil's tablet deletes the answers, after a warning
    /// of one minute more
    #[arg(long, env = "SENIM_IDLE_SECONDS", default_value_t = IDLE_SECONDS, value_name = "SECONDS",
        value_parser = clap::value_parser!(u32).range(2..=3600))]
    pub idle_seconds: u32,

    /// Pupils' requests of one kind that may wait for the database or a processor; who comes then
    /// is asked to come again in some seconds
    #[arg(long, env = "SENIM_WAITING", default_value_t = WAITING, value_name = "REQUESTS",
        value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=1_000_000))]
    pub waiting: usize,

    /// Folder of sound files for reading aloud, each named by the SHA-256 of its content
    #[arg(long, env = "SENIM_RECORDINGS", value_name = "DIR")]
    pub recordings: Option<PathBuf>,

    /// Days for which the record of what staff did is kept
    #[arg(long, env = "SENIM_KEEP_RECORD", default_value_t = RECORD_DAYS, value_name = "DAYS",
        value_parser = clap::value_parser!(u32).range(30..=36500))]
    pub keep_record_days: u32,

    #[command(flatten)]
    pub definitions: DefinitionSettings,

    #[command(flatten)]
    pub provider: ProviderSettings,

    #[command(flatten)]
    pub network: NetworkSettings,

    /// The release key lies on this machine too: every staff page says
    /// "pilot: the operator could read answers"; seen by itself where the key lies unprotected
    /// beside secrets, database or working directory at start
    #[arg(long, env = "SENIM_PILOT")]
    pub pilot: bool,
}

/// Which surveys there are.
#[derive(Debug, Clone, Args)]
pub struct DefinitionSettings {
    /// Folder of survey definitions beside those in this program
    #[arg(long = "definitions", env = "SENIM_DEFINITIONS", value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// As long as a slow reader needs for the longest screen, three times.
pub const IDLE_SECONDS: u32 = 300;

/// Two school years: what was set up in one is looked at in the next.
pub const RECORD_DAYS: u32 = 730;

/// Where the database is.
#[derive(Debug, Clone, Args)]
pub struct DatabaseSettings {
    /// sqlite://FILE or postgres://USER@HOST/NAME
    #[arg(
        long,
        env = "SENIM_DATABASE",
        default_value = "sqlite://senim.sqlite",
        value_name = "URL",
        hide_env_values = true
    )]
    pub database: String,
}

/// Seconds between two counts of responses. Not a setting: a finer clock would tell which pupil
/// had just finished.
pub const COUNT_INTERVAL: u64 = 15;

/// How long a class session stays open, in seconds.
pub const SESSION_SECONDS: i64 = 2 * 60 * 60;

/// Days after the last day of a wave on which responses are still taken: tablets without network
/// deliver late.
pub const INTAKE_DAYS: i64 = 7;

/// Slips a class may have, used and unused together, for its frozen enrolment: 10 % spare.
pub fn slips_allowed(enrolment: u32) -> u32 {
    enrolment + enrolment.div_ceil(10)
}
