use crate::settings::DatabaseSettings;
use clap::Args;
use std::path::PathBuf;
use uuid::Uuid;

#[derive(Debug, Args)]
pub struct Shown {
    /// A release (JSON Lines)
    #[arg(value_name = "RELEASE", required_unless_present = "wave", conflicts_with = "wave")]
    pub release: Option<PathBuf>,

    /// The id of a released wave; `senim waves` lists them
    #[arg(long, value_name = "ID")]
    pub wave: Option<Uuid>,

    #[command(flatten)]
    pub database: DatabaseSettings,
}
