use super::{Cells, Respondents};
use crate::Level;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One group and what is shown of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub level: Level,
    /// The id, unique within the level; a grade's is `SCHOOL/GRADE`, a band's `SCHOOL/LOW-HIGH`,
    /// the nation's `nation`.
    pub group: String,
    /// The smallest group around it; `None` for the nation.
    pub parent: Option<Parent>,
    /// How many are done, those who did not want to take part included.
    pub n: Respondents,
    /// Its classes or schools; `None` for a class, which has no clusters in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clusters: Option<Clustering>,
    /// One for each indicator of the definition, and one for each part of a distribution.
    pub cells: Cells,
    /// Tables of parts of the group, where they are large enough; the parts by their code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by: BTreeMap<Breakdown, BTreeMap<String, Part>>,
}

/// Which group lies around another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parent {
    pub level: Level,
    pub group: String,
}

/// What answers are alike within, from the structure and not from the answers: classes for a
/// grade, a band and a school, schools above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clustering {
    pub count: u32,
    /// The size, in pupils enrolled, of the cluster of an average pupil, rounded up: the sum of
    /// the squares of the sizes divided by their sum.
    pub size: u32,
}

/// By what a group is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Breakdown {
    Language,
    Sex,
}

/// The girls or the boys of a group, or the classes of one language of instruction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub n: Respondents,
    pub clusters: Clustering,
    pub cells: Cells,
}
