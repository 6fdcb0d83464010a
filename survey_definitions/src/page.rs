use crate::Text;
use serde::{Deserialize, Serialize};

/// One screen of the survey, in the order of the definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Page {
    /// Something to read: what is meant by bullying, for instance.
    Reading { id: String, title: Text, parts: Vec<ReadingPart> },
    /// One item, or a short stack of cards.
    Items { items: Vec<String> },
}

/// One paragraph of a reading page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReadingPart {
    /// The id of the picture beside the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    pub text: Text,
}
