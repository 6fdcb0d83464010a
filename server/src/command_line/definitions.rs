use crate::authoring::language_of;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;
use survey_definitions::{Form, Language};

#[derive(Debug, Subcommand)]
pub enum Definitions {
    /// Read a definition and what lies beside it, report every mistake with its place
    Check {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Make a definition of an XLSForm workbook (.xlsx) or of a SurveyJS form (.json)
    ///
    /// What an XLSForm asks for and Senim does not have is refused, every case with its sheet, row
    /// and column. What is left out, because it changes nothing of what is asked or answered, is
    /// told on standard error. SurveyJS forms are taken as far as they match; what is left out is
    /// told in the same way.
    Import(ImportDefinition),
    /// Write a definition as an XLSForm workbook or as a SurveyJS form
    ///
    /// Of an XLSForm everything comes back by `import`. What a SurveyJS form cannot hold is told on
    /// standard error.
    Export(ExportDefinition),
    /// Tell which items of a new version stay comparable with the old one
    ///
    /// Reasons: wording, recall period, options, order (what stands before the item), condition.
    /// Ends with 3 when the new version says something else in `comparable_since`.
    NewVersion {
        #[arg(value_name = "OLD")]
        old: PathBuf,
        #[arg(value_name = "NEW")]
        new: PathBuf,
    },
    /// Print the JSON Schema of the definition format
    Schema,
    /// List the definitions in this program
    List,
}

#[derive(Debug, Args)]
pub struct ImportDefinition {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The language of texts that name none: kk, ru or en
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    pub language: Option<Language>,

    /// Whom it is for, if the file does not say: junior, senior or parent
    #[arg(long, value_name = "FORM", value_parser = form, default_value = "senior")]
    pub form: Form,

    /// The definition's id, if the file does not say; that of the file's name if absent
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,

    /// Where the definition is written; printed if absent
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ExportDefinition {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    #[arg(long, value_name = "FORMAT")]
    pub to: OtherFormat,

    /// Where it is written
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OtherFormat {
    Xlsform,
    Surveyjs,
}

fn language(written: &str) -> Result<Language, String> {
    language_of(written).ok_or_else(|| "kk, ru or en is expected".to_owned())
}

fn form(written: &str) -> Result<Form, String> {
    let forms = [Form::Junior, Form::Senior, Form::Parent];
    let known = forms.into_iter().find(|form| form.code() == written);
    known.ok_or_else(|| "junior, senior or parent is expected".to_owned())
}
