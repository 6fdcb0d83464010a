use crate::{Text, option_bit};
use serde::{Deserialize, Serialize};

/// A set of options that items share by its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "Written", into = "Written")]
#[cfg_attr(feature = "schema", schemars(with = "Written"))]
pub struct ResponseScale {
    pub id: String,
    pub kind: ScaleKind,
}

/// What can be answered on a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScaleKind {
    /// One option.
    One { options: Vec<Choice> },
    /// Any number of options; codes 0 to 30, a `none` option excludes the others.
    Many { options: Vec<Choice> },
    /// A whole number from `lowest` to `highest`, with a text at each end.
    Number { lowest: i16, highest: i16, lowest_text: Text, highest_text: Text },
}

/// One option of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub code: i16,
    /// The name of the option in columns of a data file; required on `many` scales.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The id of the picture beside the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// On a `many` scale: "this has not happened to me" and the like; excludes every other
    /// option, another `none` as well.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub none: bool,
    /// The option is no valid answer but a kind of missing, apart from "I do not want to answer",
    /// which every screen offers: no indicator counts it. On `one` scales alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Missing>,
    pub text: Text,
}

/// Why a chosen option is no valid answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Does not know, does not remember, does not understand what is asked.
    DoNotKnow,
}

/// A scale as a file writes it. Serde cannot both flatten `kind` into the scale and refuse
/// unknown fields, so the id stands in every variant here.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ResponseScale"))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Written {
    /// One option.
    One { id: String, options: Vec<Choice> },
    /// Any number of options; codes 0 to 30, a `none` option excludes the others.
    Many { id: String, options: Vec<Choice> },
    /// A whole number from `lowest` to `highest`, with a text at each end.
    Number { id: String, lowest: i16, highest: i16, lowest_text: Text, highest_text: Text },
}

impl From<Written> for ResponseScale {
    fn from(written: Written) -> Self {
        match written {
            Written::One { id, options } => Self { id, kind: ScaleKind::One { options } },
            Written::Many { id, options } => Self { id, kind: ScaleKind::Many { options } },
            Written::Number { id, lowest, highest, lowest_text, highest_text } => {
                Self { id, kind: ScaleKind::Number { lowest, highest, lowest_text, highest_text } }
            }
        }
    }
}

impl From<ResponseScale> for Written {
    fn from(scale: ResponseScale) -> Self {
        let id = scale.id;
        match scale.kind {
            ScaleKind::One { options } => Self::One { id, options },
            ScaleKind::Many { options } => Self::Many { id, options },
            ScaleKind::Number { lowest, highest, lowest_text, highest_text } => {
                Self::Number { id, lowest, highest, lowest_text, highest_text }
            }
        }
    }
}

impl Choice {
    /// The option's bit in [`crate::Answer::Many`]; zero for a code that has none.
    pub fn bit(&self) -> u32 {
        option_bit(self.code)
    }
}

impl ResponseScale {
    /// The options of a choice scale; empty for numbers.
    pub fn options(&self) -> &[Choice] {
        match &self.kind {
            ScaleKind::One { options } | ScaleKind::Many { options } => options,
            ScaleKind::Number { .. } => &[],
        }
    }

    /// Every text of the scale that pupils are shown.
    pub fn texts(&self) -> Vec<&Text> {
        match &self.kind {
            ScaleKind::One { options } | ScaleKind::Many { options } => {
                options.iter().map(|option| &option.text).collect()
            }
            ScaleKind::Number { lowest_text, highest_text, .. } => vec![lowest_text, highest_text],
        }
    }

    /// Whether `code` can be counted on this scale.
    pub fn has_code(&self, code: i16) -> bool {
        match &self.kind {
            ScaleKind::One { options } | ScaleKind::Many { options } => {
                options.iter().any(|option| option.code == code)
            }
            ScaleKind::Number { lowest, highest, .. } => (*lowest..=*highest).contains(&code),
        }
    }

    /// The codes that are kinds of missing.
    pub fn missing_codes(&self) -> Vec<i16> {
        let missing = self.options().iter().filter(|option| option.missing.is_some());
        missing.map(|option| option.code).collect()
    }

    /// Every code that can be counted, ascending.
    pub fn codes(&self) -> Vec<i16> {
        let mut codes: Vec<i16> = match &self.kind {
            ScaleKind::One { options } | ScaleKind::Many { options } => {
                options.iter().map(|option| option.code).collect()
            }
            ScaleKind::Number { lowest, highest, .. } => (*lowest..=*highest).collect(),
        };
        codes.sort_unstable();
        codes
    }
}
