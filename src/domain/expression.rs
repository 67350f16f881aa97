//! The segment language: one expression everywhere. Parses and prints; never evaluates, never reads
//! a clock, and knows saved segments only through the function it is given.
//!
//! ```text
//! city:Tehran stage:loyal spent>10m last<30d -tag:vip (age<30 or interest:music) "reza karimi"
//! ```
//!
//! A space means and; `or`, `-` (`not`, `!`) and parentheses do the rest. A word without a field is
//! searched as in the search bar. What each field is and takes: [`Attribute::kind`].

mod attribute;
mod complete;
mod near;
mod parse;
mod print;
mod value;

use std::ops::Range;

use super::day::Day;

pub use attribute::{Attribute, Kind, WordRow};
pub use complete::{completions, open_value};
pub use parse::ends_word;
pub use print::as_value;

/// Longest expression read, in bytes.
pub const MOST_BYTES: usize = 4_096;
/// Deepest nesting of parentheses, negations and segments.
pub const MOST_DEPTH: usize = 32;
/// Most tests and words in one expression, those of the segments it names included.
pub const MOST_PARTS: usize = 512;

/// An expression of the segment language.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expression {
    /// Everyone.
    All,
    /// Those who pass all of these; two at least.
    And(Vec<Expression>),
    /// Those who pass any of these; two at least.
    Or(Vec<Expression>),
    /// Those who do not pass.
    Not(Box<Expression>),
    /// Those the search bar would find.
    Word(String),
    /// Those whose attribute is so.
    Test(Test),
}

/// One condition on one attribute.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Test {
    /// Which attribute.
    pub attribute: Attribute,
    /// Name of the own field, for [`Attribute::Own`]; empty otherwise.
    pub key: String,
    /// How it is compared.
    pub op: Op,
    /// With what.
    pub value: Value,
}

/// How an attribute is compared. Customers of whom the attribute is not known pass none of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// The text contains every word of the value. Only with [`Value::Text`].
    Has,
    /// Equal.
    Equal,
    /// Less; of days that were, less long ago; of days to come, sooner.
    Less,
    /// Less or equal.
    AtMost,
    /// Greater.
    Greater,
    /// Greater or equal.
    AtLeast,
}

/// What an attribute is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Nothing is known (`email:none`).
    None,
    /// Something is known (`email:any`).
    Any,
    /// The agent who asks (`owner:me`).
    Me,
    /// A text, as it was written.
    Text(String),
    /// Number of a word in the attribute's table ([`Kind::Words`]).
    Word(u8),
    /// A number; money in major units.
    Number(Decimal),
    /// So long before (or, for days to come, after) today.
    Span(Span),
    /// A day.
    Day(Day),
    /// From one day to another, both counted, the earlier first.
    Days(Day, Day),
    /// Recency, frequency and monetary scores; 0 is any.
    Rfm([u8; 3]),
}

/// A decimal number, exact to four places, as a count of ten-thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(pub i64);

impl Decimal {
    /// Ten-thousandths in one.
    pub const ONE: i64 = 10_000;
}

/// A length of time in calendar units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// How many.
    pub count: u16,
    /// Of what.
    pub unit: SpanUnit,
}

/// A calendar unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpanUnit {
    /// `d`
    Days,
    /// `w`
    Weeks,
    /// `mo`
    Months,
    /// `y`
    Years,
}

impl Span {
    /// The day so long before `today`; a day that does not exist becomes the month's last.
    pub fn before(self, today: Day) -> Day {
        self.moved(today, -1)
    }

    /// The day so long after `today`.
    pub fn after(self, today: Day) -> Day {
        self.moved(today, 1)
    }

    fn moved(self, today: Day, sign: i32) -> Day {
        let count = i32::from(self.count) * sign;
        let span = jiff::Span::new();
        let span = match self.unit {
            SpanUnit::Days => return today.plus(count),
            SpanUnit::Weeks => return today.plus(count * 7),
            SpanUnit::Months => span.try_months(count),
            SpanUnit::Years => span.try_years(count.clamp(-9_000, 9_000)),
        };
        let moved =
            today.date().zip(span.ok()).and_then(|(date, span)| date.checked_add(span).ok());
        moved.map_or(Day(i32::MAX.saturating_mul(sign)), Day::of)
    }
}

/// Finds the expression of a saved segment by its name.
pub type Segments<'a> = dyn Fn(&str) -> Option<String> + 'a;

impl Expression {
    /// Reads an expression; `segment:NAME` stays a test.
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        parse::parse(text, None)
    }

    /// Reads an expression and puts the segments it names in place. A segment that names itself,
    /// directly or through others, is an error.
    pub fn parse_with(text: &str, segments: &Segments<'_>) -> Result<Self, ExpressionError> {
        parse::parse(text, Some(segments))
    }
}

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
    /// A segment that names itself, directly or through others.
    Cycle { segment: String },
    /// A segment whose own expression is wrong.
    BrokenSegment { segment: String, problem: Box<ExpressionProblem> },
    /// Too long or too deeply nested.
    TooComplex,
}

#[cfg(test)]
mod tests;
