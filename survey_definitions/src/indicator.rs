use crate::{Condition, Measure, Text};
use serde::{Deserialize, Serialize};

/// A number with a definition, a denominator and an interval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    pub id: String,
    pub label: Text,
    /// Kept from every class-level page although none of its items is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sensitive: bool,
    /// The smallest group, in respondents, that it is published for, at least 10; 10 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_from: Option<u32>,
    pub measure: Measure,
}

impl Indicator {
    /// Its own label and those of its parts.
    pub fn texts(&self) -> Vec<&Text> {
        let parts = match &self.measure {
            Measure::Shares { parts } => parts.as_slice(),
            Measure::Share { .. } | Measure::Mean { .. } => &[],
        };
        std::iter::once(&self.label).chain(parts.iter().map(|part| &part.label)).collect()
    }

    /// Item and codes of a share over one item among everybody with a valid answer; `None` for
    /// any other measure.
    pub fn simple_share(&self) -> Option<(&str, &[i16])> {
        match &self.measure {
            Measure::Share { of: Condition::Codes { item, codes }, among: None } => {
                Some((item, codes))
            }
            _ => None,
        }
    }
}
