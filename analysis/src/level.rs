use serde::{Deserialize, Serialize};

/// How large a group is, smallest first. Groups of one level never overlap, and each lies
/// inside one group of a higher level; not always of the next, because a grade with one class
/// and a school's only band of grades are left out: they would be the same pupils twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Class,
    /// The classes of one grade in a school.
    Grade,
    /// The classes of neighbouring grades in a school.
    Band,
    School,
    District,
    Region,
    Nation,
}

impl Level {
    pub const ALL: [Self; 7] = [
        Self::Class,
        Self::Grade,
        Self::Band,
        Self::School,
        Self::District,
        Self::Region,
        Self::Nation,
    ];

    /// The word in files and addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Grade => "grade",
            Self::Band => "band",
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
