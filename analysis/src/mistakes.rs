use std::fmt;

/// One thing that is wrong with a data or structure file, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataMistake {
    /// Of a CSV file the line, the header being line 1; of anything else the row, from 1.
    pub row: Option<u64>,
    /// The name of the column.
    pub column: Option<String>,
    pub problem: DataProblem,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DataProblem {
    #[error("the column is not known here")]
    UnknownColumn,
    #[error("the column is missing")]
    MissingColumn,
    #[error("the column is there more than once")]
    DuplicateColumn,
    #[error("the row is too short: {got} fields for {expected} columns")]
    RowTooShort { expected: usize, got: usize },
    #[error("the row is too long: {got} fields for {expected} columns")]
    RowTooLong { expected: usize, got: usize },
    #[error("not UTF-8")]
    NotUtf8,
    #[error("empty")]
    Empty,
    #[error("{got:?} is not a code of the item; empty means not reached, -1 does not want to say")]
    UnknownCode { got: String },
    #[error("the item takes one option, got several, or the other way round")]
    WrongKind,
    #[error("some options of the item are answered and others are not")]
    OptionsDisagree,
    #[error("no option of the item is chosen; empty means not reached, -1 does not want to say")]
    NoOption,
    #[error("\"none of these\" together with another option of the item")]
    NoneWithOther,
    #[error("an answer in a declined response")]
    AnswerOfDeclined,
    #[error("{got} answers for {expected} items")]
    AnswerCount { expected: usize, got: usize },
    #[error("{got:?} is neither answered nor declined")]
    UnknownStatus { got: String },
    #[error("class {got:?} is not in the structure")]
    UnknownClass { got: String },
    #[error("the class is of the {class} form, the definition of the {definition} form")]
    OtherForm { class: String, definition: String },
    #[error("{got:?} here, {structure:?} in the structure")]
    Disagrees { got: String, structure: String },
    #[error("{got:?} is neither junior nor senior")]
    UnknownForm { got: String },
    #[error("{got:?}, expected {expected}")]
    NotANumber { got: String, expected: &'static str },
    #[error("{got:?} is not a number of pupils")]
    NotACount { got: String },
    #[error("class {class:?} is there more than once")]
    DuplicateClass { class: String },
    #[error("{child:?} lies in {first:?} and in {second:?}")]
    TwoParents { child: String, first: String, second: String },
    #[error("the column holds {got}, expected {expected}")]
    ColumnType { got: String, expected: &'static str },
    #[error("the definition does not fit a data file: {0}")]
    Definition(String),
    #[error("cannot be read: {0}")]
    Unreadable(String),
}

/// Every mistake found, at least one; the first hundred in full.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DataMistakes {
    pub mistakes: Vec<DataMistake>,
    /// How many more there are.
    pub more: u64,
}

/// How many mistakes are kept in full: a file with one wrong column has one a row.
const KEPT: usize = 100;

impl DataMistake {
    pub(crate) fn new(row: Option<u64>, column: Option<&str>, problem: DataProblem) -> Self {
        Self { row, column: column.map(str::to_owned), problem }
    }
}

impl DataMistakes {
    pub(crate) fn add(&mut self, row: Option<u64>, column: Option<&str>, problem: DataProblem) {
        if self.mistakes.len() < KEPT {
            self.mistakes.push(DataMistake::new(row, column, problem));
        } else {
            self.more += 1;
        }
    }

    pub(crate) fn one(column: Option<&str>, problem: DataProblem) -> Self {
        Self { mistakes: vec![DataMistake::new(None, column, problem)], more: 0 }
    }

    /// `value` if nothing is wrong.
    pub(crate) fn or<T>(self, value: T) -> Result<T, Self> {
        if self.mistakes.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for DataMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.row, &self.column) {
            (Some(row), Some(column)) => write!(f, "row {row}, column {column}: ")?,
            (Some(row), None) => write!(f, "row {row}: ")?,
            (None, Some(column)) => write!(f, "column {column}: ")?,
            (None, None) => {}
        }
        write!(f, "{}", self.problem)
    }
}

impl fmt::Display for DataMistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mistake) in self.mistakes.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{mistake}")?;
        }
        match self.more {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

impl std::error::Error for DataMistakes {}
