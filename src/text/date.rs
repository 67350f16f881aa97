//! Days and times as they are read, in the Gregorian or the Solar Hijri (Jalali) calendar.
//!
//! Never reads a clock: what is today is the caller's to say.

use icu_calendar::Date as IcuDate;
use icu_calendar::cal::{Iso, Persian};
use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

use super::lang::Lang;
use super::number::number;
use super::safe;
use super::safe::{LRI, PDI, SafeText};
use super::words::{dates, digits_of};

/// The calendar days are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Calendar {
    #[default]
    Gregorian,
    Jalali,
}

/// The first day of a week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WeekStart {
    #[default]
    Monday,
    Saturday,
}

impl WeekStart {
    pub(super) fn weekday(self) -> Weekday {
        match self {
            Self::Monday => Weekday::Monday,
            Self::Saturday => Weekday::Saturday,
        }
    }
}

impl Calendar {
    /// Year, month and day of a date in this calendar.
    pub fn parts(self, date: Date) -> (i32, u8, u8) {
        let gregorian = (i32::from(date.year()), date.month() as u8, date.day() as u8);
        match self {
            Self::Gregorian => gregorian,
            Self::Jalali => {
                let (year, month, day) = gregorian;
                let Ok(iso) = IcuDate::try_new_iso(year, month, day) else { return gregorian };
                let jalali = iso.to_calendar(Persian);
                (jalali.year().extended_year(), jalali.month().ordinal, jalali.day_of_month().0)
            }
        }
    }

    /// The date of a year, month and day in this calendar; `None` when there is no such day.
    pub fn date(self, year: i32, month: u8, day: u8) -> Option<Date> {
        let (year, month, day) = match self {
            Self::Gregorian => (year, month, day),
            Self::Jalali => {
                let iso = IcuDate::try_new_persian(year, month, day).ok()?.to_calendar(Iso);
                (iso.year().extended_year(), iso.month().ordinal, iso.day_of_month().0)
            }
        };
        Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()
    }
}

/// A day in full, padded: `2026-11-21`, `1405/08/30`, `۱۴۰۵/۰۸/۳۰`.
pub fn date(date: Date, calendar: Calendar, lang: Lang) -> SafeText {
    let (year, month, day) = calendar.parts(date);
    let mark = match calendar {
        Calendar::Gregorian => '-',
        Calendar::Jalali => '/',
    };
    let text = digits_of(lang, &format!("{year:04}{mark}{month:02}{mark}{day:02}"));
    // After a Persian letter the bidirectional algorithm would turn the parts round at hyphens.
    SafeText::made(match (lang, calendar) {
        (Lang::Fa, Calendar::Gregorian) => format!("{LRI}{text}{PDI}"),
        _ => text,
    })
}

/// A day without its year: `21 Nov`, `30 Aban`, `۳۰ آبان`.
pub fn day_month(date: Date, calendar: Calendar, lang: Lang) -> SafeText {
    let (_, month, day) = calendar.parts(date);
    safe![number(i64::from(day), lang), " ", month_name(month, calendar, lang)]
}

/// A month with its year: `Nov 2026`, `Aban 1405`, `آبان ۱۴۰۵`.
pub fn month_year(date: Date, calendar: Calendar, lang: Lang) -> SafeText {
    let (year, month, _) = calendar.parts(date);
    let year = SafeText::made(digits_of(lang, &format!("{year:04}")));
    safe![month_name(month, calendar, lang), " ", year]
}

/// The name of a month, 1 to 12; nothing for another number.
pub fn month_name(month: u8, calendar: Calendar, lang: Lang) -> SafeText {
    let names = match calendar {
        Calendar::Gregorian => &dates::GREGORIAN,
        Calendar::Jalali => &dates::JALALI,
    };
    let name = usize::from(month).checked_sub(1).and_then(|i| names.get(i));
    name.map(|name| name.in_(lang)).unwrap_or_default()
}

/// The name of the day of the week.
pub fn weekday(date: Date, lang: Lang) -> SafeText {
    let day = date.weekday().to_monday_zero_offset() as usize;
    dates::WEEKDAYS.get(day).map(|name| name.in_(lang)).unwrap_or_default()
}

/// A time of day: `14:32`, `۱۴:۳۲`.
pub fn clock(time: Time, lang: Lang) -> SafeText {
    SafeText::made(digits_of(lang, &format!("{:02}:{:02}", time.hour(), time.minute())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i16, month: i8, day: i8) -> Date {
        Date::constant(year, month, day)
    }

    #[test]
    fn known_days_in_both_calendars() {
        // Published: the revolution of 22 Bahman 1357, the calendar's own new years and leap days.
        for (gregorian, jalali) in [
            (day(2026, 11, 21), (1405, 8, 30)),
            (day(1979, 2, 11), (1357, 11, 22)),
            (day(2024, 3, 20), (1403, 1, 1)),
            (day(2025, 3, 20), (1403, 12, 30)),
            (day(2025, 3, 21), (1404, 1, 1)),
        ] {
            let (year, month, day) = jalali;
            assert_eq!(Calendar::Jalali.parts(gregorian), jalali);
            assert_eq!(Calendar::Jalali.date(year, month, day), Some(gregorian));
        }
        assert_eq!(weekday(day(2026, 11, 21), Lang::En).as_str(), "Saturday");
        assert_eq!(weekday(day(2026, 11, 21), Lang::Fa).as_str(), "شنبه");
    }

    #[test]
    fn days_that_are_not() {
        for (year, month, day) in [(1404, 12, 30), (1405, 13, 1), (1405, 7, 31), (1405, 0, 1)] {
            assert_eq!(Calendar::Jalali.date(year, month, day), None);
        }
        assert_eq!(Calendar::Gregorian.date(2026, 2, 29), None);
        assert_eq!(Calendar::Gregorian.date(99_999, 1, 1), None);
    }

    #[test]
    fn days_are_written_in_both_languages() {
        let date_ = day(2026, 11, 1);
        for (calendar, lang, full, short) in [
            (Calendar::Gregorian, Lang::En, "2026-11-01", "1 Nov"),
            (Calendar::Jalali, Lang::En, "1405/08/10", "10 Aban"),
            (Calendar::Jalali, Lang::Fa, "۱۴۰۵/۰۸/۱۰", "۱۰ آبان"),
            (Calendar::Gregorian, Lang::Fa, "\u{2066}۲۰۲۶-۱۱-۰۱\u{2069}", "۱ نوامبر"),
        ] {
            assert_eq!(date(date_, calendar, lang).as_str(), full);
            assert_eq!(day_month(date_, calendar, lang).as_str(), short);
        }
        assert_eq!(month_year(date_, Calendar::Gregorian, Lang::En).as_str(), "Nov 2026");
        assert_eq!(month_year(date_, Calendar::Jalali, Lang::Fa).as_str(), "آبان ۱۴۰۵");
        assert_eq!(month_name(13, Calendar::Jalali, Lang::En).as_str(), "");
        assert_eq!(clock(Time::constant(9, 5, 0, 0), Lang::En).as_str(), "09:05");
        assert_eq!(clock(Time::constant(14, 32, 0, 0), Lang::Fa).as_str(), "۱۴:۳۲");
    }
}
