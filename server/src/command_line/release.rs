use super::ReleaseKeyFiles;
use crate::settings::{DatabaseSettings, DefinitionSettings};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use uuid::Uuid;

/// A closed wave, in a database or as its envelopes in a file, with the release key.
#[derive(Debug, Args)]
pub struct FromWave {
    /// The wave's id; `senim waves` lists them
    #[arg(long, value_name = "ID", requires = "release_key", conflicts_with = "envelopes")]
    pub wave: Option<Uuid>,

    /// A file made by `senim envelopes`; no database is needed
    #[arg(long, value_name = "FILE", requires = "release_key")]
    pub envelopes: Option<PathBuf>,

    #[command(flatten)]
    pub key: ReleaseKeyFiles,

    #[command(flatten)]
    pub database: DatabaseSettings,

    #[command(flatten)]
    pub definitions: DefinitionSettings,
}

/// Data, definition and structure in files, without server or key.
#[derive(Debug, Args)]
pub struct FromFiles {
    /// Answers: CSV or Parquet with class,grade,form,language,status and a column an item
    #[arg(long, value_name = "FILE", requires_all = ["definition", "structure"],
        conflicts_with_all = ["wave", "envelopes"])]
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

    /// Where to write the release (JSON Lines); `senim publish` takes one made from envelopes
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
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
pub struct Envelopes {
    /// The wave's id; `senim waves` lists them
    #[arg(long, value_name = "ID")]
    pub wave: Uuid,

    /// Where to write them (JSON Lines); the file must not exist yet
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,

    #[command(flatten)]
    pub database: DatabaseSettings,
}

#[derive(Debug, Args)]
pub struct Publish {
    /// A file made by `senim release --envelopes`
    #[arg(value_name = "RELEASE")]
    pub release: PathBuf,

    /// The wave that it is of
    #[arg(long, value_name = "ID")]
    pub wave: Uuid,

    #[command(flatten)]
    pub database: DatabaseSettings,
}
