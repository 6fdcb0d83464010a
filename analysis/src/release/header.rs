use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the release file's format.
pub const SCHEMA: u32 = 2;

/// What a release is about and by which rules it was protected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    pub schema: u32,
    pub wave: String,
    pub definition: DefinitionRef,
    pub policy: Policy,
    /// What is to know of each indicator to read its cells, by the id of the cell.
    pub indicators: BTreeMap<String, IndicatorNote>,
}

/// Which definition file, to the byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefinitionRef {
    pub id: String,
    pub version: u32,
    /// SHA-256 of the file, in lower-case hexadecimal.
    pub sha256: String,
}

/// The numbers in the rules by which a release was protected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Respondents under which a group is hidden, and under which nobody may know of a group
    /// that all or none have a property.
    pub threshold: u32,
    /// Schools under which a group above the school is hidden.
    pub schools: u32,
    /// Classes under which a group counts as class level.
    pub class_level_classes: u32,
    /// Respondents under which a group counts as class level.
    pub class_level_respondents: u32,
    /// The least share of respondents, in percent, with a valid answer to a shown item.
    pub answered_percent: u32,
    /// The least number of those among whom a conditional share is shown.
    pub condition: u32,
    /// Respondents from which there are tables by sex.
    pub by_sex_respondents: u32,
    /// Counts that a hidden cell must leave possible, if the group is large enough for so many.
    pub hidden_counts: u32,
    /// Counts that a shown cell must leave possible.
    pub shown_counts: u32,
    /// Respondents from which a shown cell may tell the count.
    pub exact_from: u32,
}

impl Policy {
    /// The rules in force. Thresholds may be raised, never lowered.
    pub const STANDARD: Self = Self {
        threshold: 10,
        schools: 3,
        class_level_classes: 3,
        class_level_respondents: 40,
        answered_percent: 80,
        condition: 30,
        by_sex_respondents: 100,
        hidden_counts: 3,
        shown_counts: 2,
        exact_from: 1000,
    };
}

/// What is to know of an indicator, or of a part of a distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorNote {
    pub kind: Kind,
    /// The version of the definition since which none of its items changed: earlier numbers
    /// cannot be compared.
    pub comparable_since: u32,
    pub spread: Spread,
}

/// How a number is computed from the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A share of everybody with a valid answer.
    Share,
    /// A share of those of whom something else is true; how many they are is not published.
    ConditionalShare,
    /// One part of a distribution, `INDICATOR.PART`.
    Part,
    /// A mean on a scale from 0 to 100.
    Mean,
}

/// How alike pupils of one class or school answer, over the whole release: what intervals need
/// besides published cells. Measured inside the release job over all classes together, because a
/// group's own would tell of its classes; in steps, rounded up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// Intraclass correlation of classes, in percent.
    pub class_icc: u8,
    /// Intraclass correlation of schools, in percent.
    pub school_icc: u8,
    /// Standard deviation of a mean between pupils, in points; `None` for shares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sd: Option<u8>,
    /// False when there were too few classes to measure it: then the values are assumed.
    pub measured: bool,
}
