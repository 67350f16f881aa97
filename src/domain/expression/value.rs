//! Reads what stands after an operator.

use icu_calendar::Date as IcuDate;
use icu_calendar::cal::Iso;
use jiff::civil::Date;

use super::attribute::{Attribute, Kind, plain};
use super::near::nearest;
use super::{Decimal, ExpressionProblem, Op, Span, SpanUnit, Value};
use crate::domain::Day;

/// Reads a value for an attribute. A quoted one is always taken as text.
pub fn read(
    attribute: Attribute,
    op: Op,
    text: &str,
    quoted: bool,
) -> Result<(Op, Value), ExpressionProblem> {
    let plain_text = plain(text);
    if !quoted && matches!(op, Op::Has | Op::Equal) && !matches!(attribute.kind(), Kind::Segment) {
        match plain_text.as_str() {
            "none" | "هیچ" => return Ok((Op::Equal, Value::None)),
            "any" | "هرچه" => return Ok((Op::Equal, Value::Any)),
            _ => {}
        }
    }
    let has = op == Op::Has;
    let equal = if has { Op::Equal } else { op };
    if text.is_empty() {
        return match (attribute.kind(), op) {
            (Kind::Segment, _) | (_, Op::Less | Op::AtMost | Op::Greater | Op::AtLeast) => {
                Err(ExpressionProblem::Value)
            }
            _ => Ok((Op::Equal, Value::None)),
        };
    }
    let takes_order = !matches!(op, Op::Has | Op::Equal);
    let wrong_operator = || {
        let field = attribute.name().to_owned();
        Err(ExpressionProblem::Operator { field, takes: attribute.takes() })
    };
    match attribute.kind() {
        Kind::Own if takes_order => Ok((op, Value::Number(number(text)?))),
        Kind::Own => Ok((op, Value::Text(text.to_owned()))),
        Kind::Agent if !quoted && !takes_order && matches!(plain_text.as_str(), "me" | "من") => {
            Ok((Op::Equal, Value::Me))
        }
        Kind::Agent | Kind::Phone | Kind::Text if takes_order => wrong_operator(),
        Kind::Agent | Kind::Phone | Kind::Text => Ok((op, Value::Text(text.to_owned()))),
        Kind::Label | Kind::Segment | Kind::Words(_) | Kind::Rfm | Kind::Within if takes_order => {
            wrong_operator()
        }
        Kind::Within => within(text).map(|(from, to)| (Op::Equal, Value::Days(from, to))),
        Kind::Label | Kind::Segment => Ok((Op::Equal, Value::Text(text.to_owned()))),
        Kind::Words(rows) => {
            let at = rows.iter().position(|row| {
                plain(row.name) == plain_text || row.also.iter().any(|w| plain(w) == plain_text)
            });
            let Some(at) = at else {
                let all =
                    rows.iter().flat_map(|r| std::iter::once(r.name).chain(r.also.iter().copied()));
                return Err(ExpressionProblem::UnknownValue {
                    field: attribute.name().to_owned(),
                    value: text.to_owned(),
                    nearest: nearest(text, all),
                });
            };
            Ok((Op::Equal, Value::Word(at as u8)))
        }
        Kind::Rfm => Ok((Op::Equal, Value::Rfm(rfm(text).ok_or(ExpressionProblem::Number)?))),
        Kind::Number | Kind::Money | Kind::Share => Ok((equal, Value::Number(number(text)?))),
        Kind::Years => match span(text) {
            Some(Span { count, unit: SpanUnit::Years }) => {
                Ok((equal, Value::Number(Decimal(i64::from(count) * Decimal::ONE))))
            }
            _ => Ok((equal, Value::Number(number(text)?))),
        },
        Kind::Past | Kind::Coming => match span(text) {
            Some(span) => Ok((equal, Value::Span(span))),
            None => Ok((equal, Value::Day(day(text)?))),
        },
        Kind::Yearly => {
            let span = span(text).ok_or(ExpressionProblem::Date)?;
            Ok((equal, Value::Span(span)))
        }
    }
}

/// The text with Persian and Arabic digits and signs as ASCII ones.
fn ascii(text: &str) -> String {
    text.trim()
        .chars()
        .map(|c| match c {
            '۰'..='۹' => char::from(b'0' + (c as u32 - '۰' as u32) as u8),
            '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
            '٪' => '%',
            '٫' => '.',
            '٬' | '،' => ',',
            '−' => '-',
            _ => c,
        })
        .collect()
}

