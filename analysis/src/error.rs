/// Why counts cannot be made or put together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComputeError {
    #[error("the definition does not fit a data file: {0}")]
    Definition(String),
    #[error("answers to {got}, expected {expected}")]
    OtherDefinition { expected: String, got: String },
    #[error("made with another structure of classes")]
    OtherStructure,
    #[error("cannot count: {0}")]
    Count(String),
}
