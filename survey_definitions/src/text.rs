use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The languages a definition can speak, Kazakh first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Language {
    Kk,
    Ru,
    En,
}

impl Language {
    pub const ALL: [Self; 3] = [Self::Kk, Self::Ru, Self::En];

    /// The two-letter code of ISO 639-1.
    pub fn code(self) -> &'static str {
        match self {
            Self::Kk => "kk",
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// The language a two-letter code names.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

/// How far a translation has been checked: written; read back against its concept by somebody
/// who did not write it; approved by native speakers who teach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Review {
    Drafted,
    ReadBack,
    Native,
}

impl Review {
    /// The word for it in a definition file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Drafted => "drafted",
            Self::ReadBack => "read_back",
            Self::Native => "native",
        }
    }
}

/// One text in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Translation {
    pub text: String,
    pub review: Review,
    /// The text read aloud: a file named after its content, `SHA256HEX.ogg`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording: Option<String>,
}

/// One text in every language of its definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Text(pub BTreeMap<Language, Translation>);

impl Text {
    /// The text in `language`, or in the first language it has: a survey without Kazakh is
    /// shown in what it offers.
    pub fn get(&self, language: Language) -> &str {
        self.translation(language).map_or("", |one| one.text.as_str())
    }

    /// As [`Text::get`]; `None` only of a text without any language, which `parse` refuses.
    pub fn translation(&self, language: Language) -> Option<&Translation> {
        self.0.get(&language).or_else(|| self.0.values().next())
    }
}
