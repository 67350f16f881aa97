//! What is wrong with a row, as data and in words.

use std::fmt;

use crate::desk::tell;
use crate::domain::{AmountError, Problem};
use crate::text::words::files;
use crate::text::{Arg, Lang, Phrase, SafeText, safe, ungrouped};

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
    /// No agent of that name.
    UnknownAgent { known: String },
    /// No outcome of that name.
    UnknownOutcome { known: String },
    /// Another row far above has the same external id.
    Repeated { line: u64 },
    /// The row above has the same external id and another customer, day or kind.
    OtherPurchase,
    /// The record would not be valid.
    Invalid(Problem),
}

impl RowError {
    /// Line, column, value and what is wrong, in one line.
    pub fn words(&self, lang: Lang) -> SafeText {
        let place = place(self.line, self.column.as_deref(), lang);
        let fault = self.fault.words(lang);
        match &self.value {
            Some(value) => {
                safe![place, ": \"", SafeText::clean(value).isolate(), "\": ", fault]
            }
            None => safe![place, ": ", fault],
        }
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words(Lang::En).fmt(f)
    }
}

impl Fault {
    /// What is wrong and what was expected.
    pub fn words(&self, lang: Lang) -> SafeText {
        let say = |phrase: Phrase, args: &[(&str, Arg)]| phrase.with(lang, args);
        match self {
            Self::Columns { expected, found } => {
                say(files::COLUMNS, &[("expected", (*expected).into()), ("found", (*found).into())])
            }
            Self::UnclosedQuote => files::UNCLOSED_QUOTE.in_(lang),
            Self::TooLong { most } => say(files::ROW_TOO_LONG, &[("most", (*most).into())]),
            Self::NotText { encoding } => say(files::NOT_TEXT, &[("encoding", text(encoding))]),
            Self::ZeroByte => files::ZERO_BYTE.in_(lang),
            Self::NotJson { detail } => say(files::NOT_JSON, &[("detail", text(detail))]),
            Self::Nested => files::NESTED.in_(lang),
            Self::Missing => files::MISSING.in_(lang),
            Self::NotADate { format: Some(form) } => {
                say(files::NOT_OF_FORMAT, &[("format", text(form))])
            }
            Self::NotADate { format: None } => files::NOT_A_DATE.in_(lang),
            Self::NoSuchDate => tell::problem_in(&Problem::NoSuchDate, lang),
            Self::AmbiguousDate => files::AMBIGUOUS_DATE.in_(lang),
            Self::Amount(error) => tell::amount_in(*error, lang),
            Self::NotMinorUnits => files::NOT_MINOR_UNITS.in_(lang),
            Self::Negative => files::NEGATIVE.in_(lang),
            Self::Word { expected } => say(files::ONE_OF, &[("expected", text(expected))]),
            Self::UnknownAgent { known } => say(files::NO_SUCH_AGENT, &[("known", text(known))]),
            Self::UnknownOutcome { known } => {
                say(files::NO_SUCH_OUTCOME, &[("known", text(known))])
            }
            Self::Repeated { line } => say(files::REPEATED, &[("line", plain(*line, lang))]),
            Self::OtherPurchase => files::OTHER_PURCHASE.in_(lang),
            Self::Invalid(problem) => tell::problem_in(problem, lang),
        }
    }
}

/// Where something stands in a file.
pub(super) fn place(line: u64, column: Option<&str>, lang: Lang) -> SafeText {
    let line = files::LINE.with(lang, &[("line", plain(line, lang))]);
    let column = column.map(|column| files::COLUMN.with(lang, &[("column", text(column))]));
    SafeText::join(std::iter::once(&line).chain(&column), &tell::comma(lang))
}

/// Text of any origin as part of a phrase.
pub(super) fn text(any: &str) -> Arg {
    SafeText::clean(any).into()
}

/// A number without groups: lines are looked for by their digits.
pub(super) fn plain(number: u64, lang: Lang) -> Arg {
    ungrouped(number, lang).into()
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
