use crate::settings::{DatabaseSettings, DefinitionSettings};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use uuid::Uuid;

#[derive(Debug, Args)]
#[group(skip)]
pub struct Slips {
    /// The wave's id; `senim waves` lists them
    #[arg(long, value_name = "ID")]
    pub wave: Uuid,

    /// Where the files go: REGION/DISTRICT/SCHOOL.pdf.age, by their codes
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,

    /// Who may open the files: an age public key, `age1…`; several can be given
    #[arg(long, value_name = "KEY", required_unless_present = "unencrypted")]
    pub recipient: Vec<String>,

    /// Write files that anyone who reads them can answer with (0600, in directories of 0700)
    #[arg(long, conflicts_with = "recipient")]
    pub unencrypted: bool,

    /// Also for classes that have slips: unused ones stop working
    #[arg(long)]
    pub again: bool,

    /// Language of the headings for whoever cuts; pupils read all three
    #[arg(long, value_enum, default_value_t = SheetLanguage::Kk)]
    pub language: SheetLanguage,

    /// The address that the server is known by, as it stands on slips
    #[arg(long, env = "SENIM_PUBLIC_URL", value_name = "URL")]
    pub public_url: String,

    #[command(flatten)]
    pub database: DatabaseSettings,

    #[command(flatten)]
    pub definitions: DefinitionSettings,

    /// The directory of secrets that the server uses
    #[arg(long, env = "SENIM_SECRETS", default_value = "secrets", value_name = "DIR")]
    pub secrets: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum SheetLanguage {
    Kk,
    Ru,
    En,
}

impl From<SheetLanguage> for survey_definitions::Language {
    fn from(language: SheetLanguage) -> Self {
        match language {
            SheetLanguage::Kk => Self::Kk,
            SheetLanguage::Ru => Self::Ru,
            SheetLanguage::En => Self::En,
        }
    }
}
