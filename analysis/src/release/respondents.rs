use serde::{Deserialize, Serialize};

/// How many are done, as far as it is shown: a range under 1000, then the exact number.
///
/// In files `[10, 14]`, `[1234, 1234]`, or `null` for a group of which nothing is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Option<[u32; 2]>", into = "Option<[u32; 2]>")]
pub enum Respondents {
    /// The group is hidden, mostly because it has fewer than 10 respondents.
    Hidden,
    /// From `low` to `high`, both included.
    Between {
        low: u32,
        high: u32,
    },
    Exactly(u32),
}

/// The ranges in which a number of respondents is shown.
const RANGES: [(u32, u32); 10] = [
    (10, 14),
    (15, 19),
    (20, 29),
    (30, 39),
    (40, 59),
    (60, 99),
    (100, 199),
    (200, 299),
    (300, 499),
    (500, 999),
];

impl Respondents {
    /// How `n` respondents are shown; hidden under 10.
    pub fn shown(n: u32) -> Self {
        if n >= 1000 {
            return Self::Exactly(n);
        }
        match RANGES.into_iter().find(|(low, high)| (*low..=*high).contains(&n)) {
            Some((low, high)) => Self::Between { low, high },
            None => Self::Hidden,
        }
    }

    /// The smallest and the largest number that it can stand for; `None` when hidden.
    pub fn bounds(self) -> Option<(u32, u32)> {
        match self {
            Self::Hidden => None,
            Self::Between { low, high } => Some((low, high)),
            Self::Exactly(n) => Some((n, n)),
        }
    }
}

impl From<Option<[u32; 2]>> for Respondents {
    fn from(shown: Option<[u32; 2]>) -> Self {
        match shown {
            None => Self::Hidden,
            Some([low, high]) if low == high => Self::Exactly(low),
            Some([low, high]) => Self::Between { low, high },
        }
    }
}

impl From<Respondents> for Option<[u32; 2]> {
    fn from(respondents: Respondents) -> Self {
        respondents.bounds().map(|(low, high)| [low, high])
    }
}
