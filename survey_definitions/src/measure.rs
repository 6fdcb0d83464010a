use crate::{Condition, Text};
use serde::{Deserialize, Serialize};

/// How an indicator is computed from the answers of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Measure {
    /// The share for whom `of` is true, among the pupils for whom `among` is true and `of` is
    /// known.
    Share {
        of: Condition,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        among: Option<Condition>,
    },
    /// A distribution: one share a part. The parts exclude each other, and a pupil counts only
    /// when every part is known.
    Shares { parts: Vec<SharePart> },
    /// The mean over the pupils of each pupil's mean code, times `times`, which brings it to
    /// 0 to 100. A pupil counts from `at_least` valid items.
    Mean { items: Vec<MeanItem>, at_least: u32, times: u32 },
}

/// One part of a distribution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SharePart {
    pub id: String,
    pub label: Text,
    pub of: Condition,
}

/// An item of a mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MeanItem {
    pub item: String,
    /// Counts the highest applicable code minus the code.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reversed: bool,
    /// Codes such as "I have not seen it": no valid answer here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_applicable: Vec<i16>,
}

impl Measure {
    /// The ids of the items that it looks at; one may come twice.
    pub fn items(&self) -> Vec<&str> {
        match self {
            Self::Share { of, among } => {
                of.items().into_iter().chain(among.iter().flat_map(Condition::items)).collect()
            }
            Self::Shares { parts } => parts.iter().flat_map(|part| part.of.items()).collect(),
            Self::Mean { items, .. } => items.iter().map(|item| item.item.as_str()).collect(),
        }
    }
}
