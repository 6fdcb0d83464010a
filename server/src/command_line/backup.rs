use crate::settings::DatabaseSettings;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[group(skip)]
pub struct Backup {
    /// The file to write; it must not be there yet
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,

    /// Who may restore it: an age public key, `age1…`; several can be given
    #[arg(long, value_name = "KEY", required = true)]
    pub recipient: Vec<String>,

    #[command(flatten)]
    pub database: DatabaseSettings,

    /// Also back up the directory of secrets, into a file of its own
    #[arg(long, value_name = "FILE", requires = "secrets_recipient")]
    pub secrets_to: Option<PathBuf>,

    /// Who may restore the secrets; not somebody who restores the database
    #[arg(long, value_name = "KEY", requires = "secrets_to")]
    pub secrets_recipient: Vec<String>,

    /// The directory of secrets that the server uses
    #[arg(long, env = "SENIM_SECRETS", default_value = "secrets", value_name = "DIR")]
    pub secrets: PathBuf,

    /// Do not restore it into memory to verify it: for databases larger than the memory
    #[arg(long)]
    pub only_read_back: bool,

    /// Days for which a backup is kept
    #[arg(long, env = "SENIM_KEEP_BACKUPS", default_value_t = 30, value_name = "DAYS",
        value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub keep_days: u32,

    /// Destroy the backups beside the new ones that are past their age or hold a forgotten wave
    #[arg(long)]
    pub remove_past: bool,
}

#[derive(Debug, Args)]
pub struct Restore {
    /// What `senim backup` wrote
    #[arg(value_name = "BACKUP")]
    pub backup: PathBuf,

    /// The file with the age identity that it was sealed to
    #[arg(long, value_name = "FILE")]
    pub identity: PathBuf,

    #[command(flatten)]
    pub database: DatabaseSettings,

    /// Where a backup of secrets is restored: a directory that is empty or not there yet
    #[arg(long, env = "SENIM_SECRETS", default_value = "secrets", value_name = "DIR")]
    pub secrets: PathBuf,
}

#[derive(Debug, Args)]
pub struct Verify {
    /// What `senim backup` wrote; without it the database itself is verified
    #[arg(value_name = "BACKUP", requires = "identity")]
    pub backup: Option<PathBuf>,

    /// The file with the age identity that it was sealed to
    #[arg(long, value_name = "FILE", requires = "backup")]
    pub identity: Option<PathBuf>,

    #[command(flatten)]
    pub database: DatabaseSettings,
}

#[derive(Debug, Subcommand)]
pub enum WaveCommand {
    /// Forget every released wave whose responses are past their age, as `senim forget` does
    ///
    /// Made to be run every day. Run it again after any interruption: it finishes what is missing.
    Retire(Retire),
}

#[derive(Debug, Args)]
pub struct Retire {
    /// Days after the release for which sealed responses are kept
    #[arg(long, env = "SENIM_KEEP_RESPONSES", default_value_t = 30, value_name = "DAYS",
        value_parser = clap::value_parser!(u32).range(0..=3650))]
    pub keep_days: u32,

    #[command(flatten)]
    pub database: DatabaseSettings,

    /// The directory of secrets that the server uses
    #[arg(long, env = "SENIM_SECRETS", default_value = "secrets", value_name = "DIR")]
    pub secrets: PathBuf,

    /// Only say which waves would be forgotten
    #[arg(long)]
    pub dry_run: bool,
}
