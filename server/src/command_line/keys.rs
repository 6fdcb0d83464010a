use crate::settings::DatabaseSettings;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use uuid::Uuid;

#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Make a new release key; keep the file away from the server
    New(NewKey),
    /// Print the public half of a release key or share, to create a wave with
    Show {
        /// A file made by `senim keys new` or `senim keys split`
        #[arg(value_name = "FILE")]
        key: PathBuf,
    },
    /// Open a release key, or join its shares in memory, and try it
    ///
    /// Seals a trial envelope to the public half and opens it again. Fails when the key does not
    /// open it, or does not fit the public key or the wave given.
    Check(CheckKey),
    /// Split a release key into shares of which some open what is sealed (Shamir 1979)
    Split(SplitKey),
    /// Make a whole release key of its shares again
    Join(JoinShares),
}

#[derive(Debug, Args)]
pub struct NewKey {
    /// Where to write the private key; the file must not exist yet
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,

    /// A file with the key's passphrase on its first line; asked for twice when not given
    #[arg(long, value_name = "FILE", conflicts_with = "unprotected")]
    pub passphrase_file: Option<PathBuf>,

    /// Write the key without a passphrase, for a pilot or a trial
    #[arg(long)]
    pub unprotected: bool,
}

/// Passphrases of what is opened.
#[derive(Debug, Args)]
pub struct Opening {
    /// A file with a passphrase on its first line, for each protected file in their order;
    /// asked for when not given
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Vec<PathBuf>,
}

/// Passphrases of what is written.
#[derive(Debug, Args)]
pub struct Writing {
    /// A file with a new passphrase on its first line, for each file that is written; asked for
    /// twice when not given
    #[arg(long, value_name = "FILE", conflicts_with = "unprotected")]
    pub new_passphrase_file: Vec<PathBuf>,

    /// Write without a passphrase, for a pilot or a trial
    #[arg(long)]
    pub unprotected: bool,
}

#[derive(Debug, Args)]
pub struct CheckKey {
    /// A key file, or as many shares as are needed
    #[arg(value_name = "FILE", required = true)]
    pub keys: Vec<PathBuf>,

    #[command(flatten)]
    pub opening: Opening,

    /// The public half that it should have, as it was printed
    #[arg(long, value_name = "KEY")]
    pub public: Option<String>,

    /// A wave that it should open
    #[arg(long, value_name = "ID")]
    pub wave: Option<Uuid>,

    #[command(flatten)]
    pub database: DatabaseSettings,
}

#[derive(Debug, Args)]
pub struct SplitKey {
    /// A file made by `senim keys new`
    #[arg(value_name = "FILE")]
    pub key: PathBuf,

    /// How many shares to make, 2 to 16
    #[arg(long, value_name = "N")]
    pub shares: u8,

    /// How many of them are needed, 2 to N
    #[arg(long, value_name = "K")]
    pub needed: u8,

    /// The directory to write them into; it must not exist yet
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,

    #[command(flatten)]
    pub opening: Opening,

    #[command(flatten)]
    pub writing: Writing,
}

#[derive(Debug, Args)]
pub struct JoinShares {
    /// As many shares as are needed
    #[arg(value_name = "SHARE", required = true)]
    pub shares: Vec<PathBuf>,

    /// Where to write the whole key; the file must not exist yet
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,

    #[command(flatten)]
    pub opening: Opening,

    #[command(flatten)]
    pub writing: Writing,
}

/// The release key of a job, read for this job only.
#[derive(Debug, Args)]
pub struct ReleaseKeyFiles {
    /// The file with the wave's release key, or several times a share of it; read for this job only
    #[arg(long, value_name = "FILE")]
    pub release_key: Vec<PathBuf>,

    #[command(flatten)]
    pub opening: Opening,
}