/// A number with an optional sign, grouping commas, up to four decimals and a multiplier.
fn number(text: &str) -> Result<Decimal, ExpressionProblem> {
    const WRONG: ExpressionProblem = ExpressionProblem::Number;
    let text = ascii(text);
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit() && c != '.');
    let (times, over): (i64, i64) =
        match plain(text.get(digits.len()..).unwrap_or_default()).as_str() {
            "" => (1, 1),
            "k" | "هزار" => (1_000, 1),
            "m" | "میلیون" => (1_000_000, 1),
            "b" | "میلیارد" => (1_000_000_000, 1),
            "%" => (1, 100),
            _ => return Err(WRONG),
        };
    // Ten digits after the point cover the largest multiplier at four places.
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if fraction.len() > 13 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return Err(WRONG);
    }
    let (negative, whole) = match whole.strip_prefix(['-', '+']) {
        Some(rest) => (whole.starts_with('-'), rest),
        None => (false, whole),
    };
    let grouped: String = whole.chars().filter(|c| !matches!(c, ',' | '_')).collect();
    if !grouped.bytes().all(|b| b.is_ascii_digit()) || (grouped.is_empty() && fraction.is_empty()) {
        return Err(WRONG);
    }
    let scale = 10_i128.pow(fraction.len() as u32);
    let joined: i128 = format!("0{grouped}{fraction}").parse().map_err(|_| WRONG)?;
    let scaled = joined.checked_mul(i128::from(times) * i128::from(Decimal::ONE)).ok_or(WRONG)?;
    let divisor = scale * i128::from(over);
    if scaled % divisor != 0 {
        return Err(WRONG);
    }
    let value = i64::try_from(scaled / divisor).map_err(|_| WRONG)?;
    Ok(Decimal(if negative { -value } else { value }))
}

/// A length of time: `30d`, `2w`, `6mo`, `1y`, `today`; a bare number is days.
fn span(text: &str) -> Option<Span> {
    let text = ascii(text);
    let word = plain(&text);
    if matches!(word.as_str(), "today" | "امروز") {
        return Some(Span { count: 0, unit: SpanUnit::Days });
    }
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (digits, unit) = word.split_at(end);
    let count = digits.parse().ok()?;
    let unit = match unit {
        "" | "d" | "day" | "days" | "روز" => SpanUnit::Days,
        "w" | "week" | "weeks" | "هفته" => SpanUnit::Weeks,
        "mo" | "m" | "month" | "months" | "ماه" => SpanUnit::Months,
        "y" | "year" | "years" | "سال" => SpanUnit::Years,
        _ => return None,
    };
    // Day, week and month counts of four digits without a unit are years by mistake: `last<2025`.
    (!(text.len() > 3 && text.bytes().all(|b| b.is_ascii_digit()))).then_some(Span { count, unit })
}

/// A date of year, month and day, parted by `-` or `/`. Years 1200 to 1600 are Jalali.
fn day(text: &str) -> Result<Day, ExpressionProblem> {
    const NONE: ExpressionProblem = ExpressionProblem::NoSuchDate;
    let text = ascii(text);
    let mut parts = text.split(['-', '/']);
    let mut part = |most: usize| {
        let p = parts.next().filter(|p| (1..=most).contains(&p.len()))?;
        p.bytes().all(|b| b.is_ascii_digit()).then(|| p.parse::<i16>().ok()).flatten()
    };
    let (Some(year), Some(month), Some(of_month)) = (part(4), part(2), part(2)) else {
        return Err(ExpressionProblem::Date);
    };
    if parts.next().is_some() {
        return Err(ExpressionProblem::Date);
    }
    let date = match year {
        1200..=1600 => {
            let jalali = IcuDate::try_new_persian(i32::from(year), month as u8, of_month as u8);
            let iso = jalali.map_err(|_| NONE)?.to_calendar(Iso);
            let year = i16::try_from(iso.year().extended_year()).map_err(|_| NONE)?;
            Date::new(year, iso.month().ordinal as i8, iso.day_of_month().0 as i8)
        }
        1700..=9999 => Date::new(year, month as i8, of_month as i8),
        _ => return Err(NONE),
    };
    date.map(Day::of).map_err(|_| NONE)
}

/// The days of a date, of a month (`2025-03`, `1404/02`), or of two dates with `..` between.
fn within(text: &str) -> Result<(Day, Day), ExpressionProblem> {
    if let Some((from, to)) = text.split_once("..") {
        let (from, to) = (day(from)?, day(to)?);
        return if from <= to { Ok((from, to)) } else { Err(ExpressionProblem::Date) };
    }
    let plain = ascii(text);
    let Some((year, month)) = plain.split_once(['-', '/']).filter(|(_, m)| m.len() <= 2) else {
        return day(text).map(|day| (day, day));
    };
    let first = day(&format!("{year}-{month}-1"))?;
    // Months of either calendar end where the next begins.
    let month: u8 = month.parse().map_err(|_| ExpressionProblem::Date)?;
    let next = match (year.parse::<i32>(), month) {
        (Ok(year), 12) => day(&format!("{}-1-1", year + 1))?,
        _ => day(&format!("{year}-{}-1", month + 1))?,
    };
    Ok((first, next.plus(-1)))
}

/// Up to three scores; `*` and what is left out are any.
fn rfm(text: &str) -> Option<[u8; 3]> {
    let text = ascii(text);
    let mut scores = [0; 3];
    let letters: Vec<char> = text.chars().filter(|c| !matches!(c, '-' | ',')).collect();
    if letters.len() > 3 || letters.is_empty() {
        return None;
    }
    for (score, letter) in scores.iter_mut().zip(letters) {
        *score = match letter {
            '1'..='5' => letter as u8 - b'0',
            '*' | '?' | 'x' => 0,
            _ => return None,
        };
    }
    Some(scores)
}
