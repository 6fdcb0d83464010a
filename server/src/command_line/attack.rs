use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Attack {
    /// A release (JSON Lines)
    #[arg(value_name = "RELEASE")]
    pub release: PathBuf,

    /// Another release of the same wave, or of another one
    #[arg(value_name = "RELEASE2")]
    pub second: Option<PathBuf>,

    /// Classes: CSV with region,district,school,class,grade,form,language,enrolment
    #[arg(long, value_name = "FILE")]
    pub structure: PathBuf,

    /// How many pupils were done in each class: CSV with class,done
    ///
    /// An attacker may know it from the teachers. Without it any number up to the enrolment is
    /// tried, as far as the release does not say more. Give it twice for two waves, in the order
    /// of the releases.
    #[arg(long, value_name = "FILE")]
    pub done: Vec<PathBuf>,

    /// The survey definition: what one indicator tells about another
    #[arg(long, value_name = "FILE")]
    pub definition: Option<PathBuf>,

    /// How to print: every cell as CSV, or a summary and what is broken as text
    #[arg(long, value_enum, default_value_t = AttackFormat::Csv)]
    pub format: AttackFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum AttackFormat {
    /// group,indicator,low,high,allowed,broken: every cell
    Csv,
    /// A summary and what is broken
    Text,
}
