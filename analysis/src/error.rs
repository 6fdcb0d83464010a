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

/// Not a `From`: that would make a type of the data frame library part of this crate's face.
pub(crate) fn counting(error: polars::error::PolarsError) -> ComputeError {
    ComputeError::Count(error.to_string())
}
