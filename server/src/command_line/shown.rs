use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Shown {
    /// A release (JSON Lines)
    #[arg(value_name = "RELEASE")]
    pub release: PathBuf,
}
