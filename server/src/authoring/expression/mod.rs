//! What a workbook's `relevant` and `constraint` (XPath) and another program's `visibleIf` say:
//! text to a tree, each part with the column it stands at. A subset, written by hand: the
//! libraries for XPath want a document, and what is not in the subset must be told by name.

mod lexer;
mod parser;
mod write;

pub(super) use parser::parse;
pub(super) use write::{value, write};

/// Which of the two ways of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// `selected(${where}, 'yard') and ${age} >= 12`
    XPath,
    /// `{where} contains 'yard' and {age} >= 12`
    SurveyJs,
}

/// Something that cannot be used, with its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    /// In characters, from 1.
    pub(super) at: usize,
    pub(super) problem: String,
}

impl Wrong {
    pub(super) fn new(at: usize, problem: impl Into<String>) -> Self {
        Self { at, problem: problem.into() }
    }
}

/// A part of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expression {
    pub(super) at: usize,
    pub(super) what: What,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    /// Two or more.
    And(Vec<Expression>),
    /// Two or more.
    Or(Vec<Expression>),
    /// In parentheses of its own.
    Group(Box<Expression>),
    Compare(Box<Expression>, Comparison, Box<Expression>),
    Call {
        name: String,
        arguments: Vec<Expression>,
    },
    /// The answer to a question, by its name.
    Question(String),
    /// `.`: the answer to this question.
    This,
    Text(String),
    /// As it is written: digits, perhaps with a sign and a fraction.
    Number(String),
    /// `['a', 'b']`, in SurveyJS.
    List(Vec<Expression>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

impl Comparison {
    /// The same with its sides exchanged.
    pub(super) fn flipped(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::AtMost => Self::AtLeast,
            Self::Greater => Self::Less,
            Self::AtLeast => Self::AtMost,
            same => same,
        }
    }

    pub(super) fn holds(self, left: i64, right: i64) -> bool {
        match self {
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Greater => left > right,
            Self::AtLeast => left >= right,
        }
    }
}
