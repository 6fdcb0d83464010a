use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Estimate {
    /// The survey definition of the answers
    #[arg(long, value_name = "FILE")]
    pub definition: PathBuf,

    /// Answers: CSV, or Parquet if the name ends in .parquet, with a column an item
    ///
    /// Empty is no answer, -1 does not want to say. A many-choice item is one column of 0 and 1 an
    /// option, ITEM_OPTION. Other columns may be there, too.
    #[arg(long, value_name = "FILE")]
    pub data: PathBuf,

    /// The column that says how many pupils a row stands for; without it every row counts as one
    #[arg(long, value_name = "COLUMN")]
    pub weight: Option<String>,

    /// The column of the strata; without it the sample was drawn from everybody
    #[arg(long, value_name = "COLUMN")]
    pub strata: Option<String>,

    /// The column of what was drawn first, such as schools; without it every row was drawn alone
    #[arg(long, value_name = "COLUMN")]
    pub cluster: Option<String>,

    /// The column that says how many clusters the row's stratum has, drawn or not
    ///
    /// Without it there are so many that it does not matter.
    #[arg(long, value_name = "COLUMN")]
    pub fpc: Option<String>,

    /// What a stratum counts as of which only one cluster was drawn
    #[arg(long, value_enum, default_value_t = LonelyRule::Fail)]
    pub lonely: LonelyRule,

    /// An indicator of the definition; may be repeated
    #[arg(long, value_name = "ID", required = true)]
    pub indicator: Vec<String>,

    /// An item or another column whose values make groups; may be repeated
    ///
    /// Several, joined by commas, are crossed: --by region,q2 gives region=East&q2=1.
    #[arg(long, value_name = "COLUMN[,COLUMN]")]
    pub by: Vec<String>,

    /// How to print
    #[arg(long, value_enum, default_value_t = EstimateFormat::Csv)]
    pub format: EstimateFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum EstimateFormat {
    /// item,group,n,estimate,se,ci_low,ci_high,df,deff; empty where there is no number
    Csv,
    /// A list of objects with the same names; null where there is no number
    Json,
    /// A table to read
    Text,
}

/// The rules of R's `options(survey.lonely.psu)`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LonelyRule {
    /// As an error that names it
    Fail,
    /// By its difference from the mean of the sample: rather too much error than too little
    Adjust,
    /// As what the other strata add on average
    Average,
    /// As nothing: it was certain to be drawn
    Certainty,
    /// As nothing: it is left out of the error, its answers count
    Remove,
}
