//! The counts of one measure in every group: what protection starts from.

/// One measure over the whole tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Measured {
    /// Girls, boys, and who did not say; only the last, as everybody, when the survey does not
    /// ask. Together they are everybody.
    pub(crate) strata: Vec<Stratum>,
}

/// The counts of the pupils of one stratum. Every list has one entry a node of the tree, sums
/// of the classes included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stratum {
    /// Pupils who count in the denominator.
    pub(crate) valid: Vec<u32>,
    /// For each part of the measure (one, unless it is a distribution) the pupils with it; of a
    /// mean, the sum of the pupils' scores in 1/2520 of a code.
    pub(crate) parts: Vec<Vec<u64>>,
    /// Of a mean, the sum of the squares of the scores; empty for others.
    pub(crate) squares: Vec<u64>,
}
