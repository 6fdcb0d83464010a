use crate::{Condition, Text};
use serde::{Deserialize, Serialize};

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub id: String,
    /// The id of its module, where the definition has modules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<String>,
    /// What the question is meant to measure, in English, for translators and researchers.
    pub concept: String,
    /// The concept of another study that it stands for, by study and name; never its wording.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maps_to: Option<String>,
    /// Whether the item is kept from every class-level page. There is no default: the author decides.
    pub sensitive: bool,
    pub need: Need,
    /// The version since which wording, scale and position are unchanged.
    pub comparable_since: u32,
    /// The id of its response scale.
    pub scale: String,
    pub text: Text,
    /// Asked of those alone of whom this is known to be true, from items on pages before; of
    /// everybody when absent. Only where the definition has `branching`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_when: Option<Condition>,
    /// Whether each pupil gets the options in an order of their own. Only where the definition
    /// has `branching`: a pupil form asks everybody the same in the same order.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shuffled: bool,
    /// Where the item comes from.
    pub source: String,
    pub licence: String,
}

/// Whether a survey may leave an item out or adapt it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Need {
    Core,
    Optional,
    Adaptable,
}
