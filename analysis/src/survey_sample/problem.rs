use crate::{ComputeError, DataMistakes};

/// Why a sample cannot be estimated from.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SampleProblem {
    #[error(transparent)]
    Data(#[from] DataMistakes),
    #[error(transparent)]
    Definition(#[from] ComputeError),
    #[error("there is no indicator {got:?} in the definition; it has {}", known.join(", "))]
    UnknownIndicator { got: String, known: Vec<String> },
    #[error("there is no row below the header")]
    NoRow,
    #[error("{by} makes {got} groups, more than {most}; choose a coarser classification")]
    Groups { by: String, got: usize, most: usize },
    #[error(
        "column {column}, {stratum}: {got} clusters in the population are less than the {drawn} in \
         the file"
    )]
    Population { column: String, stratum: String, got: f64, drawn: u32 },
    #[error(
        "column {column}, {stratum}: it must say the same in every row of a stratum, and is {first} \
         and {got}"
    )]
    TwoPopulations { column: String, stratum: String, first: f64, got: f64 },
    #[error(
        "{stratum} has one cluster only, which does not tell how much clusters differ; say what it \
         is to count as with --lonely adjust, average, certainty or remove, or join strata"
    )]
    Lonely { stratum: String },
    #[error("the design cannot be used: {0}")]
    Design(String),
}
