use crate::Text;
use serde::{Deserialize, Serialize};

/// A number with a definition, a denominator and an interval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    pub id: String,
    pub label: Text,
    pub share: Share,
    /// The smallest group, in respondents, that it is published for, at least 10; 10 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_from: Option<u32>,
}

/// Among the valid answers to `item`, the share with one of `codes`
/// (on a `many` scale: that name at least one of them).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Share {
    pub item: String,
    pub codes: Vec<i16>,
}
