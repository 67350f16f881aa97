//! Reads the dates and times people write, in either calendar and either language.
//!
//! Strict: a day that does not exist, or a text that can be read in two ways, is an error that says
//! so. Years from 1200 to 1600 are Jalali, whatever the calendar of the screen.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

use super::date::{Calendar, WeekStart, date};
use super::digits::with_ascii_digits;
use super::fold::fold;
use super::lang::Lang;
use super::safe::SafeText;
use super::words::{Arg, dates, digits_of};
use clock::read_time;
use day::read_day;
use spoken::{clock_span, is_weekday};

mod clock;
mod day;
mod spoken;

/// What is wrong with a date or time that was written; holds the words at fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    #[error("no date was written")]
    Empty,
    #[error("not a date: {0}")]
    NotADate(String),
    #[error("no such day: {0}")]
    NoSuchDay(String),
    #[error("can be read in two ways: {0}")]
    TwoReadings(String),
    #[error("not a time of day: {0}")]
    NoSuchTime(String),
    #[error("already past: {0}")]
    Past(String),
}

impl DateError {
    /// What is wrong and what to write instead.
    pub fn words(&self, calendar: Calendar, lang: Lang) -> SafeText {
        let (phrase, text) = match self {
            Self::Empty => return dates::NO_DATE.in_(lang),
            Self::NotADate(text) => (dates::NOT_A_DATE, text),
            Self::NoSuchDay(text) => (dates::NO_SUCH_DAY, text),
            Self::TwoReadings(text) => (dates::TWO_READINGS, text),
            Self::NoSuchTime(text) => (dates::NO_SUCH_TIME, text),
            Self::Past(text) => (dates::PAST, text),
        };
        let sample = date(Date::constant(2026, 11, 21), calendar, lang);
        let text = SafeText::clean(&digits_of(lang, text)).ltr();
        phrase.with(lang, &[("text", Arg::Text(text)), ("sample", Arg::Text(sample))])
    }
}

/// Reads a day: `2026-11-21`, `1405/08/30`, `۱۴۰۵/۰۸/۳۰`, `21 Nov 2026`, `30 آبان`, `11-21` (month
/// and day of this year), `today`, `yesterday`, `tomorrow`, `monday`, `+3d`, `-2w`.
pub fn parse_date(input: &str, today: Date, calendar: Calendar) -> Result<Date, DateError> {
    let folded = fold(input);
    if folded.is_empty() {
        return Err(DateError::Empty);
    }
    let words: Vec<&str> = folded.split(' ').collect();
    match read_day(&words, today, calendar, WeekStart::Monday)? {
        Some((date, used)) if used == words.len() => Ok(date),
        _ => Err(DateError::NotADate(shown(input))),
    }
}

/// Reads a moment to come: a day as in [`parse_date`], a time (`10`, `14:30`, `3pm`, `۱۰ صبح`), both
/// in either order, or `+2h`, `+30m`, `+3d`, `next week`. A day alone means 10:00; a time alone
/// means its next coming. A moment before `now` is an error.
pub fn parse_when(
    input: &str,
    now: DateTime,
    calendar: Calendar,
    week: WeekStart,
) -> Result<DateTime, DateError> {
    let folded = fold(input);
    if folded.is_empty() {
        return Err(DateError::Empty);
    }
    // "t10" is said quicker than "tomorrow 10".
    let short = folded.strip_prefix('t').filter(|rest| rest.starts_with(char::is_numeric));
    let folded = short.map_or(folded.clone(), |time| format!("tomorrow {time}"));
    let words: Vec<&str> = folded.split(' ').collect();
    if let [word] = words.as_slice()
        && let Some(span) = clock_span(word)
    {
        return now.checked_add(span).map_err(|_| DateError::NoSuchDay(shown(input)));
    }
    let not_a_date = || DateError::NotADate(shown(input));
    let today = now.date();
    let (day, time) = if let Some((day, used)) = read_day(&words, today, calendar, week)? {
        let rest = words.get(used..).unwrap_or_default();
        let time = if rest.is_empty() { None } else { Some(read_time(rest)?) };
        (Some(day), time)
    } else {
        // A time first, or alone.
        let (used, time) = (1..=words.len())
            .rev()
            .find_map(|n| Some((n, read_time(words.get(..n)?).ok()?)))
            .ok_or_else(not_a_date)?;
        match words.get(used..).unwrap_or_default() {
            [] => (None, Some(time)),
            rest => match read_day(rest, today, calendar, week)? {
                Some((day, all)) if all == rest.len() => (Some(day), Some(time)),
                _ => return Err(not_a_date()),
            },
        }
    };
    let when = match (day, time) {
        (Some(day), time) => {
            let when = day.to_datetime(time.unwrap_or(DEFAULT_TIME));
            // "sat 9" said on a Saturday at ten is a week from now.
            if when <= now && day == today && is_weekday(&words) {
                when.checked_add(1.week()).map_err(|_| not_a_date())?
            } else {
                when
            }
        }
        (None, Some(time)) => {
            let when = today.to_datetime(time);
            if when > now { when } else { when.checked_add(1.day()).map_err(|_| not_a_date())? }
        }
        (None, None) => return Err(not_a_date()),
    };
    if when > now { Ok(when) } else { Err(DateError::Past(shown(input))) }
}

