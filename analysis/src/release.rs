use crate::{Level, Respondents, Tenths};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the release file's format.
pub const SCHEMA: u32 = 1;

/// The numbers of a closed wave, protected once, read ever after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    pub header: Header,
    /// Every group with a class of the definition's form, hidden ones too, by level and id.
    pub groups: Vec<Group>,
}

/// What a release is about and by which rules it was protected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    pub schema: u32,
    pub wave: String,
    pub definition: DefinitionRef,
    pub policy: Policy,
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
    /// Respondents under which a group is hidden; also the least that shown groups leave over
    /// when they are subtracted from each other.
    pub threshold: u32,
    /// Schools under which a group above the school is hidden.
    pub schools: u32,
    /// Classes under which a group counts as class level.
    pub class_level_classes: u32,
    /// Respondents under which a group counts as class level.
    pub class_level_respondents: u32,
    /// The least share of respondents, in percent, with a valid answer to a shown item.
    pub answered_percent: u32,
}

impl Policy {
    /// The rules in force. Thresholds may be raised, never lowered.
    pub const STANDARD: Self = Self {
        threshold: 10,
        schools: 3,
        class_level_classes: 3,
        class_level_respondents: 40,
        answered_percent: 80,
    };
}

/// One group and what is shown of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub level: Level,
    /// The id, unique within the level; the nation's is `nation`.
    pub group: String,
    /// The id of the group of the next level that it lies in; `None` for the nation.
    pub parent: Option<String>,
    /// How many are done, those who did not want to take part included.
    pub n: Respondents,
    /// One for each indicator of the definition, by its id.
    pub cells: BTreeMap<String, Cell>,
}

/// One indicator for one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Cell {
    /// The share lies in `low <= share < high`; in the last band `high` is included.
    Band {
        low: Tenths,
        high: Tenths,
        /// The 95 % interval: the hull of those of all counts that the band allows.
        interval: [Tenths; 2],
    },
    Hidden {
        reason: Reason,
    },
}

/// Why a cell is hidden. A hidden cell has one sign and these reasons in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Fewer than 10 pupils are done.
    FewRespondents,
    /// A group above the school with fewer than 3 schools.
    FewSchools,
    /// A class with more responses than pupils enrolled.
    MoreResponsesThanEnrolment,
    /// A sensitive indicator, which is not shown at class level.
    Sensitive,
    /// An indicator that is published only for larger groups.
    SmallGroup,
    /// Too few of those who would make up a conditional share.
    SmallCondition,
    /// Under 80 % of the respondents answered the item, or fewer than 10.
    FewAnswers,
    /// Shown, it would let a reader work out a hidden group.
    OtherGroup,
}

impl Reason {
    pub const ALL: [Self; 8] = [
        Self::FewRespondents,
        Self::FewSchools,
        Self::MoreResponsesThanEnrolment,
        Self::Sensitive,
        Self::SmallGroup,
        Self::SmallCondition,
        Self::FewAnswers,
        Self::OtherGroup,
    ];

    /// The word in files and the key of the text on pages.
    pub fn code(self) -> &'static str {
        match self {
            Self::FewRespondents => "few_respondents",
            Self::FewSchools => "few_schools",
            Self::MoreResponsesThanEnrolment => "more_responses_than_enrolment",
            Self::Sensitive => "sensitive",
            Self::SmallGroup => "small_group",
            Self::SmallCondition => "small_condition",
            Self::FewAnswers => "few_answers",
            Self::OtherGroup => "other_group",
        }
    }
}
