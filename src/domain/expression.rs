//! The segment language: one expression everywhere. Parses; never evaluates.

use std::ops::Range;

/// What is wrong with an expression, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at {}: {problem:?}", at.start)]
pub struct ExpressionError {
    /// Byte range in the expression.
    pub at: Range<usize>,
    /// What is wrong.
    pub problem: ExpressionProblem,
}

/// What can be wrong with an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpressionProblem {
    /// No field of that name; the nearest.
    UnknownField { name: String, nearest: Option<String> },
    /// The field does not take this operator; those it takes.
    Operator { field: String, takes: &'static str },
    /// A word the field does not know; the nearest.
    UnknownValue { field: String, value: String, nearest: Option<String> },
    /// A number was expected.
    Number,
    /// A date or an age was expected.
    Date,
    /// No such date.
    NoSuchDate,
    /// A value was expected.
    Value,
    /// A quote or parenthesis that is not closed.
    Unclosed(char),
    /// A closing parenthesis without an opening one, or an operator without operands.
    Unexpected(String),
    /// Too long or too deeply nested.
    TooComplex,
}
