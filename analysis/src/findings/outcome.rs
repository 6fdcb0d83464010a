/// What is said of one published number beside another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The first is lower, whatever counts stand behind the two bands.
    Lower,
    /// A tie, or not clear for some of the counts that the bands allow.
    NotClearlyDifferent,
    Higher,
    /// One of the two is not published, or the group may be all that the other consists of.
    NotShown,
    /// The two waves did not ask the same: the indicator changed in between.
    NotComparable,
}
