//! What is wrong with a row or a file. English here; the command line says it in the agent's language.

use std::fmt;

use crate::domain::{AmountError, Problem};

/// A row that cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// Line on which the row begins, from 1.
    pub line: u64,
    /// Title of the column, or its number in a file without headings.
    pub column: Option<String>,
    /// What stood there, shortened.
    pub value: Option<String>,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Another number of columns than the first row.
    Columns { expected: usize, found: usize },
    /// A quote that is never closed.
    UnclosedQuote,
    /// Longer than a row can be.
    TooLong { most: usize },
    /// Bytes that are not text in the encoding of the file.
    NotText { encoding: &'static str },
    /// A zero byte: the file was not written whole, or is no text.
    ZeroByte,
    /// Not an object of JSON.
    NotJson { detail: String },
    /// An object where a value is expected.
    Nested,
    /// Nothing where something is needed.
    Missing,
    /// Not written like a date or a time.
    NotADate { format: Option<String> },
    /// Written like a date, but there is none.
    NoSuchDate,
    /// Day and month cannot be told apart.
    AmbiguousDate,
    /// Not an amount.
    Amount(AmountError),
    /// A number with a point where a file of objects has minor units.
    NotMinorUnits,
    /// Below zero where that means nothing.
    Negative,
    /// None of the words the field knows.
    Word { expected: String },
    /// No agent, or no outcome, of that name.
    Unknown { what: &'static str, known: String },
    /// Another row far above has the same external id.
    Repeated { line: u64 },
    /// The row above has the same external id and another customer, day or kind.
    OtherPurchase,
    /// The record would not be valid.
    Invalid(Problem),
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        if let Some(value) = &self.value {
            write!(f, ": {value:?}")?;
        }
        write!(f, ": {}", self.fault)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Columns { expected, found } => {
                write!(f, "expected {expected} columns, found {found}")
            }
            Self::UnclosedQuote => f.write_str("a quote is opened and never closed"),
            Self::TooLong { most } => write!(f, "longer than {most} bytes; is a quote not closed?"),
            Self::NotText { encoding } => {
                write!(f, "not text in {encoding}; give the right one with --encoding")
            }
            Self::ZeroByte => f.write_str("holds a zero byte; the file was not written whole, or is no text"),
            Self::NotJson { detail } => write!(f, "expected an object of JSON: {detail}"),
            Self::Nested => f.write_str("expected a value, found an object"),
            Self::Missing => f.write_str("expected a value, found nothing"),
            Self::NotADate { format: Some(format) } => {
                write!(f, "expected a date of the form {format}")
            }
            Self::NotADate { format: None } => f.write_str(
                "expected a date like 2025-03-01, 20250301 or 1403/12/11; name another form with --date-format",
            ),
            Self::NoSuchDate => f.write_str("there is no such date"),
            Self::AmbiguousDate => f.write_str(
                "day and month cannot be told apart; say which with --date-format, for instance %d/%m/%Y",
            ),
            Self::Amount(error) => write!(f, "{error}; expected an amount like 1250.50"),
            Self::NotMinorUnits => f.write_str(
                "expected a whole number of minor units (2933), or the amount as a text (\"29.33\")",
            ),
            Self::Negative => f.write_str("expected no negative number"),
            Self::Word { expected } => write!(f, "expected one of {expected}"),
            Self::Unknown { what, known } => write!(f, "no such {what}; known are {known}"),
            Self::Repeated { line } => write!(
                f,
                "stands on line {line} already; rows of one purchase must follow each other"
            ),
            Self::OtherPurchase => f.write_str(
                "the row above has the same id, but another customer, date or kind of purchase",
            ),
            Self::Invalid(problem) => problem_words(problem, f),
        }
    }
}

fn problem_words(problem: &Problem, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match problem {
        Problem::Empty => f.write_str("expected a value, found nothing"),
        Problem::TooLong { most } => write!(f, "longer than {most} characters"),
        Problem::TooMany { most } => write!(f, "more than {most} of them"),
        Problem::Malformed => f.write_str("not of the form such a value has"),
        Problem::InTheFuture => f.write_str("lies in the future"),
        Problem::InThePast => f.write_str("lies in the past"),
        Problem::NoSuchDate => f.write_str("there is no such date"),
        Problem::UnknownZone => f.write_str("expected a time zone like Asia/Tehran"),
        Problem::UnknownWord { nearest: Some(near) } => write!(f, "unknown; did you mean {near}?"),
        Problem::UnknownWord { nearest: None } => f.write_str("unknown"),
        Problem::Taken => f.write_str("another record has it already"),
        Problem::OutOfRange { from, to } => write!(f, "expected {from} to {to}"),
        Problem::TooPrecise { decimals } => {
            write!(f, "more than {decimals} digits after the decimal point")
        }
        Problem::OtherCurrency { expected } => write!(f, "this store counts in {expected}"),
        Problem::NotFound => f.write_str("not in the store"),
    }
}

/// Longest piece of a value shown in an error, in characters.
const MOST_SHOWN: usize = 60;

/// A value short enough for an error.
pub fn shortened(value: &str) -> String {
    let mut chars = value.chars();
    let mut short: String = chars.by_ref().take(MOST_SHOWN).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}