/// A call is promised for the morning unless another time is named.
const DEFAULT_TIME: Time = Time::constant(10, 0, 0, 0);

fn shown(input: &str) -> String {
    with_ascii_digits(input.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::datetime;

    // A Saturday.
    const TODAY: Date = Date::constant(2026, 11, 21);

    #[track_caller]
    fn check_date(input: &str, expected: Result<(i16, i8, i8), DateError>) {
        for calendar in [Calendar::Gregorian, Calendar::Jalali] {
            let expected = expected.clone().map(|(y, m, d)| Date::constant(y, m, d));
            assert_eq!(parse_date(input, TODAY, calendar), expected, "{input} {calendar:?}");
        }
    }

    #[test]
    fn days_in_both_calendars() {
        for (input, expected) in [
            ("2026-11-21", (2026, 11, 21)),
            (" 2026/1/2 ", (2026, 1, 2)),
            ("1405/08/30", (2026, 11, 21)),
            ("1405-8-30", (2026, 11, 21)),
            ("۱۴۰۵/۰۸/۳۰", (2026, 11, 21)),
            ("1403/12/30", (2025, 3, 20)),
            ("21.11.2026", (2026, 11, 21)),
            ("21/11/2026", (2026, 11, 21)),
            ("11/21/2026", (2026, 11, 21)),
            ("21 Nov 2026", (2026, 11, 21)),
            ("November 21, 2026", (2026, 11, 21)),
            ("30 Aban 1405", (2026, 11, 21)),
            ("۳۰ آبان ۱۴۰۵", (2026, 11, 21)),
            ("30 آبان", (2026, 11, 21)),
            ("today", (2026, 11, 21)),
            ("امروز", (2026, 11, 21)),
            ("فردا", (2026, 11, 22)),
            ("پس‌فردا", (2026, 11, 23)),
            ("yesterday", (2026, 11, 20)),
            ("sat", (2026, 11, 21)),
            ("Monday", (2026, 11, 23)),
            ("next sat", (2026, 11, 28)),
            ("شنبه آینده", (2026, 11, 28)),
            ("دوشنبهٔ بعد", (2026, 11, 23)),
            ("سه‌شنبه", (2026, 11, 24)),
            ("پنج شنبه", (2026, 11, 26)),
            ("+3d", (2026, 11, 24)),
            ("-2w", (2026, 11, 7)),
            ("next week", (2026, 11, 23)),
        ] {
            check_date(input, Ok(expected));
        }
        let jalali = parse_date("8/30", TODAY, Calendar::Jalali);
        assert_eq!(jalali, Ok(TODAY));
        let gregorian = parse_date("8/30", TODAY, Calendar::Gregorian);
        assert_eq!(gregorian, Ok(Date::constant(2026, 8, 30)));
    }

    #[test]
    fn what_is_not_a_day() {
        let not = |s: &str| Err(DateError::NotADate(s.into()));
        let no = |s: &str| Err(DateError::NoSuchDay(s.into()));
        check_date("", Err(DateError::Empty));
        check_date("soon", not("soon"));
        check_date("10", not("10"));
        check_date("2026-02-29", no("2026-02-29"));
        check_date("1404/12/30", no("1404/12/30"));
        check_date("1405/13/01", no("1405/13/01"));
        check_date("2026-11-999", no("2026-11-999"));
        check_date("31 Aban 1405", no("31 aban 1405"));
        check_date("21/31/2026", no("21/31/2026"));
        check_date("30 Aban 2026", no("30 aban 2026"));
        check_date("05/06/2026", Err(DateError::TwoReadings("05/06/2026".into())));
        check_date("05/06/07", not("05/06/07"));
        check_date("1100/01/01", not("1100/01/01"));
        check_date("2026-11-21 10", not("2026-11-21 10"));
        check_date("+99999999d", not("+99999999d"));
        check_date("99999999999/1/1", not("99999999999/1/1"));
    }

    #[test]
    fn moments_to_come() {
        let now = datetime(2026, 11, 21, 14, 32, 0, 0);
        for (input, expected) in [
            ("tomorrow 10", Ok((22, 10, 0))),
            ("t10", Ok((22, 10, 0))),
            ("t9:30", Ok((22, 9, 30))),
            ("tomorrow", Ok((22, 10, 0))),
            ("فردا ۱۰", Ok((22, 10, 0))),
            ("فردا ساعت ۱۰ صبح", Ok((22, 10, 0))),
            ("فردا ۳ بعدازظهر", Ok((22, 15, 0))),
            ("sat 14:30", Ok((28, 14, 30))),
            ("sat 15", Ok((21, 15, 0))),
            ("15:05 today", Ok((21, 15, 5))),
            ("3pm", Ok((21, 15, 0))),
            ("12am", Ok((22, 0, 0))),
            ("10:30", Ok((22, 10, 30))),
            ("15", Ok((21, 15, 0))),
            ("۱۴۰۵/۰۹/۰۱", Ok((22, 10, 0))),
            ("2026-11-30 9:15", Ok((30, 9, 15))),
            ("+3d", Ok((24, 10, 0))),
            ("+3d 16", Ok((24, 16, 0))),
            ("+2h", Ok((21, 16, 32))),
            ("+30m", Ok((21, 15, 2))),
            ("next week", Ok((28, 10, 0))),
            ("", Err(DateError::Empty)),
            ("soon", Err(DateError::NotADate("soon".into()))),
            ("tomorrow 25", Err(DateError::NoSuchTime("25".into()))),
            ("tomorrow 13pm", Err(DateError::NoSuchTime("13pm".into()))),
            ("tomorrow 10:75", Err(DateError::NoSuchTime("10:75".into()))),
            ("today 10", Err(DateError::Past("today 10".into()))),
            ("yesterday", Err(DateError::Past("yesterday".into()))),
            ("2026-02-30 10", Err(DateError::NoSuchDay("2026-02-30".into()))),
        ] {
            let expected = expected.map(|(d, h, m)| datetime(2026, 11, d, h, m, 0, 0));
            let found = parse_when(input, now, Calendar::Gregorian, WeekStart::Saturday);
            assert_eq!(found, expected, "{input}");
        }
    }

    #[test]
    fn errors_are_said_in_both_languages() {
        let error = parse_date("1404/12/30", TODAY, Calendar::Jalali).unwrap_err();
        let en = error.words(Calendar::Jalali, Lang::En);
        assert_eq!(en.to_string(), "there is no day 1404/12/30 in the calendar");
        let fa = error.words(Calendar::Jalali, Lang::Fa);
        assert_eq!(fa.to_string(), "روز ۱۴۰۴/۱۲/۳۰ در تقویم نیست");
        assert!(
            DateError::NotADate("x".into())
                .words(Calendar::Jalali, Lang::En)
                .to_string()
                .contains("1405/08/30")
        );
    }
}
