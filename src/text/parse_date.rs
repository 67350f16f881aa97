//! Reads the dates and times people write, in either calendar and either language.
//!
//! Strict: a day that does not exist, or a text that can be read in two ways, is an error that says
//! so. Years from 1200 to 1600 are Jalali, whatever the calendar of the screen.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Span, ToSpan};

use super::date::{Calendar, WeekStart, date};
use super::digits::with_ascii_digits;
use super::fold::fold;
use super::lang::Lang;
use super::safe::SafeText;
use super::words::{Arg, dates, digits_of};

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

/// The years a person may mean by a four-digit year, by calendar.
const JALALI_YEARS: std::ops::RangeInclusive<i32> = 1200..=1600;
const GREGORIAN_YEARS: std::ops::RangeInclusive<i32> = 1700..=9999;

fn shown(input: &str) -> String {
    with_ascii_digits(input.trim())
}

/// The day at the head of the words and how many words name it; `None` when none does.
fn read_day(
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

fn spoken_month(word: &str, calendar: Calendar) -> Option<(Calendar, u8)> {
    let find = |names: &[super::Phrase; 12]| {
        let found = names.iter().position(|name| {
            let latin = name.str(Lang::En).to_lowercase();
            // Three letters name a month in English; longer Jalali names are written in full.
            let is_latin = word.is_ascii()
                && word.len() >= 3
                && match names[0].str(Lang::En) {
                    "Jan" => {
                        word.starts_with(&latin) && LONG_MONTHS.iter().any(|m| m.starts_with(word))
                    }
                    _ => word == latin,
                };
            is_latin || word == fold(name.str(Lang::Fa))
        });
        found.map(|i| i as u8 + 1)
    };
    let gregorian = || find(&dates::GREGORIAN).map(|m| (Calendar::Gregorian, m));
    let jalali = || find(&dates::JALALI).map(|m| (Calendar::Jalali, m));
    match calendar {
        Calendar::Gregorian => gregorian().or_else(jalali),
        Calendar::Jalali => jalali().or_else(gregorian),
    }
}

const LONG_MONTHS: [&str; 13] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "sept",
    "october",
    "november",
    "december",
];

fn spoken_day(word: &str) -> Option<i64> {
    Some(match word {
        "today" | "tod" | "امروز" => 0,
        "tomorrow" | "tom" | "tmrw" | "فردا" => 1,
        "پسفردا" => 2,
        "yesterday" | "دیروز" => -1,
        _ => return None,
    })
}

fn spoken_weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "mon" | "monday" | "دوشنبه" => Weekday::Monday,
        "tue" | "tues" | "tuesday" | "سهشنبه" => Weekday::Tuesday,
        "wed" | "wednesday" | "چهارشنبه" => Weekday::Wednesday,
        "thu" | "thur" | "thurs" | "thursday" | "پنجشنبه" => Weekday::Thursday,
        "fri" | "friday" | "جمعه" => Weekday::Friday,
        "sat" | "saturday" | "شنبه" => Weekday::Saturday,
        "sun" | "sunday" | "یکشنبه" => Weekday::Sunday,
        _ => return None,
    })
}

fn is_weekday(words: &[&str]) -> bool {
    words.iter().any(|word| spoken_weekday(word).is_some())
        || words.windows(2).any(|pair| spoken_weekday(&pair.concat()).is_some())
}

/// The first such weekday at least `least` days ahead.
fn next_weekday(today: Date, day: Weekday, least: i8) -> Date {
    let ahead =
        (day.to_monday_zero_offset() - today.weekday().to_monday_zero_offset()).rem_euclid(7);
    let ahead = if ahead < least { ahead + 7 } else { ahead };
    today.saturating_add(i64::from(ahead).days())
}

/// `+3d`, `-2w`, `+1mo`, `+1y`; the sign is asked for, so that `3d` stays free for ages.
fn day_span(word: &str) -> Option<Span> {
    let (count, unit) = signed(word)?;
    Some(match unit {
        "d" | "روز" => Span::new().try_days(count).ok()?,
        "w" | "هفته" => Span::new().try_weeks(count).ok()?,
        "mo" | "ماه" => Span::new().try_months(count).ok()?,
        "y" | "سال" => Span::new().try_years(count).ok()?,
        _ => return None,
    })
}

/// `+2h`, `+30m`.
fn clock_span(word: &str) -> Option<Span> {
    let (count, unit) = signed(word).filter(|(count, _)| *count > 0)?;
    Some(match unit {
        "h" | "ساعت" => Span::new().try_hours(count).ok()?,
        "m" | "min" | "دقیقه" => Span::new().try_minutes(count).ok()?,
        _ => return None,
    })
}

fn signed(word: &str) -> Option<(i64, &str)> {
    let sign = if word.starts_with('-') { -1 } else { 1 };
    let unsigned = word.strip_prefix(['+', '-'])?;
    let digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    let count: i64 = unsigned.get(..digits)?.parse().ok()?;
    Some((sign * count, unsigned.get(digits..)?))
}

/// A time of day: `10`, `14:30`, `3pm`, `3 pm`, `ساعت 10 صبح`.
fn read_time(words: &[&str]) -> Result<Time, DateError> {
    let text = words.join(" ");
    let wrong = || DateError::NoSuchTime(text.clone());
    let words = match words {
        ["at" | "ساعت", rest @ ..] => rest,
        all => all,
    };
    let (clock, half) = match words {
        [clock] => match (clock.strip_suffix("am"), clock.strip_suffix("pm")) {
            (Some(clock), _) => (clock, Some(0)),
            (_, Some(clock)) => (clock, Some(12)),
            _ => (*clock, None),
        },
        [clock, "am" | "صبح"] => (*clock, Some(0)),
        [clock, "pm" | "عصر" | "شب" | "بعدازظهر" | "ظهر"] | [clock, "بعد", "از", "ظهر"] => {
            (*clock, Some(12))
        }
        _ => return Err(wrong()),
    };
    let (hour, minute) = clock.split_once(':').unwrap_or((clock, "0"));
    let is_number = |s: &str| (1..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    if !is_number(hour) || !is_number(minute) {
        return Err(wrong());
    }
    let hour: i8 = hour.parse().map_err(|_| wrong())?;
    let minute: i8 = minute.parse().map_err(|_| wrong())?;
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return Err(wrong()),
    };
    Time::new(hour, minute, 0, 0).map_err(|_| wrong())
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
