//! The words for days, months and spans, in both languages, as they come out of folding.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::super::date::Calendar;
use super::super::fold::fold;
use super::super::lang::Lang;
use super::super::words::{Phrase, dates};

pub(super) fn spoken_month(word: &str, calendar: Calendar) -> Option<(Calendar, u8)> {
    let find = |names: &[Phrase; 12]| {
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

pub(super) fn spoken_day(word: &str) -> Option<i64> {
    Some(match word {
        "today" | "tod" | "امروز" => 0,
        "tomorrow" | "tom" | "tmrw" | "فردا" => 1,
        "پسفردا" => 2,
        "yesterday" | "دیروز" => -1,
        _ => return None,
    })
}

pub(super) fn spoken_weekday(word: &str) -> Option<Weekday> {
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

pub(super) fn is_weekday(words: &[&str]) -> bool {
    words.iter().any(|word| spoken_weekday(word).is_some())
        || words.windows(2).any(|pair| spoken_weekday(&pair.concat()).is_some())
}

/// The first such weekday at least `least` days ahead.
pub(super) fn next_weekday(today: Date, day: Weekday, least: i8) -> Date {
    let ahead =
        (day.to_monday_zero_offset() - today.weekday().to_monday_zero_offset()).rem_euclid(7);
    let ahead = if ahead < least { ahead + 7 } else { ahead };
    today.saturating_add(i64::from(ahead).days())
}

/// `+3d`, `-2w`, `+1mo`, `+1y`; the sign is asked for, so that `3d` stays free for ages.
pub(super) fn day_span(word: &str) -> Option<Span> {
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
pub(super) fn clock_span(word: &str) -> Option<Span> {
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
