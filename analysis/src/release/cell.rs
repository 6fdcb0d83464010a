use super::Tenths;
use serde::{Deserialize, Serialize};

/// One indicator for one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Cell {
    /// The percentage, or the mean, lies in `low <= value < high`; in the last band `high` is
    /// included.
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
    /// It would rest on too few answers (under 80 % of the respondents or under 10; under 30 of
    /// whom a conditional share is about), or it would let a reader work out another group. One
    /// reason, because a number of answers that is known to be low narrows what they can be.
    Withheld,
}

impl Reason {
    pub const ALL: [Self; 6] = [
        Self::FewRespondents,
        Self::FewSchools,
        Self::MoreResponsesThanEnrolment,
        Self::Sensitive,
        Self::SmallGroup,
        Self::Withheld,
    ];

    /// The word in files and the key of the text on pages.
    pub fn code(self) -> &'static str {
        match self {
            Self::FewRespondents => "few_respondents",
            Self::FewSchools => "few_schools",
            Self::MoreResponsesThanEnrolment => "more_responses_than_enrolment",
            Self::Sensitive => "sensitive",
            Self::SmallGroup => "small_group",
            Self::Withheld => "withheld",
        }
    }
}
