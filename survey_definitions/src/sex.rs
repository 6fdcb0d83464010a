use serde::{Deserialize, Serialize};

/// The item that asks for the pupil's sex and the codes of its answers: what tables by sex go
/// by. Any other answer, and none, is neither.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sex {
    pub item: String,
    pub girl: i16,
    pub boy: i16,
}
