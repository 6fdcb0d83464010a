use serde::{Deserialize, Serialize};

/// How large a group is, smallest first. Groups of one level never overlap, and each lies
/// inside one group of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Class,
    School,
    District,
    Region,
    Nation,
}

impl Level {
    pub const ALL: [Self; 5] =
        [Self::Class, Self::School, Self::District, Self::Region, Self::Nation];

    /// The word in files and addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::School => "school",
            Self::District => "district",
            Self::Region => "region",
            Self::Nation => "nation",
        }
    }

    /// The level a word names.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}
