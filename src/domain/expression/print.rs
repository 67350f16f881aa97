//! From expression to text: what is printed reads back as the same expression.

use std::fmt::{self, Display, Formatter, Write};

use super::attribute::Kind;
use super::parse::{ends_word, joiner};
use super::{Decimal, Expression, Op, Span, SpanUnit, Test, Value};

impl Display for Expression {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => Ok(()),
            Self::Or(some) => joined(f, some, " or "),
            Self::And(all) => joined(f, all, " "),
            single => part(f, single),
        }
    }
}

/// The parts with a joiner between; a part that is itself joined stands in parentheses.
fn joined(f: &mut Formatter<'_>, parts: &[Expression], between: &str) -> fmt::Result {
    let or = between != " ";
    for (i, p) in parts.iter().enumerate() {
        if i > 0 {
            f.write_str(between)?;
        }
        match p {
            Expression::And(all) if or => joined(f, all, " ")?,
            _ => part(f, p)?,
        }
    }
    Ok(())
}

fn part(f: &mut Formatter<'_>, e: &Expression) -> fmt::Result {
    match e {
        Expression::All => f.write_str("()"),
        Expression::And(_) | Expression::Or(_) => write!(f, "({e})"),
        Expression::Not(inner) => {
            f.write_char('-')?;
            part(f, inner)
        }
        Expression::Word(text) => word(f, text),
        Expression::Test(test) => test.fmt(f),
    }
}

impl Display for Test {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.attribute.name())?;
        if !self.key.is_empty() {
            f.write_char('.')?;
            let plain = !self.key.chars().any(|c| ends_word(c) || matches!(c, '!' | '\\'));
            if plain { f.write_str(&self.key)? } else { quoted(f, &self.key)? }
        }
        let colon = matches!(
            (self.attribute.kind(), &self.value),
            (Kind::Words(_) | Kind::Label | Kind::Segment | Kind::Rfm | Kind::Within, _)
                | (_, Value::None | Value::Any | Value::Me)
        );
        f.write_str(match self.op {
            Op::Has => ":",
            Op::Equal if colon => ":",
            Op::Equal => "=",
            Op::Less => "<",
            Op::AtMost => "<=",
            Op::Greater => ">",
            Op::AtLeast => ">=",
        })?;
        match &self.value {
            Value::None => f.write_str("none"),
            Value::Any => f.write_str("any"),
            Value::Me => f.write_str("me"),
            Value::Text(text) => f.write_str(&as_value(text)),
            Value::Word(code) => {
                let row = self.attribute.words().get(usize::from(*code));
                f.write_str(row.map_or("none", |row| row.name))
            }
            Value::Number(number) => number.fmt(f),
            Value::Span(span) => span.fmt(f),
            Value::Day(day) => day.fmt(f),
            Value::Days(from, to) => write!(f, "{from}..{to}"),
            Value::Rfm(scores) => scores.iter().try_for_each(|s| match s {
                0 => f.write_char('*'),
                s => s.fmt(f),
            }),
        }
    }
}

impl Display for Decimal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.unsigned_abs() / 10_000, self.0.unsigned_abs() % 10_000);
        if rest == 0 {
            return write!(f, "{sign}{whole}");
        }
        let decimals = format!("{rest:04}");
        write!(f, "{sign}{whole}.{}", decimals.trim_end_matches('0'))
    }
}

impl Display for Span {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            SpanUnit::Days => "d",
            SpanUnit::Weeks => "w",
            SpanUnit::Months => "mo",
            SpanUnit::Years => "y",
        };
        write!(f, "{}{unit}", self.count)
    }
}

/// A text as a bare word where that is read back the same, else in quotes.
fn word(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    let special = |c| ends_word(c) || matches!(c, '!' | '\\');
    let bare = !text.is_empty()
        && !text.starts_with('-')
        && !text.contains(special)
        && joiner(text).is_none();
    if bare { f.write_str(text) } else { quoted(f, text) }
}

/// A text as it stands after the `:` of a test: bare where that is read back the same, else in
/// quotes.
pub fn as_value(text: &str) -> String {
    let reserved = ["none", "any", "me", "هیچ", "هرچه", "من"];
    let plain = super::attribute::plain(text);
    let special = |c| ends_word(c) || matches!(c, '!' | '\\');
    let bare = !plain.is_empty() && !reserved.contains(&plain.as_str()) && !text.contains(special);
    let mut written = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = if bare { written.write_str(text) } else { quoted(&mut written, text) };
    written
}

fn quoted(f: &mut impl Write, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}
