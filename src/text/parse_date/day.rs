//! The day a few words name, and how many of them it takes.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::super::date::{Calendar, WeekStart};
use super::DateError;
use super::spoken::{day_span, next_weekday, spoken_day, spoken_month, spoken_weekday};

/// The years a person may mean by a four-digit year, by calendar.
const JALALI_YEARS: std::ops::RangeInclusive<i32> = 1200..=1600;
const GREGORIAN_YEARS: std::ops::RangeInclusive<i32> = 1700..=9999;

/// The day at the head of the words and how many words name it; `None` when none does.
pub(super) fn read_day(
    words: &[&str],
    today: Date,
    calendar: Calendar,
    week: WeekStart,
) -> Result<Option<(Date, usize)>, DateError> {
    let [first, rest @ ..] = words else { return Ok(None) };
    let plus =
        |span: Span| today.checked_add(span).map_err(|_| DateError::NoSuchDay(first.to_string()));
    if let Some(days) = spoken_day(first) {
        return Ok(Some((plus(days.days())?, 1)));
    }
    if let [second, ..] = rest {
        if let ("next", "week") | ("هفته", "بعد" | "دیگر") = (*first, *second) {
            return Ok(Some((next_weekday(today, week.weekday(), 1), 2)));
        }
        let after = match (*first, *second) {
            ("next", day) | (day, "بعد" | "اینده") => spoken_weekday(day),
            _ => None,
        };
        if let Some(day) = after {
            return Ok(Some((next_weekday(today, day, 1), 2)));
        }
        if let ("پس", "فردا") = (*first, *second) {
            return Ok(Some((plus(2.days())?, 2)));
        }
        if let Some(day) = spoken_weekday(&format!("{first}{second}")) {
            return Ok(Some((next_weekday(today, day, 0), 2)));
        }
    }
    if let Some(day) = spoken_weekday(first) {
        return Ok(Some((next_weekday(today, day, 0), 1)));
    }
    if let Some(span) = day_span(first) {
        return Ok(Some((plus(span)?, 1)));
    }
    if let Some(found) = named_month(words, today, calendar)? {
        return Ok(Some(found));
    }
    let parts: Vec<&str> = first.split(['-', '/', '.']).collect();
    if parts.len() < 2
        || parts.iter().any(|p| p.is_empty() || !p.bytes().all(|b| b.is_ascii_digit()))
    {
        return Ok(None);
    }
    numeric_day(first, &parts, today, calendar).map(|date| Some((date, 1)))
}

fn numeric_day(
    word: &str,
    parts: &[&str],
    today: Date,
    calendar: Calendar,
) -> Result<Date, DateError> {
    let wrong = || DateError::NotADate(word.into());
    let numbers: Vec<i32> =
        parts.iter().map(|p| p.parse()).collect::<Result<_, _>>().map_err(|_| wrong())?;
    match (numbers.as_slice(), parts) {
        ([month, day], [_, second]) if second.len() <= 2 => {
            let (year, ..) = calendar.parts(today);
            existing(calendar, year, *month, *day, word)
        }
        ([year, month, day], [y, ..]) if y.len() == 4 => {
            existing(calendar_of(*year).ok_or_else(wrong)?, *year, *month, *day, word)
        }
        // Day first is common with dots; with slashes only when no month has that number.
        ([first, second, year], [.., y]) if y.len() == 4 => {
            let calendar = calendar_of(*year).ok_or_else(wrong)?;
            match (word.contains('.'), *first > 12, *second > 12) {
                (true, ..) | (_, true, false) => existing(calendar, *year, *second, *first, word),
                (_, false, true) => existing(calendar, *year, *first, *second, word),
                (_, true, true) => Err(DateError::NoSuchDay(word.into())),
                _ if first == second => existing(calendar, *year, *first, *second, word),
                _ => Err(DateError::TwoReadings(word.into())),
            }
        }
        _ => Err(wrong()),
    }
}

fn calendar_of(year: i32) -> Option<Calendar> {
    if JALALI_YEARS.contains(&year) {
        Some(Calendar::Jalali)
    } else if GREGORIAN_YEARS.contains(&year) {
        Some(Calendar::Gregorian)
    } else {
        None
    }
}

fn existing(
    calendar: Calendar,
    year: i32,
    month: i32,
    day: i32,
    word: &str,
) -> Result<Date, DateError> {
    let small = |n: i32| u8::try_from(n).ok();
    let date = small(month).zip(small(day)).and_then(|(m, d)| calendar.date(year, m, d));
    date.ok_or_else(|| DateError::NoSuchDay(word.into()))
}

/// `21 nov 2026`, `30 aban`, `nov 21`: a month by name, with or without a year.
fn named_month(
    words: &[&str],
    today: Date,
    calendar: Calendar,
) -> Result<Option<(Date, usize)>, DateError> {
    let [first, second, rest @ ..] = words else { return Ok(None) };
    let named = |word: &str, day: &str| {
        let day = day.trim_end_matches(',').parse::<i32>().ok()?;
        spoken_month(word, calendar).map(|(calendar, month)| (calendar, month, day))
    };
    let Some((calendar, month, day)) = named(second, first).or_else(|| named(first, second)) else {
        return Ok(None);
    };
    let year = rest.first().filter(|y| y.len() == 4).and_then(|y| y.parse::<i32>().ok());
    let used = if year.is_some() { 3 } else { 2 };
    let year = year.unwrap_or_else(|| calendar.parts(today).0);
    let word = words.get(..used).unwrap_or_default().join(" ");
    if calendar_of(year) != Some(calendar) {
        return Err(DateError::NoSuchDay(word));
    }
    existing(calendar, year, i32::from(month), day, &word).map(|date| Some((date, used)))
}
